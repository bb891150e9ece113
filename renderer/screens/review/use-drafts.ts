import { useCallback, useState } from 'react'
import type { Draft, KeptDraft } from '../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'

/** Null where what had been entered was decided, or thought better of. */
type Drafted = ReadonlyMap<SessionId, Draft | null>
export type KeptDrafts = {
  all(): Drafted
  set(id: SessionId, draft: Draft | null): void
  /** What is not on the disk yet goes there now. */
  flush(): Promise<void>
}

/** Typing is on the disk this soon after; a key each would be a write each. */
const SAVE_AFTER_MS = 500

/**
 * What was entered and not decided. The window keeps it while somebody is signed in, and the store beyond that.
 * @param save puts one draft on the disk, or takes it away; without it nothing outlives the window
 */
export function createKeptDrafts(save?: (id: SessionId, draft: Draft | null) => Promise<unknown>): KeptDrafts {
  let drafts: Drafted = new Map()
  const unsaved = new Set<SessionId>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function saveOne(id: SessionId) {
    try {
      await save?.(id, drafts.get(id) ?? null)
    } catch {
      unsaved.add(id) // the window still has it: it goes with the next change. The app's state tells what is wrong
    }
  }
  async function flush() {
    clearTimeout(timer)
    timer = undefined
    const ids = [...unsaved]
    unsaved.clear()
    await Promise.all(ids.map(saveOne))
  }
  return {
    all: () => drafts,
    set(id, draft) {
      drafts = new Map(drafts).set(id, draft)
      if (save === undefined) return
      unsaved.add(id)
      timer ??= setTimeout(() => void flush(), SAVE_AFTER_MS)
    },
    flush,
  }
}

type Open = {
  /** The tags that a case opens with while nothing was entered. */
  readonly fresh: (reviewCase: ReviewCase) => Draft
  /** What was entered for it before this window was opened. */
  readonly found: (reviewCase: ReviewCase) => KeptDraft | undefined
}

/** What was entered for each case: leaving it, the review or Loupe without a decision and coming back loses nothing. */
export function useDrafts(keep: KeptDrafts, { fresh, found }: Open) {
  const [drafts, setDrafts] = useState(() => keep.all())
  const set = useCallback(
    (id: SessionId, draft: Draft | null) => {
      keep.set(id, draft)
      setDrafts(keep.all())
    },
    [keep],
  )
  function draftIn(all: Drafted, reviewCase: ReviewCase): Draft {
    const { id } = reviewCase.session
    const before = all.has(id) ? all.get(id) : found(reviewCase)?.entered
    return before ?? fresh(reviewCase)
  }
  // Two keys pressed before the next render both count: what is kept is newer than what is rendered.
  const latestDraftOf = (reviewCase: ReviewCase) => draftIn(keep.all(), reviewCase)
  return {
    draftOf: (reviewCase: ReviewCase): Draft => draftIn(drafts, reviewCase),
    latestDraftOf,
    /** When it was entered, as long as it stands as it was found. */
    foundAtMs: (reviewCase: ReviewCase) =>
      drafts.has(reviewCase.session.id) ? undefined : found(reviewCase)?.changedAtMs,
    change: (reviewCase: ReviewCase, edit: (draft: Draft) => Draft) =>
      set(reviewCase.session.id, edit(latestDraftOf(reviewCase))),
    put: (id: SessionId, draft: Draft) => set(id, draft),
    /** Decided: from now on the read itself says what was entered. */
    forget: (id: SessionId) => set(id, null),
  }
}
export type Drafts = ReturnType<typeof useDrafts>
