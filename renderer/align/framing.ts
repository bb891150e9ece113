import { invertMatrix, type Matrix3 } from '../viewer/pair-link.ts'
import type { Choice } from './choose-arch.ts'
import type { PhotoFeatures } from './features.ts'
import { type Homography, mapPoint } from './homography.ts'

/** How the current photo was framed against the prior that lies under it. */
export type Framing = {
  /** Clockwise. */
  readonly turnedDeg: number
  /** Of the prior's teeth, the share that the current photo's frame has room for. */
  readonly teethInFrame: number
}

const EVERY_PX = 6

export function compareFraming(
  current: PhotoFeatures,
  prior: PhotoFeatures,
  h: Homography,
  { fit, weightAt }: Choice,
): Framing {
  const { a, b } = fit.similarity
  const turnedDeg = (-Math.atan2(b, a) * 180) / Math.PI
  const back = invertMatrix(h as unknown as Matrix3) // nine numbers, as every homography of ours
  if (back === undefined) return { turnedDeg, teethInFrame: 1 }
  let [all, inside] = [0, 0]
  for (let py = EVERY_PX / 2; py < prior.heightPx; py += EVERY_PX) {
    for (let px = EVERY_PX / 2; px < prior.widthPx; px += EVERY_PX) {
      if (prior.teeth[py * prior.widthPx + px] !== 255) continue
      const [x, y] = mapPoint(back, px, py)
      if (weightAt(x, y) === 0) continue
      all += 1
      if (x >= 0 && y >= 0 && x < current.widthPx && y < current.heightPx) inside += 1
    }
  }
  return { turnedDeg, teethInFrame: all === 0 ? 1 : inside / all }
}
