import { isPatientFacing } from '../../../server/contract/domain/tags.ts'
import type { MutationArgs, MutationName } from '../../../server/contract/sync/mutations.ts'

/** An instruction that waited longer than this may no longer be what its author wants. */
export const ASK_AFTER_MS = 24 * 3600_000
/** Decided later than now by more than this: the clock was wrong then or is wrong now, and the age means nothing. */
export const CLOCK_JUMP_MS = 5 * 60_000

/** What reaches a patient. Whatever else will (messages) gets a line here. */
const INSTRUCTS: { readonly [N in MutationName]?: (args: MutationArgs<N>) => boolean } = {
  'read.record': ({ action }) => isPatientFacing(action.kind),
}

export function instructsPatient<N extends MutationName>(name: N, args: MutationArgs<N>): boolean {
  return INSTRUCTS[name]?.(args) ?? false
}

/** Times between which an instruction was given (or confirmed) that may be sent without asking, by this workstation's clock. */
export function freshSpan(nowMs: number): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: nowMs - ASK_AFTER_MS, toMs: nowMs + CLOCK_JUMP_MS }
}

/** @param givenAtMs when its author decided it, or confirmed it last */
export function isStale(givenAtMs: number, nowMs: number): boolean {
  const { fromMs, toMs } = freshSpan(nowMs)
  return givenAtMs < fromMs || givenAtMs > toMs
}
