import type { PhotoPair } from '../../../../preload/contract/alignment.ts'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { SessionId } from '../../../../server/contract/domain/ids.ts'
import { VIEWS, type View } from '../../../../server/contract/domain/views.ts'
import { currentSlot, priorSlot, type RingCases } from '../case-photos.ts'
import { pairOf } from './use-pair.ts'

/** The pairs to line up ahead, most important first: what is looked at now, then this case, the next ones, the previous. */
export function pairsOfCases(
  { current, next, previous }: RingCases,
  activeView: View,
  priorId: SessionId | null,
): PhotoPair[] {
  const views = [activeView, ...VIEWS.filter((view) => view !== activeView)]
  const of = (one: ReviewCase | undefined, prior: SessionId | null) =>
    one === undefined
      ? []
      : views.map((view) => pairOf(currentSlot(one, view), priorSlot(one, view, prior))).filter((pair) => pair !== null)
  return [...of(current, priorId), ...next.flatMap((one) => of(one, null)), ...of(previous, null)]
}
