import type { SettingValues } from '../../../preload/contract/settings.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import type { View } from '../../../server/contract/domain/views.ts'

/**
 * `pairs`: prior and current of all views; `current`: the montage alone, large; `single`: one pair and a strip of five;
 * `strip`: one view over time, with every earlier scan of it.
 */
export const LAYOUTS = ['pairs', 'current', 'single', 'strip'] as const
export type Layout = (typeof LAYOUTS)[number]

export function nextLayout(layout: Layout): Layout {
  return LAYOUTS[(LAYOUTS.indexOf(layout) + 1) % LAYOUTS.length] ?? 'pairs'
}

type Remembered = SettingValues['compareLayout']
const SETTING_OF: Readonly<Record<Layout, Remembered>> = {
  pairs: 'montage',
  current: 'current',
  single: 'pair',
  strip: 'strip',
}

export function settingOf(layout: Layout): Remembered {
  return SETTING_OF[layout]
}

export function layoutOf(setting: Remembered): Layout {
  return LAYOUTS.find((layout) => SETTING_OF[layout] === setting) ?? 'pairs'
}

/** What lies over the current photo: nothing, the difference to the prior, or the prior left of a line. */
export type Overlay = 'none' | 'difference' | 'swipe'

/** What the stage shows besides its layout. */
export type StageMode = {
  readonly layout: Layout
  readonly activeView: View
  readonly fullScreen: boolean
  readonly blinking: boolean
  readonly overlay: Overlay
  /** Where the swipe line is, as a share of the photo's place: 0 left, 1 right. */
  readonly swipeAt: number
  /** The earlier scan beside the new one; null is the newest that has the view. */
  readonly priorId: SessionId | null
}
