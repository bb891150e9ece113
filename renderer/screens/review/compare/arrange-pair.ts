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
const SIDE_STRIP_PX = 168
/** Another arrangement is worth the change only when it shows this much more. */
const WORTH = 1.05

/**
 * How the pair shows most of its photos in this frame: two 4:3 photos side by side waste height on most screens, and
 * stacked they waste width. Height that side by side cannot use goes to the strip.
 */
export function arrangePair(frame: SizePx, photo: SizePx, count: 1 | 2): Arrangement {
  const row = scaleOf(frame, photo, count, 'row', LOWEST_STRIP_PX, 0)
  const column = scaleOf(frame, photo, count, 'column', 0, SIDE_STRIP_PX)
  if (column > row * WORTH) return { pair: 'column', strip: 'left', stripPx: SIDE_STRIP_PX }
  const sparePx = frame.heightPx - photo.heightPx * row
  return {
    pair: 'row',
    strip: 'below',
    stripPx: Math.round(Math.min(HIGHEST_STRIP_PX, Math.max(LOWEST_STRIP_PX, sparePx))),
  }
}

function scaleOf(
  frame: SizePx,
  photo: SizePx,
  count: 1 | 2,
  pair: Arrangement['pair'],
  lessHeightPx: number,
  lessWidthPx: number,
): number {
  const widthPx = (frame.widthPx - lessWidthPx) / (pair === 'row' ? count : 1)
  const heightPx = (frame.heightPx - lessHeightPx) / (pair === 'column' ? count : 1)
  return fitScale(photo, { widthPx: Math.max(1, widthPx), heightPx: Math.max(1, heightPx) })
}
