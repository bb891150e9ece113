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
  // By place: taking the nine apart by their order goes through an iterator, and this is done for every tooth pixel.
  const at = (cell: number) => h[cell] as number
  const w = at(6) * x + at(7) * y + at(8)
  return [(at(0) * x + at(1) * y + at(2)) / w, (at(3) * x + at(4) * y + at(5)) / w]
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
  const normal = new Float64Array(UNKNOWNS * COLUMNS)
  const row = new Float64Array(UNKNOWNS)
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
    fillMoves(row, { u, v, p, q, w, sp: outer[0] ?? 0, sq: outer[1] ?? 0 })
    addRow(normal, row, rx, weight)
    fillMoves(row, { u, v, p, q, w, sp: outer[3] ?? 0, sq: outer[4] ?? 0 })
    addRow(normal, row, ry, weight)
  }
  if (total === 0) return undefined
  addStiffness(normal, bent.change, total * Math.max(1, STIFFNESS * (off / total)))
  return solve(normal)
}

type Moves = { readonly [name in 'u' | 'v' | 'p' | 'q' | 'w' | 'sp' | 'sq']: number }

function fillMoves(row: Float64Array, { u, v, p, q, w, sp, sq }: Moves) {
  const s = sp * p + sq * q
  row[0] = (sp * u) / w
  row[1] = (sp * v) / w
  row[2] = sp / w
  row[3] = (sq * u) / w
  row[4] = (sq * v) / w
  row[5] = sq / w
  row[6] = (-u * s) / w
  row[7] = (-v * s) / w
}

/** Eight rows of eight unknowns and what they should give, in one piece and without anything made on the way. */
const UNKNOWNS = 8
const COLUMNS = 9

function addRow(normal: Float64Array, row: Float64Array, off: number, weight: number) {
  for (let i = 0, at = 0; i < UNKNOWNS; i += 1, at += COLUMNS) {
    // Within bounds by construction.
    const left = (row[i] as number) * weight
    for (let j = 0; j < UNKNOWNS; j += 1) normal[at + j] = (normal[at + j] as number) + left * (row[j] as number)
    normal[at + UNKNOWNS] = (normal[at + UNKNOWNS] as number) + left * off
  }
}

function addStiffness(normal: Float64Array, change: Change, weight: number) {
  const directions = [
    [1, 0, 0, 0, -1, 0, 0, 0],
    [0, 1, 0, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 1, 0],
    [0, 0, 0, 0, 0, 0, 0, 1],
  ]
  for (const direction of directions) {
    const now = direction.reduce((sum, part, i) => sum + part * (change[i] ?? 0), 0)
    addRow(normal, Float64Array.from(direction), -now, weight)
  }
}

/** Elimination with pivots; undefined when the places leave something undecided. */
function solve(normal: Float64Array): readonly number[] | undefined {
  const rows = Array.from({ length: UNKNOWNS }, (_, at) => normal.slice(at * COLUMNS, (at + 1) * COLUMNS))
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
