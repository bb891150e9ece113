import { useEffect } from 'react'
import type { ReviewCase } from '../../preload/contract/review.ts'
import type { View } from '../../server/contract/domain/views.ts'
import { currentSlot } from '../screens/review/case-photos.ts'
import type { FromFollower } from '../screens/review/compare/follow-messages.ts'
import type { SeenViews } from '../screens/review/seen-views.ts'

/**
 * What was on screen here for long enough counts in the main window, where decisions are made. Only what is over is
 * told: a window that goes away in the middle leaves nothing counting.
 */
export function useTellSeen(
  seen: SeenViews,
  reviewCase: ReviewCase | undefined,
  tell: (message: FromFollower) => void,
) {
  useEffect(() => {
    if (reviewCase === undefined) return undefined
    const { id: sessionId } = reviewCase.session
    const told = new Set<View>()
    function tellNew() {
      if (reviewCase === undefined) return
      for (const view of seen.viewsOf(sessionId)) {
        const photo = currentSlot(reviewCase, view).facts?.hash
        if (told.has(view) || photo === undefined) continue
        told.add(view)
        tell({ kind: 'seen', sessionId, view, photo })
      }
    }
    tellNew()
    return seen.subscribe(tellNew)
  }, [seen, reviewCase, tell])
}
