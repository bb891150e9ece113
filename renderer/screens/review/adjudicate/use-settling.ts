import { useState } from 'react'
import type { Draft } from '../../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { PersonId, ReadId, SessionId } from '../../../../server/contract/domain/ids.ts'
import { openDraft, plainPurpose, type ReadPurpose } from '../draft.ts'
import { agreedDraft, type Conflict, findConflict, pairWith, type ReadPair } from './conflict.ts'

/** Which two reads each case of this sitting settles, and what a new read of it is for. */
export function useSettling(personId: PersonId | undefined) {
  const [picked, setPicked] = useState<ReadonlyMap<SessionId, ReadPair>>(new Map())
  /** Cases whose own read this person rather corrects than settles the two. */
  const [correcting, setCorrecting] = useState<ReadonlySet<SessionId>>(new Set())

  function dispute(reviewCase: ReviewCase): Conflict | undefined {
    return findConflict(reviewCase, personId, picked.get(reviewCase.session.id))
  }
  function findHere(reviewCase: ReviewCase): Conflict | undefined {
    return correcting.has(reviewCase.session.id) ? undefined : dispute(reviewCase)
  }
  return {
    findConflict: findHere,
    openDraft(reviewCase: ReviewCase): Draft {
      const conflict = findHere(reviewCase)
      return conflict === undefined
        ? openDraft(reviewCase, personId)
        : agreedDraft(conflict, reviewCase.session.aligners)
    },
    purposeOf(reviewCase: ReviewCase): ReadPurpose {
      const conflict = findHere(reviewCase)
      if (conflict === undefined) return plainPurpose(reviewCase, personId)
      // The adjudicator's own first read, if there is one, stays in the record beside the third.
      const [first, second] = conflict.pair
      return { supersedes: null, adjudicates: [first.read.readId, second.read.readId] }
    },
    pick(reviewCase: ReviewCase, place: 0 | 1, chosen: ReadId) {
      const conflict = findHere(reviewCase)
      if (conflict === undefined) return
      setPicked((was) => new Map(was).set(reviewCase.session.id, pairWith(conflict, place, chosen)))
    },
    isCorrecting: (reviewCase: ReviewCase) =>
      correcting.has(reviewCase.session.id) && dispute(reviewCase)?.isOwn === true,
    /** @returns false where there is nothing to choose: no dispute, or no own read in it */
    switchPurpose(reviewCase: ReviewCase): boolean {
      if (dispute(reviewCase)?.isOwn !== true) return false
      const { id } = reviewCase.session
      setCorrecting((was) => (was.has(id) ? new Set([...was].filter((other) => other !== id)) : new Set(was).add(id)))
      return true
    },
  }
}
export type Settling = ReturnType<typeof useSettling>
