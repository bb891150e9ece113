import { useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SettingValues } from '../../../preload/contract/settings.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import { VIEWS, type View } from '../../../server/contract/domain/views.ts'
import type { HandlersFor } from '../../commands/table.ts'
import type { UsedAdjustments } from '../../viewer/use-adjustments.ts'
import { currentSlot, priorSlot, stepPrior } from './case-photos.ts'
import { adjustVerbs } from './compare/adjust-verbs.ts'
import type { PairStore } from './compare/pair-store.ts'
import { pairOf } from './compare/use-pair.ts'
import { type Layout, layoutOf, nextLayout, type Overlay, settingOf, type StageMode } from './layouts.ts'
import type { PlacedPair, Viewport } from './use-viewport.ts'

type Options = {
  readonly startLayout: SettingValues['compareLayout']
  readonly onLayout: (setting: SettingValues['compareLayout']) => void
  readonly currentId: SessionId | undefined
  readonly reviewCase: ReviewCase | undefined
  readonly viewport: Viewport
  readonly pairs: PairStore
  readonly adjustments: UsedAdjustments
  readonly onPopOut: () => void
}
type LookingVerb =
  | 'nextView'
  | 'previousView'
  | 'compare'
  | 'blink'
  | 'difference'
  | 'swipe'
  | 'zoom'
  | 'fit'
  | 'olderPrior'
  | 'newerPrior'
  | 'nudgeLeft'
  | 'nudgeRight'
  | 'nudgeUp'
  | 'nudgeDown'
  | 'resetNudge'
  | 'rotateRight'
  | 'rotateLeft'
  | 'straightenRight'
  | 'straightenLeft'
  | 'flip'
  | 'brighter'
  | 'darker'
  | 'moreContrast'
  | 'lessContrast'
  | 'warmer'
  | 'cooler'
  | 'pickGrey'
  | 'pinAdjustments'
  | 'resetAdjustments'
  | 'fullScreen'
  | 'popOut'

/** One press of Shift and an arrow; a held key repeats. */
const NUDGE_PX = 2
/** Of the photo's place, for one press of an arrow. */
const SWIPE_STEP = 0.02

/** How the photos are looked at, and the verbs for it. Layout, overlay, zoom and pan stay from case to case. */
export function useStageMode(options: Options) {
  const { startLayout, onLayout, currentId, reviewCase, viewport, pairs, adjustments } = options
  // After a reload the settings come later than the screen.
  const [chosen, setLayout] = useState<Layout | null>(null)
  const layout = chosen ?? layoutOf(startLayout)
  const [activeView, setActiveView] = useState<View>('frontal')
  const [fullScreen, setFullScreen] = useState(false)
  const [blinking, setBlinking] = useState(false)
  const [overlay, setOverlay] = useState<Overlay>('none')
  const [swipeAt, setSwipeAt] = useState(0.5)
  const [priorId, pinPrior] = useState<SessionId | null>(null)
  const [pinnedFor, setPinnedFor] = useState(currentId)
  if (pinnedFor !== currentId) {
    setPinnedFor(currentId)
    pinPrior(null)
  }
  const mode: StageMode = useMemo(
    () => ({ layout, activeView, fullScreen, blinking, overlay, swipeAt, priorId }),
    [layout, activeView, fullScreen, blinking, overlay, swipeAt, priorId],
  )
  function moveView(by: 1 | -1) {
    setActiveView((was) => VIEWS[(VIEWS.indexOf(was) + by + VIEWS.length) % VIEWS.length] ?? 'frontal')
  }
  function moveSwipe(by: number) {
    setSwipeAt((was) => Math.min(1, Math.max(0, was + by)))
  }
  function turnOverlay(wanted: Overlay) {
    setOverlay((was) => (was === wanted ? 'none' : wanted))
  }
  function findPlaced(): PlacedPair {
    if (reviewCase === undefined) return null
    const current = currentSlot(reviewCase, activeView)
    const prior = priorSlot(reviewCase, activeView, priorId)
    const pair = pairOf(current, prior)
    if (pair === null || current.photo === null || prior?.photo == null) return null
    const turnOf = ({ hash }: { readonly hash: string }) => adjustments.of({ hash, view: activeView })
    const turns = { current: turnOf(current.photo), prior: turnOf(prior.photo) }
    return { pair, sizes: { current: current.photo, prior: prior.photo, frame: null, turns } }
  }
  const nudge = (xPx: number, yPx: number) => viewport.hands.nudge(activeView, findPlaced(), { xPx, yPx })
  function changePrior(by: 1 | -1) {
    if (reviewCase !== undefined) pinPrior((was) => stepPrior(reviewCase, activeView, was, by))
  }
  const hash = reviewCase === undefined ? undefined : currentSlot(reviewCase, activeView).facts?.hash

  const commands: Pick<HandlersFor<'review'>, `review.${LookingVerb}`> = {
    'review.nextView': () => moveView(1),
    'review.previousView': () => moveView(-1),
    'review.compare': () => {
      const next = nextLayout(layout)
      setLayout(next)
      setFullScreen(false)
      onLayout(settingOf(next))
    },
    'review.blink': { press: () => setBlinking(true), release: () => setBlinking(false) },
    'review.difference': () => turnOverlay('difference'),
    'review.swipe': () => turnOverlay('swipe'),
    'review.zoom': () => viewport.zoomAtPointer(activeView),
    'review.fit': viewport.fit,
    'review.olderPrior': () => changePrior(1),
    'review.newerPrior': () => changePrior(-1),
    'review.nudgeLeft': () => nudge(-NUDGE_PX, 0),
    'review.nudgeRight': () => nudge(NUDGE_PX, 0),
    'review.nudgeUp': () => nudge(0, -NUDGE_PX),
    'review.nudgeDown': () => nudge(0, NUDGE_PX),
    'review.resetNudge': () => {
      const placed = findPlaced()
      if (placed !== null) pairs.nudge(placed.pair, { x: 0, y: 0 })
    },
    ...adjustVerbs(adjustments, viewport, hash === undefined ? null : { hash, view: activeView }),
    'review.fullScreen': () => setFullScreen((was) => !was),
    'review.popOut': options.onPopOut,
  }
  return {
    mode,
    commands,
    setActiveView,
    setSwipeAt,
    pinPrior,
    setOverlay,
    /** From a question that a colleague asked, or the other window. */
    showLayout: (setting: SettingValues['compareLayout']) => setLayout(layoutOf(setting)),
    /** An arrow key: the swipe line while there is one, else the photo when it is zoomed. @returns whether it did anything */
    moveByArrow(xPx: number, yPx: number): boolean {
      if (overlay === 'swipe' && xPx !== 0) {
        moveSwipe(xPx < 0 ? SWIPE_STEP : -SWIPE_STEP)
        return true
      }
      return viewport.panActive(activeView, xPx, yPx)
    },
    /** At once: what comes next may lead the focus into the panel. */
    leaveFullScreen: () => {
      if (fullScreen) flushSync(() => setFullScreen(false))
    },
  }
}
