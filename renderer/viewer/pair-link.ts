import type { Look, PhotoPoint } from './geometry.ts'

/** Row-major 3 x 3 matrix on photo fractions, homogeneous. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number]
export const IDENTITY: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/** How the prior lies against the current photo: a transform (identity until one is estimated) and what a hand added. */
export type PairLink = {
  /** Current photo's fractions to the prior's. */
  readonly transform: Matrix3
  /** Added after the transform, in fractions of the prior: Shift moves one photo and the offset is kept. */
  readonly nudge: PhotoPoint
}
export const UNLINKED_OFFSET: PairLink = { transform: IDENTITY, nudge: { x: 0, y: 0 } }

export function applyMatrix(m: Matrix3, { x, y }: PhotoPoint): PhotoPoint {
  const w = m[6] * x + m[7] * y + m[8]
  return { x: (m[0] * x + m[1] * y + m[2]) / w, y: (m[3] * x + m[4] * y + m[5]) / w }
}

/** @returns undefined for a matrix that squashes the photo to a line: such a pair is not comparable */
export function invertMatrix(m: Matrix3): Matrix3 | undefined {
  const [a, b, c, d, e, f, g, h, i] = m
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  if (Math.abs(det) < 1e-12) return undefined
  return [
    (e * i - f * h) / det,
    (c * h - b * i) / det,
    (b * f - c * e) / det,
    (f * g - d * i) / det,
    (a * i - c * g) / det,
    (c * d - a * f) / det,
    (d * h - e * g) / det,
    (b * g - a * h) / det,
    (a * e - b * d) / det,
  ]
}

/** How many times longer a short stretch at `at` becomes: the square root of the change in area. */
function localScale(m: Matrix3, at: PhotoPoint): number {
  const det =
    m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6])
  const w = m[6] * at.x + m[7] * at.y + m[8]
  return Math.sqrt(Math.abs(det / w ** 3))
}

/** The prior's look that shows the same teeth as `current`. */
export function lookOfPrior(current: Look, link: PairLink): Look {
  const centre = applyMatrix(link.transform, current)
  return {
    zoom: current.zoom / localScale(link.transform, current),
    x: centre.x + link.nudge.x,
    y: centre.y + link.nudge.y,
  }
}

/** The other way round: the current photo's look after a hand moved the prior of a linked pair. */
export function lookOfCurrent(prior: Look, link: PairLink): Look {
  const back = invertMatrix(link.transform)
  if (back === undefined) return prior
  const centre = applyMatrix(back, { x: prior.x - link.nudge.x, y: prior.y - link.nudge.y })
  return { zoom: prior.zoom * localScale(link.transform, centre), ...centre }
}

/** The nudge that leaves the prior exactly where it is while the current photo moves from under it. */
export function nudgeToKeepPrior(prior: Look, movedCurrent: Look, link: PairLink): PhotoPoint {
  const centre = applyMatrix(link.transform, movedCurrent)
  return { x: prior.x - centre.x, y: prior.y - centre.y }
}
