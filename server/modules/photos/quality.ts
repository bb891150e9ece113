import type { Quality, QualityFlag } from '../../contract/domain/photos.ts'

/** Grey values of the small rendition, row by row. */
export type GreyPixels = { readonly data: Uint8Array; readonly widthPx: number; readonly heightPx: number }

/**
 * Thresholds, all on the 512 px rendition; quality.test.ts holds them against the real photos and against copies of
 * them that were blurred, darkened and brightened on purpose.
 * - a variance of the Laplacian of `SHARP_VARIANCE` scores 0.5; it is first scaled to the usual brightness, so that a
 *   dark photo is called dark and not blurred as well. Intraoral photos in focus reach 0.6-0.95
 * - mean luminance below `DARK_MEAN` hides the tooth margins; above `BRIGHT_MEAN`, or with more than `CLIPPED_SHARE`
 *   of all pixels pure white, enamel has no more texture to judge
 * - a long edge below `SMALL_EDGE_PX` cannot show a gap of half a millimetre
 */
const SHARP_VARIANCE = 60
const USUAL_MEAN = 0.45
const SOFT_BELOW = 0.3
const DARK_MEAN = 0.2
const BRIGHT_MEAN = 0.85
const CLIPPED_SHARE = 0.25
const SMALL_EDGE_PX = 800
const GOOD_EDGE_PX = 1600

export function measureQuality(grey: GreyPixels, longEdgePx: number): Quality {
  const { mean: exposure, clipped } = luminanceOf(grey)
  const variance = laplacianVariance(grey) * (USUAL_MEAN / Math.max(exposure, 0.05)) ** 2
  const sharpness = variance / (variance + SHARP_VARIANCE)
  const flags: QualityFlag[] = []
  if (sharpness < SOFT_BELOW) flags.push('soft_focus')
  if (exposure < DARK_MEAN) flags.push('dark')
  if (exposure > BRIGHT_MEAN || clipped > CLIPPED_SHARE) flags.push('overexposed')
  if (longEdgePx < SMALL_EDGE_PX) flags.push('low_resolution')
  return {
    sharpness: round(sharpness),
    exposure: round(exposure),
    clipped: round(clipped),
    score: round(Math.min(sharpness, exposureScore(exposure, clipped), Math.min(1, longEdgePx / GOOD_EDGE_PX))),
    flags,
  }
}

/** 1 in the middle of the range, falling to 0 at black, at white, and at twice the tolerated clipping. */
function exposureScore(mean: number, clipped: number): number {
  const tone = Math.min(1, mean / (2 * DARK_MEAN), (1 - mean) / (2 * (1 - BRIGHT_MEAN)))
  return Math.max(0, Math.min(tone, 1 - clipped / (2 * CLIPPED_SHARE)))
}

/** Four-neighbour Laplacian over all inner pixels: edges and enamel texture raise it, blur of any kind removes it. */
function laplacianVariance({ data, widthPx, heightPx }: GreyPixels): number {
  let sum = 0
  let squares = 0
  for (let y = 1; y < heightPx - 1; y++) {
    for (let at = y * widthPx + 1, end = (y + 1) * widthPx - 1; at < end; at++) {
      const value =
        4 * px(data, at) - px(data, at - 1) - px(data, at + 1) - px(data, at - widthPx) - px(data, at + widthPx)
      sum += value
      squares += value * value
    }
  }
  const count = Math.max(1, (widthPx - 2) * (heightPx - 2))
  return Math.max(0, squares / count - (sum / count) ** 2)
}

function luminanceOf({ data }: GreyPixels): { mean: number; clipped: number } {
  let sum = 0
  let white = 0
  for (const value of data) {
    sum += value
    if (value >= 253) white++
  }
  return { mean: sum / data.length / 255, clipped: white / data.length }
}

function px(data: Uint8Array, at: number): number {
  return data[at] as number // within bounds by construction; a fallback here costs a third of the time
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
