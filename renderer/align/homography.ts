import type { Similarity } from './similarity.ts'

/** Row-major 3 x 3 in working pixels, current to prior. */
export type Homography = readonly number[]
export type Place = {
  readonly x: number
  readonly y: number
  readonly toX: number
  readonly toY: number
  readonly weight: number
}

export function fromSimilarity({ a, b, c, d }: Similarity): Homography {
  return [a, -b, c, b, a, d, 0, 0, 1]
}

export function mapPoint(h: Homography, x: number, y: number): readonly [number, number] {
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, i = 0, j = 1] = h
  const w = g * x + i * y + j
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w]
}

export function multiply(a: Homography, b: Homography): Homography {
  const at = (m: Homography, row: number, column: number) => m[row * 3 + column] ?? 0
  return Array.from({ length: 9 }, (_, cell) => {
    const row = Math.floor(cell / 3)
    return [0, 1, 2].reduce((sum, k) => sum + at(a, row, k) * at(b, k, cell % 3), 0)
  })
}

/**
 * `scalePx`: places this far off count a quarter. `about`: near here places count most, `spreadPx` away little.
 */
type Refine = {
  readonly rounds: number
  readonly scalePx: number
  readonly about: { readonly x: number; readonly y: number; readonly spreadPx: number }
}
/** Lengths near 1 keep the equations well behaved. */
const UNIT_PX = 300
type Change = readonly number[]
const NO_CHANGE: Change = [0, 0, 0, 0, 0, 0, 0, 0]

/** A similarity and what bends it, both about one middle. */
export type Bent = {
  readonly base: Homography
  readonly change: Change
  readonly toUnit: Homography
  readonly fromUnit: Homography
}

export function straight(base: Homography, { x, y }: { readonly x: number; readonly y: number }): Bent {
  return {
    base,
    change: NO_CHANGE,
    toUnit: [1 / UNIT_PX, 0, -x / UNIT_PX, 0, 1 / UNIT_PX, -y / UNIT_PX, 0, 0, 1],
    fromUnit: [UNIT_PX, 0, x, 0, UNIT_PX, y, 0, 0, 1],
  }
}

export function wholeOf({ base, change, toUnit, fromUnit }: Bent): Homography {
  const h = multiply(multiply(base, fromUnit), multiply(matrixOf(change), toUnit))
  const last = h[8] ?? 1
  return h.map((value) => value / last)
}

function matrixOf([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, i = 0]: Change): Homography {
  return [1 + a, b, c, d, 1 + e, f, g, i, 1]
}

/** Steps of Gauss and Newton with far-off places counting less (Geman and McClure). Undefined: too few places. */
export function refineHomography(start: Bent, places: readonly Place[], refine: Refine): Bent | undefined {
  if (places.length < 8) return undefined
  let bent = start
  for (let round = 0; round < refine.rounds; round += 1) {
    const step = solveStep(bent, places, refine)
    if (step === undefined) return undefined
    bent = { ...bent, change: bent.change.map((value, i) => value + (step[i] ?? 0)) }
  }
  return bent
}

/**
 * Shear, stretch and perspective are pulled to nothing the more, the worse the places agree (per square pixel): what is
 * left over then is depth, which no plane can follow.
 */
const STIFFNESS = 200

function solveStep(bent: Bent, places: readonly Place[], refine: Refine): readonly number[] | undefined {
  const { scalePx, about } = refine
  const normal = Array.from({ length: 8 }, () => new Float64Array(9))
  const scale = scalePx * scalePx
  const inner = matrixOf(bent.change)
  const outer = multiply(bent.base, bent.fromUnit)
  let [total, off] = [0, 0]
  for (const { x, y, toX, toY, weight: own } of places) {
    const [u, v] = mapPoint(bent.toUnit, x, y)
    const w = (inner[6] ?? 0) * u + (inner[7] ?? 0) * v + 1
    const [p, q] = mapPoint(inner, u, v)
    const [px, py] = mapPoint(outer, p, q)
    const [rx, ry] = [toX - px, toY - py]
    const near = Math.exp(-((x - about.x) ** 2 + (y - about.y) ** 2) / (2 * about.spreadPx ** 2))
    const weight = own * near * (scale / (scale + rx * rx + ry * ry)) ** 2
    total += weight
    off += weight * (rx * rx + ry * ry)
    // How the mapped place moves with p and q: the base is a similarity, so the same everywhere.
    const moves = (sp: number, sq: number) =>
      [sp * u, sp * v, sp, sq * u, sq * v, sq, -u * (sp * p + sq * q), -v * (sp * p + sq * q)].map((one) => one / w)
    addRow(normal, moves(outer[0] ?? 0, outer[1] ?? 0), rx, weight)
    addRow(normal, moves(outer[3] ?? 0, outer[4] ?? 0), ry, weight)
  }
  if (total === 0) return undefined
  addStiffness(normal, bent.change, total * Math.max(1, STIFFNESS * (off / total)))
  return solve(normal)
}

function addRow(normal: readonly Float64Array[], row: readonly number[], off: number, weight: number) {
  for (const [i, line] of normal.entries()) {
    const left = (row[i] ?? 0) * weight
    for (let j = 0; j < 8; j += 1) line[j] = (line[j] ?? 0) + left * (row[j] ?? 0)
    line[8] = (line[8] ?? 0) + left * off
  }
}

function addStiffness(normal: readonly Float64Array[], change: Change, weight: number) {
  const directions = [
    [1, 0, 0, 0, -1, 0, 0, 0],
    [0, 1, 0, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 1, 0],
    [0, 0, 0, 0, 0, 0, 0, 1],
  ]
  for (const direction of directions) {
    const now = direction.reduce((sum, part, i) => sum + part * (change[i] ?? 0), 0)
    addRow(normal, direction, -now, weight)
  }
}

/** Elimination with pivots; undefined when the places leave something undecided. */
function solve(normal: readonly Float64Array[]): readonly number[] | undefined {
  const rows = normal.map((line) => line.slice())
  for (let k = 0; k < 8; k += 1) {
    const pivot = rows.slice(k).reduce((best, row) => (Math.abs(row[k] ?? 0) > Math.abs(best[k] ?? 0) ? row : best))
    if (Math.abs(pivot[k] ?? 0) < 1e-9) return undefined
    const from = rows.indexOf(pivot)
    ;[rows[k], rows[from]] = [pivot, rows[k] ?? pivot]
    for (const [i, row] of rows.entries()) {
      if (i === k) continue
      const factor = (row[k] ?? 0) / (pivot[k] ?? 1)
      for (let j = k; j < 9; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0)
    }
  }
  return rows.map((row, k) => (row[8] ?? 0) / (row[k] ?? 1))
}
