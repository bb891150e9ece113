import { z } from 'zod'
import { PhotoHash, SessionId } from '../domain/ids.ts'
import { RecordRead } from '../domain/reads.ts'
import { EpochMs } from '../domain/time.ts'
import { View } from '../domain/views.ts'

/** What was on a screen, for how long: the audit log tells `displayed` from `cached`. */
export const DisplayedEvent = z.strictObject({
  sessionId: SessionId,
  view: View,
  photo: PhotoHash,
  shownMs: z.int().nonnegative(),
  /** The workstation's clock when the photo came on screen. */
  atMs: EpochMs,
})
export type DisplayedEvent = z.infer<typeof DisplayedEvent>

/** Every change a workstation may push. Adding a row here is the only way to add one. */
export const MUTATIONS = {
  'read.record': { version: 1, args: RecordRead },
  'access.record': { version: 1, args: z.strictObject({ displayed: z.array(DisplayedEvent).min(1).max(100) }) },
} as const

export type MutationName = keyof typeof MUTATIONS
export type MutationArgs<N extends MutationName> = z.infer<(typeof MUTATIONS)[N]['args']>
export const MUTATION_NAMES = Object.keys(MUTATIONS) as [MutationName, ...MutationName[]]
