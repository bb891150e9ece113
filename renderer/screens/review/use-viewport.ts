import { useMemo, useRef, useState } from 'react'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import { FIT, type Look, panBy, zoomAt } from '../../viewer/geometry.ts'
import { lookOfCurrent, lookOfPrior, nudgeToKeepPrior, type PairLink, UNLINKED_OFFSET } from '../../viewer/pair-link.ts'
import type { PanePointer } from '../../viewer/photo-pane.tsx'

/** Zoom and pan: one look per view for the whole sitting, and an offset per pair of photos where a hand lined them up. */
export type Looks = {
  readonly byView: Readonly<Record<View, Look>>
  /** By `session/view`. */
  readonly nudges: ReadonlyMap<string, PairLink['nudge']>
}
const START_LOOKS: Looks = {
  byView: { occlusal_upper: FIT, buccal_right: FIT, frontal: FIT, buccal_left: FIT, occlusal_lower: FIT },
  nudges: new Map(),
}
/** One press of Z. */
const ZOOM_STEP = 2
/** The verb zooms in steps up to here and then back to fit. */
const ZOOM_STEP_LIMIT = 8
export type Side = 'current' | 'prior'
/** Whose photo of which view. */
export type Place = { readonly sessionId: SessionId; readonly view: View; readonly side: Side }
export type PointedAt = PanePointer & Place

/** @returns the very same object while nothing changed, so that a pane that shows it need not render again */
export function lookAt({ byView, nudges }: Looks, { sessionId, view, side }: Place): Look {
  const nudge = nudges.get(`${sessionId}/${view}`)
  if (side === 'current' || nudge === undefined) return byView[view]
  return lookOfPrior(byView[view], { ...UNLINKED_OFFSET, nudge })
}

function withLook(looks: Looks, view: View, look: Look): Looks {
  return { ...looks, byView: { ...looks.byView, [view]: look } }
}

/** One photo was moved or zoomed by hand; `alone` leaves the other one of the pair where it is. */
function moved(looks: Looks, place: Place, look: Look, alone: boolean): Looks {
  const { sessionId, view, side } = place
  const pair = `${sessionId}/${view}`
  const nudge = looks.nudges.get(pair)
  const link: PairLink = nudge === undefined ? UNLINKED_OFFSET : { ...UNLINKED_OFFSET, nudge }
  if (!alone) return withLook(looks, view, side === 'current' ? look : lookOfCurrent(look, link))
  const prior = side === 'prior' ? look : lookOfPrior(looks.byView[view], link)
  const current = side === 'prior' ? looks.byView[view] : look
  const nudges = new Map(looks.nudges).set(pair, nudgeToKeepPrior(prior, current, link))
  return { ...withLook(looks, view, current), nudges }
}

export function useViewport() {
  const [looks, setLooks] = useState(START_LOOKS)
  const pointed = useRef<PointedAt | null>(null)
  /** The last pane that was measured per view: verbs without a pointer act at its middle. */
  const panes = useRef(new Map<View, PanePointer>())

  /** The same for as long as the screen is open: a pane that gets them renders for nobody else's change. */
  const hands = useMemo(
    () => ({
      move: (place: Place, look: Look, alone: boolean) => setLooks((was) => moved(was, place, look, alone)),
      point(at: PointedAt | null) {
        pointed.current = at
        if (at !== null) panes.current.set(at.view, at)
      },
      measured(view: View, pane: Omit<PanePointer, 'at'>) {
        panes.current.set(view, { ...pane, at: { xPx: pane.frame.widthPx / 2, yPx: pane.frame.heightPx / 2 } })
      },
    }),
    [],
  )

  return {
    looks,
    hands,
    zoomAtPointer(sessionId: SessionId, activeView: View) {
      const at = pointed.current ?? middleOf(panes.current.get(activeView))
      const { view, side } = pointed.current ?? { view: activeView, side: 'current' as const }
      const place: Place = { sessionId, view, side }
      const before = lookAt(looks, place)
      if (before.zoom >= ZOOM_STEP_LIMIT) return setLooks((was) => withLook(was, view, FIT))
      const after =
        at === null
          ? { ...before, zoom: before.zoom * ZOOM_STEP }
          : zoomAt(before, ZOOM_STEP, at.at, at.photo, at.frame)
      hands.move(place, after, false)
    },
    /** @returns whether there was anything to move: at fit the arrows keep their other meaning */
    panActive(view: View, xPx: number, yPx: number): boolean {
      const pane = panes.current.get(view)
      if (pane === undefined || looks.byView[view].zoom <= 1) return false
      const step = { xPx, yPx }
      setLooks((was) => withLook(was, view, panBy(was.byView[view], step, pane.photo, pane.frame)))
      return true
    },
    fit(sessionId: SessionId) {
      setLooks(({ nudges }) => ({
        ...START_LOOKS,
        nudges: new Map([...nudges].filter(([pair]) => !pair.startsWith(sessionId))),
      }))
    },
  }
}
export type Viewport = ReturnType<typeof useViewport>

function middleOf(pane: PanePointer | undefined): PanePointer | null {
  if (pane === undefined) return null
  return { ...pane, at: { xPx: pane.frame.widthPx / 2, yPx: pane.frame.heightPx / 2 } }
}
