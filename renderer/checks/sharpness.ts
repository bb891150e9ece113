import type { Pixels } from '../align/features.ts'
import { quantile, SMALL } from './planes.ts'

/** Of the edges on and beside teeth, the strongest share that is looked at, in each of four directions. */
const STRONGEST = 0.06
const DIRECTIONS = 4
/** Fewer say nothing of their direction. */
const LEAST_EDGES = 400

/**
 * How soft the sharpest edges beside teeth are, in the direction in which they are softest: an estimate of the blur in
 * pixels of this rendition. A hand that shook blurs one direction only. An edge's slope is compared with its slope after
 * a known blur, so neither contrast nor light counts. Undefined without any edge.
 */
export function edgeSoftness(pixels: Pixels, teeth: Float32Array): number | undefined {
  const found = findEdges(pixels, teeth).filter(({ slopes }) => slopes.length >= LEAST_EDGES)
  return found.length === 0 ? undefined : Math.max(...found.map(softnessOf))
}

type Edges = { readonly slopes: number[]; readonly ratios: number[] }

function findEdges(pixels: Pixels, teeth: Float32Array): readonly Edges[] {
  const { widthPx, heightPx } = pixels
  const fine = greyOf(pixels)
  const coarse = softened(fine, widthPx, heightPx)
  const edges = Array.from({ length: DIRECTIONS }, (): Edges => ({ slopes: [], ratios: [] }))
  for (let y = 4; y < heightPx - 4; y += 1) {
    for (let x = 4; x < widthPx - 4; x += 1) {
      if (!isNearTeeth(teeth, x / widthPx, y / heightPx)) continue
      const at = y * widthPx + x
      const dx = (coarse[at + 1] ?? 0) - (coarse[at - 1] ?? 0)
      const dy = (coarse[at + widthPx] ?? 0) - (coarse[at - widthPx] ?? 0)
      const slope = Math.hypot(dx, dy)
      if (slope < LEAST_SLOPE) continue
      const turn = Math.round((Math.atan2(dy, dx) / Math.PI + 1) * DIRECTIONS) % DIRECTIONS
      edges[turn]?.slopes.push(slope)
      edges[turn]?.ratios.push(slopeAt(fine, at, widthPx) / slope)
    }
  }
  return edges
}

/** Over two pixels, of 255 shades. */
const LEAST_SLOPE = 2

function softnessOf({ slopes, ratios }: Edges): number {
  const strong = quantile(slopes, 1 - STRONGEST)
  const sharpest = quantile(
    ratios.filter((_, at) => (slopes[at] ?? 0) >= strong),
    0.75,
  )
  // A step blurred by s has the slope 1 / sqrt(s² + own²): solved for s.
  const ratio = Math.max(1.001, sharpest) ** 2
  return Math.sqrt(Math.max(0, (COARSE_PX ** 2 - FINE_PX ** 2 * ratio) / (ratio - 1)))
}

/** What `softened` blurs by, and what a difference over two pixels does. */
const COARSE_PX = 2
const FINE_PX = 0.6

function isNearTeeth(teeth: Float32Array, x: number, y: number): boolean {
  const column = Math.min(SMALL.widthPx - 1, Math.floor(x * SMALL.widthPx))
  const row = Math.min(SMALL.heightPx - 1, Math.floor(y * SMALL.heightPx))
  return (teeth[row * SMALL.widthPx + column] ?? 0) > 0.3
}

function greyOf({ data, widthPx, heightPx }: Pixels): Float32Array {
  const grey = new Float32Array(widthPx * heightPx)
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4) {
    grey[at] = 0.3 * (data[from] ?? 0) + 0.59 * (data[from + 1] ?? 0) + 0.11 * (data[from + 2] ?? 0)
  }
  return grey
}

/** About a Gaussian of `COARSE_PX`: three passes of five pixels along each axis. The rim is left as it is. */
function softened(grey: Float32Array, widthPx: number, heightPx: number): Float32Array {
  let from = grey
  for (const step of [1, widthPx, 1, widthPx, 1, widthPx]) {
    const to = from.slice()
    const rim = 2 * step
    for (let at = rim, end = widthPx * heightPx - rim; at < end; at += 1) {
      const near = (from[at - step] ?? 0) + (from[at] ?? 0) + (from[at + step] ?? 0)
      to[at] = 0.1 * ((from[at - 2 * step] ?? 0) + (from[at + 2 * step] ?? 0)) + 0.26667 * near
    }
    from = to
  }
  return from
}

function slopeAt(grey: Float32Array, at: number, widthPx: number): number {
  const dx = (grey[at + 1] ?? 0) - (grey[at - 1] ?? 0)
  const dy = (grey[at + widthPx] ?? 0) - (grey[at - widthPx] ?? 0)
  return Math.hypot(dx, dy)
}
