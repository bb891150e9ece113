import { useCallback, useState } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import type { Draft } from './draft.ts'

type Drafted = ReadonlyMap<SessionId, Draft>
export type KeptDrafts = { read(): Drafted; write(drafts: Drafted): void }

/** What was entered and not decided, for as long as somebody is signed in and the window unlocked; on no disk. */
export function createKeptDrafts(): KeptDrafts {
  const kept: { drafts: Drafted } = { drafts: new Map() }
  return { read: () => kept.drafts, write: (drafts) => void (kept.drafts = drafts) }
}

/**
 * What was entered for each case: leaving a case, or the review, without a decision and coming back loses nothing.
 * @param open the tags that a case opens with while nothing was entered
 */
export function useDrafts(keep: KeptDrafts, open: (reviewCase: ReviewCase) => Draft) {
  const [drafts, setDrafts] = useState(() => keep.read())
  const store = useCallback(
    (next: Drafted) => {
      keep.write(next)
      setDrafts(next)
    },
    [keep],
  )
  // Two keys pressed before the next render both count: what is kept is newer than what is rendered.
  const latestDraftOf = (reviewCase: ReviewCase) => keep.read().get(reviewCase.session.id) ?? open(reviewCase)
  return {
    draftOf: (reviewCase: ReviewCase): Draft => drafts.get(reviewCase.session.id) ?? open(reviewCase),
    latestDraftOf,
    change: (reviewCase: ReviewCase, edit: (draft: Draft) => Draft) =>
      store(new Map(keep.read()).set(reviewCase.session.id, edit(latestDraftOf(reviewCase)))),
    put: (id: SessionId, draft: Draft) => store(new Map(keep.read()).set(id, draft)),
    /** Decided: from now on the read itself says what was entered. */
    forget: (id: SessionId) => {
      const next = new Map(keep.read())
      next.delete(id)
      store(next)
    },
  }
}
export type Drafts = ReturnType<typeof useDrafts>
