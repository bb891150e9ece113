import { useMemo, useState } from 'react'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { View } from '../../../../server/contract/domain/views.ts'
import { type Look, type SizePx, type Turn, UPRIGHT } from '../../../viewer/geometry.ts'
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
  const currentTurn = useTurn(context, view, current.photo?.hash)
  const priorTurn = useTurn(context, view, prior?.photo?.hash)
  const placed = useMemo((): PlacedPair => {
    const pair = pairOf(current, prior)
    if (pair === null || current.photo === null || prior?.photo == null) return null
    const turns = { current: currentTurn, prior: priorTurn }
    return { pair, sizes: { current: current.photo, prior: prior.photo, frame, turns } }
  }, [current, prior, frame, currentTurn, priorTurn])
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

/** The same object while the photo is not turned otherwise: its tones change more often. */
function useTurn({ adjustments }: CellContext, view: View, hash: string | undefined): Turn {
  const { degrees, flipped } = hash === undefined ? UPRIGHT : adjustments.of({ hash, view })
  return useMemo(() => ({ degrees, flipped }), [degrees, flipped])
}
