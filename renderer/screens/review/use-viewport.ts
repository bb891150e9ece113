import { useCallback, useRef, useState } from 'react'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import { FIT, type Look, panBy, zoomAt } from '../../viewer/geometry.ts'
import { lookOfCurrent, lookOfPrior, nudgeToKeepPrior, type PairLink, UNLINKED_OFFSET } from '../../viewer/pair-link.ts'
import type { PanePointer } from '../../viewer/photo-pane.tsx'

const START_LOOKS: Readonly<Record<View, Look>> = {
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
export type PointedAt = PanePointer & { readonly view: View; readonly side: Side }

/** Zoom and pan: one look per view for the whole sitting, and an offset per pair of photos where a hand lined them up. */
export function useViewport() {
  const [looks, setLooks] = useState(START_LOOKS)
  const [nudges, setNudges] = useState<ReadonlyMap<string, PairLink['nudge']>>(new Map())
  const pointed = useRef<PointedAt | null>(null)
  /** The last pane that was measured per view: verbs without a pointer act at its middle. */
  const panes = useRef(new Map<View, PanePointer>())

  const linkOf = (sessionId: SessionId, view: View): PairLink => {
    const nudge = nudges.get(`${sessionId}/${view}`)
    return nudge === undefined ? UNLINKED_OFFSET : { ...UNLINKED_OFFSET, nudge }
  }
  const lookAt = (sessionId: SessionId, view: View, side: Side): Look =>
    side === 'current' ? looks[view] : lookOfPrior(looks[view], linkOf(sessionId, view))
  const setLook = (view: View, look: Look) => setLooks((was) => ({ ...was, [view]: look }))

  function move(sessionId: SessionId, view: View, side: Side, look: Look, alone: boolean) {
    const link = linkOf(sessionId, view)
    if (!alone) return setLook(view, side === 'current' ? look : lookOfCurrent(look, link))
    const prior = side === 'prior' ? look : lookOfPrior(looks[view], link)
    const current = side === 'prior' ? looks[view] : look
    setNudges((was) => new Map(was).set(`${sessionId}/${view}`, nudgeToKeepPrior(prior, current, link)))
    setLook(view, current)
  }

  return {
    looks,
    lookAt,
    move,
    point: useCallback((at: PointedAt | null) => {
      pointed.current = at
      if (at !== null) panes.current.set(at.view, at)
    }, []),
    measured: useCallback((view: View, pane: Omit<PanePointer, 'at'>) => {
      panes.current.set(view, { ...pane, at: { xPx: pane.frame.widthPx / 2, yPx: pane.frame.heightPx / 2 } })
    }, []),
    zoomAtPointer(sessionId: SessionId, activeView: View) {
      const at = pointed.current ?? middleOf(panes.current.get(activeView))
      const view = pointed.current?.view ?? activeView
      const side = pointed.current?.side ?? 'current'
      const before = lookAt(sessionId, view, side)
      if (before.zoom >= ZOOM_STEP_LIMIT) return setLook(view, FIT)
      if (at === null) return setLook(view, { ...before, zoom: before.zoom * ZOOM_STEP })
      move(sessionId, view, side, zoomAt(before, ZOOM_STEP, at.at, at.photo, at.frame), false)
    },
    /** @returns whether there was anything to move: at fit the arrows keep their other meaning */
    panActive(view: View, xPx: number, yPx: number): boolean {
      const pane = panes.current.get(view)
      if (pane === undefined || looks[view].zoom <= 1) return false
      setLook(view, panBy(looks[view], { xPx, yPx }, pane.photo, pane.frame))
      return true
    },
    fit(sessionId: SessionId) {
      setLooks(START_LOOKS)
      setNudges((was) => new Map([...was].filter(([pair]) => !pair.startsWith(sessionId))))
    },
  }
}
export type Viewport = ReturnType<typeof useViewport>

function middleOf(pane: PanePointer | undefined): PanePointer | null {
  if (pane === undefined) return null
  return { ...pane, at: { xPx: pane.frame.widthPx / 2, yPx: pane.frame.heightPx / 2 } }
}
