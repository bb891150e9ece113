import type { Similarity } from './similarity.ts'

/** Row-major 3 x 3 in working pixels, current to prior. */
export type Homography = readonly number[]
export type Place = { readonly x: number; readonly y: number; readonly toX: number; readonly toY: number }

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

/** Pulls shear and perspective to nothing where few places speak for them. */
type Refine = { readonly rounds: number; readonly reachPx: number; readonly stiffness: number }
/** Lengths near 1 keep the equations well behaved. */
const UNIT_PX = 300

/** Steps of Gauss and Newton with far-off places counting less (Geman and McClure), in coordinates about their middle. */
export function refineHomography(start: Homography, places: readonly Place[], refine: Refine): Homography | undefined {
  if (places.length < 8) return undefined
  const middleX = places.reduce((sum, { x }) => sum + x, 0) / places.length
  const middleY = places.reduce((sum, { y }) => sum + y, 0) / places.length
  const toUnit: Homography = [1 / UNIT_PX, 0, -middleX / UNIT_PX, 0, 1 / UNIT_PX, -middleY / UNIT_PX, 0, 0, 1]
  const fromUnit: Homography = [UNIT_PX, 0, middleX, 0, UNIT_PX, middleY, 0, 0, 1]
  let h = start
  for (let round = 0; round < refine.rounds; round += 1) {
    const step = solveStep(h, places, refine, { middleX, middleY })
    if (step === undefined) return undefined
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, i = 0] = step
    const change: Homography = [1 + a, b, c, d, 1 + e, f, g, i, 1]
    h = multiply(h, multiply(fromUnit, multiply(change, toUnit)))
    const last = h[8] ?? 1
    h = h.map((value) => value / last)
  }
  return h
}

function solveStep(
  h: Homography,
  places: readonly Place[],
  { reachPx, stiffness }: Refine,
  { middleX, middleY }: { middleX: number; middleY: number },
): readonly number[] | undefined {
  const normal = Array.from({ length: 8 }, () => new Float64Array(9))
  const reach = reachPx * reachPx
  let total = 0
  for (const { x, y, toX, toY } of places) {
    const [px, py] = mapPoint(h, x, y)
    const [rx, ry] = [toX - px, toY - py]
    const weight = (reach / (reach + rx * rx + ry * ry)) ** 2
    total += weight
    // How the mapped point moves when the place moves by one unit.
    const [ux, uy] = mapPoint(h, x + 1, y)
    const [vx, vy] = mapPoint(h, x, y + 1)
    const [u, v] = [(x - middleX) / UNIT_PX, (y - middleY) / UNIT_PX]
    const moves = (sx: number, sy: number) => [
      sx * u,
      sx * v,
      sx,
      sy * u,
      sy * v,
      sy,
      -u * (sx * u + sy * v),
      -v * (sx * u + sy * v),
    ]
    addRow(normal, moves((ux - px) * UNIT_PX, (vx - px) * UNIT_PX), rx, weight)
    addRow(normal, moves((uy - py) * UNIT_PX, (vy - py) * UNIT_PX), ry, weight)
  }
  addStiffness(normal, h, total * stiffness * UNIT_PX * UNIT_PX)
  return solve(normal)
}

function addRow(normal: readonly Float64Array[], row: readonly number[], off: number, weight: number) {
  for (const [i, line] of normal.entries()) {
    const left = (row[i] ?? 0) * weight
    for (let j = 0; j < 8; j += 1) line[j] = (line[j] ?? 0) + left * (row[j] ?? 0)
    line[8] = (line[8] ?? 0) + left * off
  }
}

/** Every step is held short in shear, stretch and perspective: together they add up only where places agree on them. */
function addStiffness(normal: readonly Float64Array[], _h: Homography, weight: number) {
  const directions = [
    [1, 0, 0, 0, -1, 0, 0, 0],
    [0, 1, 0, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 1, 0],
    [0, 0, 0, 0, 0, 0, 0, 1],
  ]
  for (const direction of directions) addRow(normal, direction, 0, weight)
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
