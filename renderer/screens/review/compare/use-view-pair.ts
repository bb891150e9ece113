import { useMemo, useState } from 'react'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { View } from '../../../../server/contract/domain/views.ts'
import type { Look, SizePx } from '../../../viewer/geometry.ts'
import { currentSlot, priorSlot, type Slot } from '../case-photos.ts'
import type { StageMode } from '../layouts.ts'
import type { CellContext } from '../photo-cell.tsx'
import type { Looks, PlacedPair } from '../use-viewport.ts'
import { priorLook } from './pair-look.ts'
import type { PairState } from './pair-state.ts'
import { pairOf, usePair } from './use-pair.ts'

type Options = {
  readonly reviewCase: ReviewCase
  readonly view: View
  readonly mode: StageMode
  readonly context: CellContext
  readonly looks: Looks
}
export type ViewPair = {
  readonly view: View
  readonly current: Slot
  readonly prior: Slot | undefined
  readonly placed: PlacedPair
  readonly state: PairState
  readonly look: Look
  readonly priorLook: Look
  readonly frame: SizePx | null
  readonly setFrame: (frame: SizePx) => void
}

/** The two photos of a view, how they lie, and where each is looked at. */
export function useViewPair({ reviewCase, view, mode, context, looks }: Options): ViewPair {
  const current = currentSlot(reviewCase, view)
  const prior = priorSlot(reviewCase, view, mode.priorId)
  const [frame, setFrame] = useState<SizePx | null>(null)
  const placed = useMemo((): PlacedPair => {
    const pair = pairOf(current, prior)
    if (pair === null || current.photo === null || prior?.photo == null) return null
    return { pair, sizes: { current: current.photo, prior: prior.photo, frame } }
  }, [current, prior, frame])
  const state = usePair(context.pairs, placed?.pair ?? null)
  const look = looks[view]
  const lookedAt = useMemo(() => (placed === null ? look : priorLook(look, state, placed.sizes)), [placed, look, state])
  return {
    view,
    current,
    prior,
    placed,
    state,
    look,
    priorLook: lookedAt,
    frame,
    setFrame,
  }
}
