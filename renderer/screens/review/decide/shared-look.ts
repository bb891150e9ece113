import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { SettingValues } from '../../../../preload/contract/settings.ts'
import type { SharedLook } from '../../../../server/contract/domain/questions.ts'
import type { Look } from '../../../viewer/geometry.ts'
import { priorSlot } from '../case-photos.ts'
import { settingOf, type StageMode } from '../layouts.ts'
import type { Looks } from '../use-viewport.ts'

type Stage = Pick<StageMode, 'layout' | 'activeView' | 'priorId'>

/** What one has on screen, so that a colleague opens the case with the same picture. */
export function shareLook(stage: Stage, looks: Looks, reviewCase: ReviewCase): SharedLook {
  const { zoom, x, y } = looks[stage.activeView]
  const setting = settingOf(stage.layout)
  return {
    view: stage.activeView,
    layout: setting === 'current' ? 'montage' : setting,
    zoom,
    x,
    y,
    priorSessionId: priorSlot(reviewCase, stage.activeView, stage.priorId)?.sessionId ?? null,
  }
}

/** The hands that the stage offers for it. */
export type LookHands = {
  readonly setActiveView: (view: SharedLook['view']) => void
  readonly showLayout: (setting: SettingValues['compareLayout']) => void
  readonly pinPrior: (sessionId: SharedLook['priorSessionId']) => void
  readonly showLook: (view: SharedLook['view'], look: Look) => void
}

/** The other way round. An earlier scan that this computer does not have leaves the newest one beside it. */
export function applyLook(look: SharedLook, reviewCase: ReviewCase, hands: LookHands): void {
  const { view, layout, zoom, x, y, priorSessionId } = look
  hands.setActiveView(view)
  hands.showLayout(layout)
  hands.showLook(view, { zoom, x, y })
  hands.pinPrior(reviewCase.priors.some((prior) => prior.sessionId === priorSessionId) ? priorSessionId : null)
}

/** What one had on screen before a question brought its own picture. */
export type OwnLook = {
  readonly activeView: SharedLook['view']
  readonly layout: SettingValues['compareLayout']
  readonly changedView: SharedLook['view']
  readonly look: Look
}

export function keepOwnLook(stage: Stage, looks: Looks, changedView: SharedLook['view']): OwnLook {
  const { activeView, layout } = stage
  return { activeView, layout: settingOf(layout), changedView, look: looks[changedView] }
}

/** Layout, zoom and pan persist from case to case; a colleague's do not. */
export function restoreOwnLook({ activeView, layout, changedView, look }: OwnLook, hands: LookHands): void {
  hands.setActiveView(activeView)
  hands.showLayout(layout)
  hands.showLook(changedView, look)
}
