import type { PhotoPair } from '../../../../preload/contract/alignment.ts'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { PhotoHash, SessionId } from '../../../../server/contract/domain/ids.ts'
import { VIEWS, type View } from '../../../../server/contract/domain/views.ts'
import type { FiledPhoto } from '../../../checks/messages.ts'
import { currentSlot, filedPhotos, priorSlot, type RingCases, type Slot } from '../case-photos.ts'
import type { OtherSides } from './pair-work.ts'
import { pairOf } from './use-pair.ts'

/** What is to be known of cases before they are looked at, most important first. */
export type ToCompare = {
  readonly pairs: readonly PhotoPair[]
  readonly otherSides: OtherSides
  readonly photos: readonly FiledPhoto[]
}

export function toCompare(cases: RingCases, activeView: View, priorId: SessionId | null): ToCompare {
  const { current, next, previous } = cases
  const all = [current, ...next, previous].filter((one) => one !== undefined)
  return {
    pairs: pairsOfCases(cases, activeView, priorId),
    otherSides: otherSidesOfCases(cases, priorId),
    photos: all.flatMap((one) => filedPhotos(one)),
  }
}

export function joinToCompare(all: readonly ToCompare[]): ToCompare {
  return {
    pairs: all.flatMap(({ pairs }) => pairs),
    otherSides: new Map(all.flatMap(({ otherSides }) => [...otherSides])),
    photos: all.flatMap(({ photos }) => photos),
  }
}

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

/** Of the same cases: each lateral photo's other side, in its own scan. */
export function otherSidesOfCases(
  { current, next, previous }: RingCases,
  priorId: SessionId | null,
): ReadonlyMap<PhotoHash, PhotoHash> {
  const of = (one: ReviewCase | undefined, prior: SessionId | null) => {
    if (one === undefined) return []
    const priors = SIDES.map((view) => priorSlot(one, view, prior))
    return [...bothWays(priors), ...bothWays(SIDES.map((view) => currentSlot(one, view)))]
  }
  return new Map([...of(current, priorId), ...next.flatMap((one) => of(one, null)), ...of(previous, null)])
}

const SIDES = ['buccal_right', 'buccal_left'] as const

function bothWays([right, left]: readonly (Slot | undefined)[]): (readonly [PhotoHash, PhotoHash])[] {
  const [a, b] = [right?.facts?.hash, left?.facts?.hash]
  // Two newest photos may come from two scans: then they say nothing about each other.
  if (a === undefined || b === undefined || right?.sessionId !== left?.sessionId) return []
  return [
    [a, b],
    [b, a],
  ]
}
