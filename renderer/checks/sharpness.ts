import type { Pixels } from '../align/features.ts'
import { quantile, SMALL } from './planes.ts'

/** Of the edges on and beside teeth, the strongest share that is looked at, in each of four directions. */
const STRONGEST = 0.06
const DIRECTIONS = 4
/** Fewer say nothing of their direction. */
const LEAST_EDGES = 400

/** Of the strongest edges those steeper than this share: round teeth have soft contours in the sharpest photo. */
const SHARPEST = 0.85

/**
 * How soft the sharpest edges beside teeth are, in the two directions in which they are softest: an estimate of the blur
 * in pixels of this rendition. A hand that shook blurs one direction and the two beside it, while a single soft direction
 * is what round teeth look like. An edge's slope is compared with its slope after a known blur, so neither contrast nor
 * light counts. Undefined without any edge.
 */
export function edgeSoftness(pixels: Pixels, teeth: Float32Array): number | undefined {
  const { widthPx, heightPx } = pixels
  const fine = greyOf(pixels)
  const coarse = softened(fine, widthPx, heightPx)
  const found = findEdges(coarse, pixels, teeth).filter(({ places }) => places.length >= LEAST_EDGES)
  if (found.length === 0) return undefined
  const softest = found
    .map((edges) => softnessOf(edges, fine, widthPx))
    .toSorted((a, b) => b - a)
    .slice(0, 2)
  return softest.reduce((sum, one) => sum + one, 0) / softest.length
}

/** Of one direction: where, and how steep in the softened picture. */
type Edges = { readonly places: number[]; readonly slopes: number[] }

function findEdges(coarse: Float32Array, { widthPx, heightPx }: Pixels, teeth: Float32Array): readonly Edges[] {
  const edges = Array.from({ length: DIRECTIONS }, (): Edges => ({ places: [], slopes: [] }))
  const columns = Int32Array.from({ length: widthPx }, (_, x) => Math.floor((x * SMALL.widthPx) / widthPx))
  for (let y = 4; y < heightPx - 4; y += 1) {
    const row = Math.floor((y * SMALL.heightPx) / heightPx) * SMALL.widthPx
    for (let x = 4; x < widthPx - 4; x += 1) {
      if ((teeth[row + (columns[x] ?? 0)] ?? 0) <= LIKE_TEETH) continue
      const at = y * widthPx + x
      const dx = (coarse[at + 1] ?? 0) - (coarse[at - 1] ?? 0)
      const dy = (coarse[at + widthPx] ?? 0) - (coarse[at - widthPx] ?? 0)
      const slope = Math.sqrt(dx * dx + dy * dy)
      if (slope < LEAST_SLOPE) continue
      const own = edges[directionOf(dx, dy)]
      own?.places.push(at)
      own?.slopes.push(slope)
    }
  }
  return edges
}

const LIKE_TEETH = 0.3
/** Over two pixels, of 255 shades. */
const LEAST_SLOPE = 2

function softnessOf({ places, slopes }: Edges, fine: Float32Array, widthPx: number): number {
  const strong = quantile(slopes, 1 - STRONGEST)
  const ratios: number[] = []
  for (const [at, slope] of slopes.entries()) {
    if (slope >= strong) ratios.push(slopeAt(fine, places[at] ?? 0, widthPx) / slope)
  }
  const sharpest = quantile(ratios, SHARPEST)
  // A step blurred by s has the slope 1 / sqrt(s² + own²): solved for s.
  const ratio = Math.max(1.001, sharpest) ** 2
  return Math.sqrt(Math.max(0, (COARSE_PX ** 2 - FINE_PX ** 2 * ratio) / (ratio - 1)))
}

/** What `softened` blurs by, and what a difference over two pixels does. */
const COARSE_PX = 2
const FINE_PX = 0.6

/** Across, falling, down, rising; 45 degrees each. */
function directionOf(dx: number, dy: number): number {
  if (Math.abs(dy) < TAN_22 * Math.abs(dx)) return 0
  if (Math.abs(dx) < TAN_22 * Math.abs(dy)) return 2
  return dx * dy > 0 ? 1 : 3
}
const TAN_22 = Math.tan(Math.PI / 8)

function greyOf({ data, widthPx, heightPx }: Pixels): Float32Array {
  const grey = new Float32Array(widthPx * heightPx)
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4) {
    grey[at] = 0.3 * (data[from] ?? 0) + 0.59 * (data[from + 1] ?? 0) + 0.11 * (data[from + 2] ?? 0)
  }
  return grey
}

/** About a Gaussian of `COARSE_PX`: three passes of five pixels along each axis. The rim is left as it is. */
function softened(grey: Float32Array, widthPx: number, heightPx: number): Float32Array {
  let [from, to] = [grey.slice(), grey.slice()]
  for (const step of [1, widthPx, 1, widthPx, 1, widthPx]) {
    const rim = 2 * step
    for (let at = rim, end = widthPx * heightPx - rim; at < end; at += 1) {
      // Within bounds by construction; a fallback for each costs half of the time.
      const near = (from[at - step] as number) + (from[at] as number) + (from[at + step] as number)
      to[at] = 0.1 * ((from[at - rim] as number) + (from[at + rim] as number)) + 0.26667 * near
    }
    ;[from, to] = [to, from]
  }
  return from
}

function slopeAt(grey: Float32Array, at: number, widthPx: number): number {
  const dx = (grey[at + 1] ?? 0) - (grey[at - 1] ?? 0)
  const dy = (grey[at + widthPx] ?? 0) - (grey[at - widthPx] ?? 0)
  return Math.sqrt(dx * dx + dy * dy)
}
