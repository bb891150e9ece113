import type { Pixels } from '../align/features.ts'
import { type Exposure, measureExposure } from './exposure.ts'
import { measureTilt } from './tilt.ts'
import { quantile, shrinkPhoto, type SmallPhoto } from './planes.ts'
import { edgeSoftness } from './sharpness.ts'
import { toothLikeness } from './tooth-likeness.ts'
import { viewFeatures } from './view-features.ts'
import { viewScores, type ViewWeights } from './view-scores.ts'

/** All that is read off one photo, whatever slot it is filed in. */
export type Measures = Exposure & {
  /** Estimated blur in pixels of the rendition; undefined without edges. */
  readonly softness: number | undefined
  /** Of the row of teeth against the horizontal, in degrees, clockwise. */
  readonly tiltDeg: number
  /** How likely each of `TEMPLATES` is for the whole photo, and for its middle alone. */
  readonly scores: readonly number[]
  readonly middleScores: readonly number[]
  /** Logarithm of red to green: its middle value, and between its lowest and highest tenth. */
  readonly redness: number
  readonly rednessSpread: number
}

/** Of the photo's width and height: as large as a mouth that was photographed from too far away. */
const MIDDLE = 0.45

export function measurePhoto(pixels: Pixels, weights: ViewWeights): Measures {
  const small = shrinkPhoto(pixels)
  const teeth = toothLikeness(small)
  const middle = shrinkPhoto(middleOf(pixels))
  const redness = rednessOf(small)
  return {
    ...measureExposure(small, teeth),
    softness: edgeSoftness(pixels, teeth),
    tiltDeg: measureTilt(teeth, small.shape),
    scores: viewScores(viewFeatures(small, teeth), weights),
    middleScores: viewScores(viewFeatures(middle), weights),
    redness: quantile(redness, 0.5),
    rednessSpread: quantile(redness, 0.9) - quantile(redness, 0.1),
  }
}

const rednessOf = ({ red, green }: SmallPhoto) =>
  red.map((value, at) => Math.log((value + 10) / ((green[at] ?? 0) + 10)))

function middleOf({ data, widthPx, heightPx }: Pixels): Pixels {
  const [width, height] = [Math.max(1, Math.round(widthPx * MIDDLE)), Math.max(1, Math.round(heightPx * MIDDLE))]
  const [left, top] = [Math.floor((widthPx - width) / 2), Math.floor((heightPx - height) / 2)]
  const out = new Uint8Array(width * height * 4)
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * widthPx + left) * 4
    out.set(data.subarray(from, from + width * 4), row * width * 4)
  }
  return { data: out, widthPx: width, heightPx: height }
}
