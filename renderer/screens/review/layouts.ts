import type { View } from '../../../server/contract/domain/views.ts'

/** `pairs`: prior and current of all views; `current`: the montage alone, large; `single`: one pair and a strip of five. */
export const LAYOUTS = ['pairs', 'current', 'single'] as const
export type Layout = (typeof LAYOUTS)[number]

export function nextLayout(layout: Layout): Layout {
  return LAYOUTS[(LAYOUTS.indexOf(layout) + 1) % LAYOUTS.length] ?? 'pairs'
}

/** What the stage shows besides its layout. */
export type StageMode = {
  readonly layout: Layout
  readonly activeView: View
  readonly fullScreen: boolean
  readonly blinking: boolean
  readonly difference: boolean
  readonly priorAge: number
}
