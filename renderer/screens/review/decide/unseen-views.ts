import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { VIEWS, type View } from '../../../../server/contract/domain/views.ts'
import type { SeenViews } from '../seen-views.ts'

/**
 * Present views that were not on screen long enough, in reading order. A view that was not sent, or was refused, is
 * none; one whose photo has not arrived yet is: nobody has seen it.
 * @param needMs the practice's rule; 0 asks for nothing
 */
export function listUnseen(reviewCase: ReviewCase, seen: Pick<SeenViews, 'viewsOf'>, needMs: number): View[] {
  if (needMs === 0) return []
  const was = seen.viewsOf(reviewCase.session.id)
  const present = new Set(reviewCase.session.images.flatMap(({ view, photo }) => (photo === null ? [] : [view])))
  return VIEWS.filter((view) => present.has(view) && !was.has(view))
}
