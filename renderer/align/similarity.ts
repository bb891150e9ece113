import type { Matches } from './matches.ts'

/** Turn, scale and shift: x' = a x - b y + c, y' = b x + a y + d. */
export type Similarity = { readonly a: number; readonly b: number; readonly c: number; readonly d: number }
/** `score`: how many matches agree, each counted the less the farther it is off. */
export type Fit = { readonly similarity: Similarity; readonly score: number }

const LEAST_SCALE = 0.45
const MOST_SCALE = 2.2
const MOST_TURN = (35 * Math.PI) / 180
/** Teeth are not flat: under one similarity the molars are this far off (working pixels). */
export const REACH_PX = 14
/** Starting points that are refined. */
const TRIED = 24
const ROUNDS = 6
const TURNS_OF_TWO = 1500

/**
 * The similarity that most matches agree on. Every match alone proposes one (its scale and turn are known), pairs of
 * matches propose more; the best proposals are refined. No chance in it: the same photos give the same answer.
 */
export function fitSimilarity(matches: Matches): Fit | undefined {
  const proposed = [...singles(matches), ...couples(matches)]
    .filter(isPlausible)
    .map((similarity) => ({ similarity, score: supportOf(matches, similarity, REACH_PX * 1.5) }))
    .toSorted((one, other) => other.score - one.score)
    .slice(0, TRIED)
  let best: Fit | undefined
  for (const { similarity } of proposed) {
    const refined = refine(matches, similarity)
    if (refined !== undefined && refined.score > (best?.score ?? 0)) best = refined
  }
  return best
}

function* singles({ count, ax, ay, bx, by, scale, turn }: Matches): Generator<Similarity> {
  for (let i = 0; i < count; i += 1) {
    const a = (scale[i] ?? 1) * Math.cos(turn[i] ?? 0)
    const b = (scale[i] ?? 1) * Math.sin(turn[i] ?? 0)
    yield through(a, b, ax[i] ?? 0, ay[i] ?? 0, bx[i] ?? 0, by[i] ?? 0)
  }
}

function* couples({ count, ax, ay, bx, by }: Matches): Generator<Similarity> {
  let seed = 12345
  const next = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * count)
  }
  for (let turn = 0; turn < (count > 1 ? TURNS_OF_TWO : 0); turn += 1) {
    const i = next()
    const j = next()
    const [ux, uy] = [(ax[j] ?? 0) - (ax[i] ?? 0), (ay[j] ?? 0) - (ay[i] ?? 0)]
    const [vx, vy] = [(bx[j] ?? 0) - (bx[i] ?? 0), (by[j] ?? 0) - (by[i] ?? 0)]
    const long = ux * ux + uy * uy
    if (long < 40 * 40) continue
    const a = (ux * vx + uy * vy) / long
    const b = (ux * vy - uy * vx) / long
    yield through(a, b, ax[i] ?? 0, ay[i] ?? 0, bx[i] ?? 0, by[i] ?? 0)
  }
}

function through(a: number, b: number, x: number, y: number, toX: number, toY: number): Similarity {
  return { a, b, c: toX - a * x + b * y, d: toY - b * x - a * y }
}

export function isPlausible({ a, b }: Similarity): boolean {
  const scale = Math.hypot(a, b)
  return scale > LEAST_SCALE && scale < MOST_SCALE && Math.abs(Math.atan2(b, a)) < MOST_TURN
}

/** How far (squared) match `i` is off. */
export function offBy({ ax, ay, bx, by }: Matches, { a, b, c, d }: Similarity, i: number): number {
  const x = ax[i] ?? 0
  const y = ay[i] ?? 0
  return (a * x - b * y + c - (bx[i] ?? 0)) ** 2 + (b * x + a * y + d - (by[i] ?? 0)) ** 2
}

/** How much match `i` agrees: 1 where it is not off at all, nothing from `REACH_PX` on. */
export function weightOf(matches: Matches, similarity: Similarity, i: number): number {
  return Math.max(0, 1 - offBy(matches, similarity, i) / (REACH_PX * REACH_PX))
}

function supportOf(matches: Matches, similarity: Similarity, reachPx: number): number {
  const reach = reachPx * reachPx
  let sum = 0
  for (let i = 0; i < matches.count; i += 1) {
    const off = offBy(matches, similarity, i)
    if (off < reach) sum += 1 - off / reach
  }
  return sum
}

/** Weighted least squares over the matches that agree, again and again. */
function refine(matches: Matches, start: Similarity): Fit | undefined {
  let similarity = start
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = leastSquares(matches, similarity, REACH_PX * (round < 2 ? 1.7 : 1))
    if (next === undefined || !isPlausible(next)) return undefined
    similarity = next
  }
  return { similarity, score: supportOf(matches, similarity, REACH_PX) }
}

function leastSquares(matches: Matches, now: Similarity, reachPx: number): Similarity | undefined {
  const { ax, ay, bx, by } = matches
  const reach = reachPx * reachPx
  let [w, x, y, u, v, xx, xu, xv] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = 0; i < matches.count; i += 1) {
    const off = offBy(matches, now, i)
    if (off >= reach) continue
    const weight = (1 - off / reach) ** 2
    const [px, py, qx, qy] = [ax[i] ?? 0, ay[i] ?? 0, bx[i] ?? 0, by[i] ?? 0]
    w += weight
    x += weight * px
    y += weight * py
    u += weight * qx
    v += weight * qy
    xx += weight * (px * px + py * py)
    xu += weight * (px * qx + py * qy)
    xv += weight * (px * qy - py * qx)
  }
  const spread = xx - (x * x + y * y) / w
  if (w < 2 || spread < 1) return undefined
  const a = (xu - (x * u + y * v) / w) / spread
  const b = (xv - (x * v - y * u) / w) / spread
  return { a, b, c: (u - a * x + b * y) / w, d: (v - b * x - a * y) / w }
}
