import { z } from 'zod'
import { PersonId, ReadId, SecondReadId, SessionId } from './ids.ts'
import { EpochMs } from './time.ts'

/**
 * A case that the server drew at random to be read once more, blind: the second reader sees neither the first read nor
 * that there is one. Measures agreement; whatever it finds counts like any other read.
 */
export const SecondRead = z.strictObject({
  id: SecondReadId,
  sessionId: SessionId,
  firstReadId: ReadId,
  firstReaderId: PersonId,
  by: z.enum(['other', 'same', 'either']),
  /** Not offered earlier: a person who reads their own case again shall have forgotten it. */
  notBeforeMs: EpochMs,
  /** The read that answered it; null while it waits. */
  doneReadId: ReadId.nullable(),
})
export type SecondRead = z.infer<typeof SecondRead>

/** Long enough that a person who reads their own case again has forgotten it. */
export const OWN_CASE_AFTER_MS = 24 * 60 * 60 * 1000

/** A draw for a first read that was just recorded. Of `either`, only the first reader waits: `mayReadSecond` says so. */
export function drawnSecondRead(
  id: SecondReadId,
  first: { readonly sessionId: SessionId; readonly readId: ReadId; readonly readerId: PersonId },
  by: SecondRead['by'],
  nowMs: number,
): SecondRead {
  return {
    id,
    sessionId: first.sessionId,
    firstReadId: first.readId,
    firstReaderId: first.readerId,
    by,
    notBeforeMs: by === 'same' ? nowMs + OWN_CASE_AFTER_MS : nowMs,
    doneReadId: null,
  }
}

/** Whether this clinician may be given the case now. */
export function mayReadSecond(
  second: Pick<SecondRead, 'by' | 'firstReaderId' | 'notBeforeMs' | 'doneReadId'>,
  person: PersonId,
  nowMs: number,
): boolean {
  if (second.doneReadId !== null || nowMs < second.notBeforeMs) return false
  const isSame = second.firstReaderId === person
  if (second.by === 'either') return !isSame || nowMs >= second.notBeforeMs + OWN_CASE_AFTER_MS
  return (second.by === 'same') === isSame
}
