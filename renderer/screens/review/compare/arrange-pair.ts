import { fitScale, type SizePx } from '../../../viewer/geometry.ts'

export type Arrangement = {
  /** The prior left of the current photo, or above it. */
  readonly pair: 'row' | 'column'
  /** Where the strip of thumbnails lies. */
  readonly strip: 'below' | 'left'
  /** Height of a strip below, width of one at the left. */
  readonly stripPx: number
}

const LOWEST_STRIP_PX = 92
const HIGHEST_STRIP_PX = 190
const NARROWEST_STRIP_PX = 168
const WIDEST_STRIP_PX = 280
/** Another arrangement is worth the change only when it shows this much more. */
const WORTH = 1.05

/**
 * How the pair shows most of its photos in this frame: two 4:3 photos side by side waste height on most screens, and
 * stacked they waste width. What the photos cannot use goes to the strip.
 */
export function arrangePair(frame: SizePx, photo: SizePx): Arrangement {
  const row = scaleOf(frame, photo, 'row', LOWEST_STRIP_PX, 0)
  const column = scaleOf(frame, photo, 'column', 0, NARROWEST_STRIP_PX)
  if (column > row * WORTH) {
    const sparePx = frame.widthPx - photo.widthPx * column
    return { pair: 'column', strip: 'left', stripPx: between(NARROWEST_STRIP_PX, sparePx, WIDEST_STRIP_PX) }
  }
  const sparePx = frame.heightPx - photo.heightPx * row
  return { pair: 'row', strip: 'below', stripPx: between(LOWEST_STRIP_PX, sparePx, HIGHEST_STRIP_PX) }
}

function between(least: number, value: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)))
}

function scaleOf(
  frame: SizePx,
  photo: SizePx,
  pair: Arrangement['pair'],
  lessHeightPx: number,
  lessWidthPx: number,
): number {
  const widthPx = (frame.widthPx - lessWidthPx) / (pair === 'row' ? 2 : 1)
  const heightPx = (frame.heightPx - lessHeightPx) / (pair === 'column' ? 2 : 1)
  return fitScale(photo, { widthPx: Math.max(1, widthPx), heightPx: Math.max(1, heightPx) })
}
