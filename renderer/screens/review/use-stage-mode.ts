import { useMemo, useState } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SettingValues } from '../../../preload/contract/settings.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import { VIEWS, type View } from '../../../server/contract/domain/views.ts'
import type { HandlersFor } from '../../commands/table.ts'
import { oldestPriorAge } from './case-photos.ts'
import { type Layout, nextLayout, type StageMode } from './layouts.ts'
import type { Viewport } from './use-viewport.ts'

type Options = {
  readonly startLayout: SettingValues['compareLayout']
  readonly onLayout: (setting: SettingValues['compareLayout']) => void
  readonly currentId: SessionId | undefined
  readonly reviewCase: ReviewCase | undefined
  readonly viewport: Viewport
}
type LookingVerb =
  | 'nextView'
  | 'previousView'
  | 'compare'
  | 'blink'
  | 'difference'
  | 'zoom'
  | 'fit'
  | 'olderPrior'
  | 'newerPrior'
  | 'fullScreen'

/** How the photos are looked at, and the verbs for it. Layout, zoom and pan stay from case to case. */
export function useStageMode({ startLayout, onLayout, currentId, reviewCase, viewport }: Options) {
  const [layout, setLayout] = useState<Layout>(startLayout === 'pair' ? 'single' : 'pairs')
  const [activeView, setActiveView] = useState<View>('frontal')
  const [fullScreen, setFullScreen] = useState(false)
  const [blinking, setBlinking] = useState(false)
  const [difference, setDifference] = useState(false)
  const [priorAge, setPriorAge] = useState(0)
  const [agedFor, setAgedFor] = useState(currentId)
  if (agedFor !== currentId) {
    setAgedFor(currentId)
    setPriorAge(0)
  }
  const mode: StageMode = useMemo(
    () => ({ layout, activeView, fullScreen, blinking, difference, priorAge }),
    [layout, activeView, fullScreen, blinking, difference, priorAge],
  )
  function moveView(by: 1 | -1) {
    setActiveView((was) => VIEWS[(VIEWS.indexOf(was) + by + VIEWS.length) % VIEWS.length] ?? 'frontal')
  }
  const commands: Pick<HandlersFor<'review'>, `review.${LookingVerb}`> = {
    'review.nextView': () => moveView(1),
    'review.previousView': () => moveView(-1),
    'review.compare': () => {
      const next = nextLayout(layout)
      setLayout(next)
      setFullScreen(false)
      onLayout(next === 'single' ? 'pair' : 'montage')
    },
    'review.blink': { press: () => setBlinking(true), release: () => setBlinking(false) },
    'review.difference': () => setDifference((was) => !was),
    'review.zoom': () => {
      if (currentId !== undefined) viewport.zoomAtPointer(currentId, activeView)
    },
    'review.fit': () => {
      if (currentId !== undefined) viewport.fit(currentId)
    },
    'review.olderPrior': () => {
      if (reviewCase !== undefined) setPriorAge((age) => Math.min(age + 1, oldestPriorAge(reviewCase)))
    },
    'review.newerPrior': () => setPriorAge((age) => Math.max(0, age - 1)),
    'review.fullScreen': () => setFullScreen((was) => !was),
  }
  return { mode, commands, setActiveView, setPriorAge, leaveFullScreen: () => setFullScreen(false) }
}
