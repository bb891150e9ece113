import { placePhoto, type Look, type PointPx, type SizePx, type Turn, UPRIGHT } from '../../../viewer/geometry.ts'
import { applyMatrix, invertMatrix, type Matrix3, type PairLink } from '../../../viewer/pair-link.ts'

export function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  const at = (row: 0 | 3 | 6, column: 0 | 1 | 2) =>
    (a[row] ?? 0) * (b[column] ?? 0) +
    (a[(row + 1) as 1] ?? 0) * (b[(column + 3) as 3] ?? 0) +
    (a[(row + 2) as 2] ?? 0) * (b[(column + 6) as 6] ?? 0)
  return [at(0, 0), at(0, 1), at(0, 2), at(3, 0), at(3, 1), at(3, 2), at(6, 0), at(6, 1), at(6, 2)]
}

export function scaling(x: number, y: number): Matrix3 {
  return [x, 0, 0, 0, y, 0, 0, 0, 1]
}

function shifting(x: number, y: number): Matrix3 {
  return [1, 0, x, 0, 1, y, 0, 0, 1]
}

export type Shown = { readonly photo: SizePx; readonly look: Look; readonly turn?: Turn; readonly frame: SizePx }

/** Pixels of the current photo to CSS pixels of its frame, as it is painted. */
export function currentToFrame({ photo, look, turn = UPRIGHT, frame }: Shown): Matrix3 {
  const { a, b, c, d, e, f } = placePhoto(look, photo, frame, turn)
  return [a, c, e, b, d, f, 0, 0, 1]
}

/**
 * Pixels of the prior to CSS pixels of the current photo's frame: where each of its teeth lies over the same tooth.
 * @returns undefined for a transform that squashes the photo to a line
 */
export function priorToFrame(current: Shown, prior: SizePx, link: PairLink): Matrix3 | undefined {
  const back = invertMatrix(link.transform)
  if (back === undefined) return undefined
  const toFraction = scaling(1 / prior.widthPx, 1 / prior.heightPx)
  const toCurrentPx = scaling(current.photo.widthPx, current.photo.heightPx)
  const unnudged = multiply(shifting(-link.nudge.x, -link.nudge.y), toFraction)
  return multiply(currentToFrame(current), multiply(toCurrentPx, multiply(back, unnudged)))
}

/** Two photos of unlike shape lie side by side at fit; without a fit they are laid over each other the same way. */
export function withoutFit(link: PairLink, current: SizePx, prior: SizePx, frame: SizePx): PairLink {
  const fit = (photo: SizePx) => Math.min(frame.widthPx / photo.widthPx, frame.heightPx / photo.heightPx)
  const x = (current.widthPx * fit(current)) / (prior.widthPx * fit(prior))
  const y = (current.heightPx * fit(current)) / (prior.heightPx * fit(prior))
  return { ...link, transform: [x, 0, (1 - x) / 2, 0, y, (1 - y) / 2, 0, 0, 1] }
}

/** How many pixels of the frame a pixel of the photo becomes around `at`. */
export function scaleAt(matrix: Matrix3, at: PointPx): number {
  const here = apply(matrix, at)
  const right = apply(matrix, { xPx: at.xPx + 1, yPx: at.yPx })
  const below = apply(matrix, { xPx: at.xPx, yPx: at.yPx + 1 })
  const area = (right.xPx - here.xPx) * (below.yPx - here.yPx) - (right.yPx - here.yPx) * (below.xPx - here.xPx)
  return Math.sqrt(Math.abs(area))
}

function apply(matrix: Matrix3, { xPx, yPx }: PointPx): PointPx {
  const { x, y } = applyMatrix(matrix, { x: xPx, y: yPx })
  return { xPx: x, yPx: y }
}

export type Region = SizePx & { readonly leftPx: number; readonly topPx: number }

/** The part of the photo that the frame shows, with a rim; all of it where the frame reaches beyond the horizon. */
export function visibleRegion(matrix: Matrix3, photo: SizePx, frame: SizePx): Region | undefined {
  const whole: Region = { leftPx: 0, topPx: 0, ...photo }
  const back = invertMatrix(matrix)
  if (back === undefined) return undefined
  const { widthPx, heightPx } = frame
  const corners = [
    [0, 0],
    [widthPx, 0],
    [0, heightPx],
    [widthPx, heightPx],
  ] as const
  const weights = corners.map(([x, y]) => back[6] * x + back[7] * y + back[8])
  if (new Set(weights.map((weight) => Math.sign(weight))).size > 1) return whole
  const points = corners.map(([x, y]) => applyMatrix(back, { x, y }))
  const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most)
  const left = clamp(Math.floor(Math.min(...points.map((point) => point.x))) - 2, photo.widthPx)
  const top = clamp(Math.floor(Math.min(...points.map((point) => point.y))) - 2, photo.heightPx)
  const right = clamp(Math.ceil(Math.max(...points.map((point) => point.x))) + 2, photo.widthPx)
  const bottom = clamp(Math.ceil(Math.max(...points.map((point) => point.y))) + 2, photo.heightPx)
  if (right <= left || bottom <= top) return undefined
  return { leftPx: left, topPx: top, widthPx: right - left, heightPx: bottom - top }
}

/** For an element whose top left corner is the origin of its transform. */
export function toCss(m: Matrix3): string {
  // Column by column, with a third dimension that does nothing.
  const columns = [m[0], m[3], 0, m[6], m[1], m[4], 0, m[7], 0, 0, 1, 0, m[2], m[5], 0, m[8]]
  return `matrix3d(${columns.map((value) => (Math.abs(value) < 1e-12 ? 0 : value)).join(',')})`
}

/** Draws a region at `scale` pixels per photo pixel, then lays it where it belongs. */
export function regionToFrame(matrix: Matrix3, region: Region, scale: number): Matrix3 {
  return multiply(matrix, multiply(shifting(region.leftPx, region.topPx), scaling(1 / scale, 1 / scale)))
}
