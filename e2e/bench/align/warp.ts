import sharp from 'sharp'
import { multiply } from '../../../renderer/align/homography.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { withMats } from '../../../renderer/align/open-cv.ts'
import { applyMatrix, type Matrix3 } from '../../../renderer/viewer/pair-link.ts'

export type Random = () => number

/** The same numbers in every run. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A photo as another camera would have taken it: moved, other light, other compression. */
export type Warped = {
  readonly jpeg: Buffer
  /** Fractions of the original to fractions of the warped photo. */
  readonly truth: Matrix3
}

const WIDTH_PX = 1600

export async function warpAtRandom(cv: OpenCv, file: string, random: Random): Promise<Warped> {
  const image = sharp(file).rotate().resize({ width: WIDTH_PX }).ensureAlpha()
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const between = (low: number, high: number) => low + (high - low) * random()
  const angle = (between(-12, 12) * Math.PI) / 180
  const scale = between(0.8, 1.25)
  const ratio = height / width
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
  const [g, h] = [between(-0.08, 0.08), between(-0.08, 0.08) * ratio]
  const [shiftX, shiftY] = [between(-0.06, 0.06), between(-0.06, 0.06)]
  // About the middle, in units of the width.
  const [mx, my] = [0.5, ratio / 2]
  const px = (x: number, y: number): readonly [number, number] => {
    const [u, v] = [x - mx, y - my]
    const w = 1 + g * u + h * v
    return [(cos * u - sin * v) / w + mx + shiftX, (sin * u + cos * v) / w + my + shiftY]
  }
  const matrix = matrixOf(px, ratio)
  const pixels = withMats((keep) => {
    const from = keep(new cv.Mat(height, width, cv.CV_8UC4))
    from.data.set(data)
    const m = keep(new cv.Mat(3, 3, cv.CV_64FC1))
    m.data64F.set(toPixels(matrix, width, height))
    const to = keep(new cv.Mat())
    cv.warpPerspective(from, to, m, new cv.Size(width, height), cv.INTER_LINEAR, cv.BORDER_CONSTANT, new cv.Scalar(0))
    return Buffer.from(to.data)
  })
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .linear(between(0.75, 1.25), between(-12, 12))
    .gamma(between(1, 1.5))
    .jpeg({ quality: Math.round(between(50, 95)) })
    .toBuffer()
  return { jpeg, truth: matrix }
}

/** The homography of `map` (units of the width) in fractions. */
function matrixOf(map: (x: number, y: number) => readonly [number, number], ratio: number): Matrix3 {
  const places = [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.9, 0.9],
    [0.1, 0.9],
  ] as const
  const rows = places.flatMap(([x, y]) => {
    const [toX, toYWide] = map(x, y * ratio)
    const toY = toYWide / ratio
    return [
      [x, y, 1, 0, 0, 0, -x * toX, -y * toX, toX],
      [0, 0, 0, x, y, 1, -x * toY, -y * toY, toY],
    ]
  })
  for (let k = 0; k < 8; k += 1) {
    const pivot = rows.slice(k).reduce((best, row) => (Math.abs(row[k] ?? 0) > Math.abs(best[k] ?? 0) ? row : best))
    const from = rows.indexOf(pivot)
    ;[rows[k], rows[from]] = [pivot, rows[k] ?? pivot]
    for (const [i, row] of rows.entries()) {
      if (i === k) continue
      const factor = (row[k] ?? 0) / (pivot[k] ?? 1)
      for (let j = k; j < 9; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0)
    }
  }
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0] = rows.map((row, k) => (row[8] ?? 0) / (row[k] ?? 1))
  return [a, b, c, d, e, f, g, h, 1]
}

/** Between pixels of two photos of this size; 0 is the middle of the first pixel. */
function toPixels(matrix: Matrix3, width: number, height: number): readonly number[] {
  const fromFractions = [width, 0, -0.5, 0, height, -0.5, 0, 0, 1]
  const toFractions = [1 / width, 0, 0.5 / width, 0, 1 / height, 0.5 / height, 0, 0, 1]
  return multiply(fromFractions, multiply(matrix, toFractions))
}

/** How far two transforms put a point apart, in pixels of a photo 2048 wide. */
export function apartPx(one: Matrix3, other: Matrix3, x: number, y: number, ratio: number): number {
  const a = applyMatrix(one, { x, y })
  const b = applyMatrix(other, { x, y })
  return Math.hypot((a.x - b.x) * 2048, (a.y - b.y) * 2048 * ratio)
}
