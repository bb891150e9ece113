import type { PersonId, SessionId } from '../../server/contract/domain/ids.ts'
import { type QueuePlace, START_PLACE } from '../screens/queue/queue-place.ts'

/** The batch under review, the case of it that is on screen, and the place in the queue. */
export type LeftOff = {
  readonly batch: readonly SessionId[]
  readonly caseId: SessionId | null
  /** Where a scan was opened from, and closing it leads back to. */
  readonly cameFrom: string
  readonly place: QueuePlace
}
const START: LeftOff = { batch: [], caseId: null, cameFrom: '/', place: START_PLACE }

export type KeptLeftOff = {
  of(personId: PersonId | undefined): LeftOff
  keep(personId: PersonId | undefined, change: Partial<LeftOff>): void
}

/** Where somebody was when the window locked: whoever comes back goes on there, and anybody else starts afresh. */
export function createLeftOff(): KeptLeftOff {
  let kept: LeftOff & { readonly personId: PersonId | undefined } = { ...START, personId: undefined }
  const of = (personId: PersonId | undefined) => (kept.personId === personId ? kept : START)
  return {
    of,
    keep(personId, change) {
      const next = { ...of(personId), ...change, personId }
      // What was searched for may be a patient's name, and nothing of those stays while it is locked.
      kept = { ...next, place: { ...next.place, query: { ...next.place.query, search: '' } } }
    },
  }
}
