import { useCallback, useRef, useState } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import type { Draft } from './draft.ts'

/**
 * What was entered for each case of this sitting: leaving a case without a decision and coming back loses nothing.
 * @param open the tags that a case opens with while nothing was entered
 */
export function useDrafts(open: (reviewCase: ReviewCase) => Draft) {
  const [drafts, setDrafts] = useState<ReadonlyMap<SessionId, Draft>>(new Map())
  // Two keys pressed before the next render both count.
  const latest = useRef(drafts)
  const store = useCallback((next: ReadonlyMap<SessionId, Draft>) => {
    latest.current = next
    setDrafts(next)
  }, [])
  return {
    draftOf: (reviewCase: ReviewCase): Draft => drafts.get(reviewCase.session.id) ?? open(reviewCase),
    latestDraftOf: (reviewCase: ReviewCase): Draft => latest.current.get(reviewCase.session.id) ?? open(reviewCase),
    change: (reviewCase: ReviewCase, edit: (draft: Draft) => Draft) => {
      const before = latest.current.get(reviewCase.session.id) ?? open(reviewCase)
      store(new Map(latest.current).set(reviewCase.session.id, edit(before)))
    },
    put: (id: SessionId, draft: Draft) => store(new Map(latest.current).set(id, draft)),
    /** Decided: from now on the read itself says what was entered. */
    forget: (id: SessionId) => {
      const next = new Map(latest.current)
      next.delete(id)
      store(next)
    },
  }
}
export type Drafts = ReturnType<typeof useDrafts>
