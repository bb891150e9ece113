import { useDeferredValue, useState } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'

type Slots = readonly [ReviewCase | undefined, ReviewCase | undefined]

/**
 * Two layers that cases take in turn: the next case is painted into the layer of the one before, and a decision moves
 * nothing from one to the other. Canvases, their size and their place stay; only pixels change, after the paint.
 */
export function useDeckSlots(shown: ReviewCase, next: ReviewCase | undefined): Slots {
  const [slots, setSlots] = useState<Slots>([shown, undefined])
  const after = useDeferredValue(next, undefined)
  const wanted = settle(slots, shown, after)
  if (wanted !== slots) setSlots(wanted)
  return wanted
}

/** @returns the very same slots when nothing changes */
export function settle(slots: Slots, shown: ReviewCase, after: ReviewCase | undefined): Slots {
  const isSame = (one: ReviewCase | undefined, other: ReviewCase | undefined) => one?.session.id === other?.session.id
  // Where it was painted ahead; else over the one that is not on screen any more.
  const at = isSame(slots[1], shown) ? 1 : 0
  const left = slots[1 - at]
  // Deferred: at first it is still the case that has just come on screen. Until it is known the left one stays below.
  const below = after === undefined || isSame(after, shown) ? (isSame(left, shown) ? undefined : left) : after
  const settled: Slots = at === 0 ? [shown, below] : [below, shown]
  return settled[0] === slots[0] && settled[1] === slots[1] ? slots : settled
}
