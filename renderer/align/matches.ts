import { type Points, WORDS } from './points.ts'

/** Pairs of points that look alike: places in current and prior, in working pixels. */
export type Matches = {
  readonly count: number
  readonly ax: Float32Array
  readonly ay: Float32Array
  readonly bx: Float32Array
  readonly by: Float32Array
  /** Of one match alone: how much larger and by how many radians turned. */
  readonly scale: Float32Array
  readonly turn: Float32Array
}

/** Where a point of the current photo should be in the prior; `reachPx` away at most. */
export type Guide = { readonly map: (x: number, y: number) => readonly [number, number]; readonly reachPx: number }
type Allowed = { readonly ratio: number; readonly guide?: Guide }

/** Photos of one view are never turned or scaled more than this against each other (a point's own guess is rough). */
const MOST_TURN_DEG = 50
const MOST_SCALE = 2.8
const FAR = 1000

/**
 * Each other's best of both photos (Hamming distance of the descriptors). Pairs that no plausible movement explains are
 * not even compared: that makes it three times as quick as the library's brute force, and the answer better.
 */
export function findMatches(a: Points, b: Points, allowed: Allowed): Matches {
  const bestOfA = new Int32Array(a.count).fill(-1)
  const bestOfB = new Int32Array(b.count).fill(-1)
  const near = new Uint16Array(a.count).fill(FAR)
  const second = new Uint16Array(a.count).fill(FAR)
  const nearB = new Uint16Array(b.count).fill(FAR)
  const reach = allowed.guide === undefined ? Infinity : allowed.guide.reachPx ** 2
  const turned = sortByAngle(b)
  for (let i = 0; i < a.count; i += 1) {
    const [gx, gy] = allowed.guide?.map(a.x[i] ?? 0, a.y[i] ?? 0) ?? [0, 0]
    const sizePx = a.sizePx[i] ?? 1
    const from = firstFrom(turned.angles, (a.angleDeg[i] ?? 0) - MOST_TURN_DEG)
    const until = firstFrom(turned.angles, (a.angleDeg[i] ?? 0) + MOST_TURN_DEG)
    for (let at = from; at < until; at += 1) {
      const j = turned.order[at] ?? 0
      const scale = sizePx / (b.sizePx[j] ?? 1)
      if (scale > MOST_SCALE || scale < 1 / MOST_SCALE) continue
      if (reach < Infinity && ((b.x[j] ?? 0) - gx) ** 2 + ((b.y[j] ?? 0) - gy) ** 2 > reach) continue
      const far = distance(a.words, i * WORDS, b.words, j * WORDS, Math.max(second[i] ?? FAR, nearB[j] ?? FAR))
      if (far < (near[i] ?? FAR)) {
        second[i] = near[i] ?? FAR
        near[i] = far
        bestOfA[i] = j
      } else if (far < (second[i] ?? FAR)) second[i] = far
      if (far < (nearB[j] ?? FAR)) {
        nearB[j] = far
        bestOfB[j] = i
      }
    }
  }
  const kept: number[] = []
  for (let i = 0; i < a.count; i += 1) {
    const j = bestOfA[i] ?? -1
    if (j >= 0 && bestOfB[j] === i && (near[i] ?? FAR) < allowed.ratio * (second[i] ?? FAR)) kept.push(i)
  }
  return packMatches(a, b, kept, bestOfA)
}

type Turned = { readonly order: Uint32Array; readonly angles: Float32Array }

/** Points by their direction, one turn after the other, so that every range of directions is one piece. */
function sortByAngle({ count, angleDeg }: Points): Turned {
  const once = Uint32Array.from({ length: count }, (_, i) => i)
  once.sort((i, j) => (angleDeg[i] ?? 0) - (angleDeg[j] ?? 0) || i - j)
  const order = new Uint32Array(count * 3)
  const angles = new Float32Array(count * 3)
  for (const turn of [0, 1, 2]) {
    for (const [at, i] of once.entries()) {
      order[turn * count + at] = i
      angles[turn * count + at] = (angleDeg[i] ?? 0) + (turn - 1) * 360
    }
  }
  return { order, angles }
}

/** The first place that is not below `least`. */
function firstFrom(sorted: Float32Array, least: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Bits that differ; gives up above `limit`. */
function distance(a: Uint32Array, i: number, b: Uint32Array, j: number, limit: number): number {
  let bits = 0
  for (let word = 0; word < WORDS; word += 1) {
    let v = (a[i + word] ?? 0) ^ (b[j + word] ?? 0)
    v -= (v >>> 1) & 0x55555555
    v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
    bits += (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
    if (word === 5 && bits > limit) return FAR
  }
  return bits
}

function packMatches(a: Points, b: Points, kept: readonly number[], partner: Int32Array): Matches {
  const of = (values: Float32Array, at: number) => values[at] ?? 0
  const column = (read: (i: number, j: number) => number) => Float32Array.from(kept, (i) => read(i, partner[i] ?? 0))
  return {
    count: kept.length,
    ax: column((i) => of(a.x, i)),
    ay: column((i) => of(a.y, i)),
    bx: column((_, j) => of(b.x, j)),
    by: column((_, j) => of(b.y, j)),
    scale: column((i, j) => of(b.sizePx, j) / of(a.sizePx, i)),
    turn: column((i, j) => ((of(b.angleDeg, j) - of(a.angleDeg, i)) * Math.PI) / 180),
  }
}

/** The matches at these places. */
export function pickMatches(matches: Matches, places: readonly number[]): Matches {
  const column = (values: Float32Array) => Float32Array.from(places, (at) => values[at] ?? 0)
  const { ax, ay, bx, by, scale, turn } = matches
  return {
    count: places.length,
    ax: column(ax),
    ay: column(ay),
    bx: column(bx),
    by: column(by),
    scale: column(scale),
    turn: column(turn),
  }
}
