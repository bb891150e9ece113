import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { PhotoPair } from '../../../preload/contract/alignment.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import { FIT, type Look, moveBy, panBy, type PointPx, type SizePx, zoomAt } from '../../viewer/geometry.ts'
import { nudgeToKeepPrior } from '../../viewer/pair-link.ts'
import type { PanePointer } from '../../viewer/photo-pane.tsx'
import { currentLook, type PairSizes, priorLook } from './compare/pair-look.ts'
import { linkOf, type PairState, WAITING } from './compare/pair-state.ts'
import type { PairStore } from './compare/pair-store.ts'

/** Zoom and pan: one look per view for the whole sitting. The prior's follows from how the pair lies. */
export type Looks = Readonly<Record<View, Look>>
export const START_LOOKS: Looks = {
  occlusal_upper: FIT,
  buccal_right: FIT,
  frontal: FIT,
  buccal_left: FIT,
  occlusal_lower: FIT,
}
/** One press of Z. */
const ZOOM_STEP = 2
/** The verb zooms in steps up to here and then back to fit. */
const ZOOM_STEP_LIMIT = 8
export type Side = 'current' | 'prior'
/** The two photos of a place, whatever is known of how they lie. Null: there is only one. */
export type PlacedPair = { readonly pair: PhotoPair; readonly sizes: PairSizes } | null
/** Whose photo of which view. */
export type Place = { readonly view: View; readonly side: Side; readonly pair: PlacedPair }
export type PointedAt = PanePointer & Place

export function useViewport(pairs: PairStore) {
  const [looks, setLooks] = useState(START_LOOKS)
  const pointed = useRef<PointedAt | null>(null)
  /** The last pane that was measured per view: verbs without a pointer act at its middle. */
  const panes = useRef(new Map<View, PanePointer>())
  const latest = useRef(looks)
  useLayoutEffect(() => {
    latest.current = looks
  })

  /** The same for as long as the screen is open: a pane that gets them renders for nobody else's change. */
  const hands = useMemo(() => {
    const stateOf = (place: PlacedPair): PairState => (place === null ? WAITING : pairs.stateOf(place.pair))
    /** The hand moves one photo alone: what lies between the two afterwards is the nudge. */
    function moveAlone(current: Look, prior: Look, place: PlacedPair) {
      if (place === null) return
      pairs.nudge(place.pair, nudgeToKeepPrior(prior, current, linkOf(stateOf(place))))
    }
    return {
      move({ view, side, pair }: Place, look: Look, alone: boolean) {
        const state = stateOf(pair)
        const was = latest.current[view]
        if (alone) {
          const prior = side === 'prior' || pair === null ? look : priorLook(was, state, pair.sizes)
          moveAlone(side === 'prior' ? was : look, prior, pair)
          if (side === 'prior') return
        }
        const isLinked = side === 'prior' && pair !== null
        setLooks((all) => ({ ...all, [view]: isLinked ? currentLook(look, state, pair.sizes) : look }))
      },
      /** By the keys: the prior moves by this many pixels of the screen. */
      nudge(view: View, placed: PlacedPair, by: PointPx) {
        const frame = panes.current.get(view)?.frame
        if (placed === null || frame === undefined) return
        const state = stateOf(placed)
        const { prior, turns } = placed.sizes
        const look = priorLook(latest.current[view], state, { ...placed.sizes, frame })
        const moved = moveBy(look, by, prior, frame, turns?.prior)
        pairs.nudge(placed.pair, {
          x: state.nudge.x + moved.x - look.x,
          y: state.nudge.y + moved.y - look.y,
        })
      },
      point(at: PointedAt | null) {
        pointed.current = at
        if (at !== null && at.side === 'current') panes.current.set(at.view, at)
      },
      measured(view: View, pane: Omit<PanePointer, 'at'>) {
        panes.current.set(view, { ...pane, at: middleOf(pane.frame) })
      },
    }
  }, [pairs])

  return {
    looks,
    hands,
    zoomAtPointer(activeView: View) {
      const pane = panes.current.get(activeView)
      const at: PointedAt | null =
        pointed.current ??
        (pane === undefined
          ? null
          : { ...pane, at: middleOf(pane.frame), view: activeView, side: 'current', pair: null })
      const view = at?.view ?? activeView
      const state = at?.pair == null ? WAITING : pairs.stateOf(at.pair.pair)
      const isPrior = at?.side === 'prior' && at.pair !== null
      const before = isPrior && at.pair !== null ? priorLook(looks[view], state, at.pair.sizes) : looks[view]
      if (looks[view].zoom >= ZOOM_STEP_LIMIT) return setLooks((was) => ({ ...was, [view]: FIT }))
      const after =
        at === null
          ? { ...before, zoom: before.zoom * ZOOM_STEP }
          : zoomAt(before, ZOOM_STEP, at.at, at.photo, at.frame, at.adjustments)
      hands.move({ view, side: isPrior ? 'prior' : 'current', pair: at?.pair ?? null }, after, false)
    },
    /** @returns whether there was anything to move: at fit the arrows keep their other meaning */
    panActive(view: View, xPx: number, yPx: number): boolean {
      const pane = panes.current.get(view)
      if (pane === undefined || looks[view].zoom <= 1) return false
      setLooks((was) => ({ ...was, [view]: panBy(was[view], { xPx, yPx }, pane.photo, pane.frame, pane.adjustments) }))
      return true
    },
    /** The photo under the pointer; null when it is elsewhere. */
    findPointed: (): Place | null => pointed.current,
    /** What somebody else had on screen (a question to a colleague, the other window). */
    show: (view: View, look: Look) => setLooks((was) => ({ ...was, [view]: look })),
    fit: () => setLooks(START_LOOKS),
  }
}
export type Viewport = ReturnType<typeof useViewport>

function middleOf(frame: SizePx): PointPx {
  return { xPx: frame.widthPx / 2, yPx: frame.heightPx / 2 }
}
