import type { PhotoFeatures } from './features.ts'

/** A column of this many pixels' width is looked at. */
const COLUMN_PX = 8
/** Shares of the photo's width: how high a tooth is at least in a column, and how high a gap. */
const LEAST_TOOTH = 0.03
const LEAST_GAP = 0.018
const MOST_GAP = 0.3
/** Of the columns that show teeth, those that must show the gap too. */
const LEAST_COLUMNS = 0.6

type Gap = { readonly x: number; readonly y: number }

/** The line between the arches: through the gap where there is one, else along the middle of all teeth. */
export type ArchLine = { readonly heightAt: (x: number) => number; readonly isOpen: boolean }

/** @returns undefined when too few teeth are in the picture */
export function findArchLine(photo: PhotoFeatures): ArchLine | undefined {
  const columns = Array.from({ length: Math.floor(photo.widthPx / COLUMN_PX) }, (_, at) =>
    readColumn(photo, at * COLUMN_PX + COLUMN_PX / 2),
  )
  const middles = columns.flatMap(({ middle }) => (middle === undefined ? [] : [middle]))
  if (middles.length < 8) return undefined
  const gaps = columns.flatMap(({ gap }) => (gap === undefined ? [] : [gap]))
  const isOpen = gaps.length >= Math.max(8, middles.length * LEAST_COLUMNS)
  return { heightAt: fitLine(isOpen ? gaps : middles), isOpen }
}

function readColumn(
  photo: PhotoFeatures,
  x: number,
): { readonly middle: Gap | undefined; readonly gap: Gap | undefined } {
  const runs = toothRuns(photo, x)
  const gaps = runs.slice(1).map(([from], i) => [runs[i]?.[1] ?? 0, from] as const)
  const inRange = gaps.filter(
    ([from, to]) => to - from >= LEAST_GAP * photo.widthPx && to - from <= MOST_GAP * photo.widthPx,
  )
  const [darkest] = inRange.toSorted((a, b) => lightOf(photo, x, a) - lightOf(photo, x, b))
  const [top] = runs[0] ?? []
  const [, bottom] = runs.at(-1) ?? []
  return {
    middle: top === undefined || bottom === undefined ? undefined : { x, y: (top + bottom) / 2 },
    gap: darkest && { x, y: (darkest[0] + darkest[1]) / 2 },
  }
}

function toothRuns({ teeth, widthPx, heightPx }: PhotoFeatures, x: number): readonly (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = []
  let from = -1
  for (let y = 0; y <= heightPx; y += 1) {
    const isTooth = y < heightPx && teeth[y * widthPx + x] === 255
    if (isTooth && from < 0) from = y
    if (!isTooth && from >= 0) {
      if (y - from >= LEAST_TOOTH * widthPx) runs.push([from, y])
      from = -1
    }
  }
  return runs
}

function lightOf({ levelled, widthPx }: PhotoFeatures, x: number, [from, to]: readonly [number, number]): number {
  let sum = 0
  for (let y = from; y < to; y += 1) sum += levelled[y * widthPx + x] ?? 0
  return sum / (to - from)
}

/** A parabola through the gaps; those far off it (a lip, a cheek) are left out, twice. */
function fitLine(gaps: readonly Gap[]): ArchLine['heightAt'] {
  let used = gaps
  let line = parabola(used)
  for (const farPx of [40, 20]) {
    used = gaps.filter(({ x, y }) => Math.abs(y - line(x)) < farPx)
    if (used.length >= 8) line = parabola(used)
  }
  return line
}

function parabola(gaps: readonly Gap[]): ArchLine['heightAt'] {
  const middle = gaps.reduce((sum, { x }) => sum + x, 0) / gaps.length
  const sums = [0, 0, 0, 0, 0]
  const right = [0, 0, 0]
  for (const { x, y } of gaps) {
    const u = (x - middle) / 100
    for (let power = 0; power < 5; power += 1) sums[power] = (sums[power] ?? 0) + u ** power
    for (let power = 0; power < 3; power += 1) right[power] = (right[power] ?? 0) + y * u ** power
  }
  const [s0 = 1, s1 = 0, s2 = 0, s3 = 0, s4 = 0] = sums
  const [r0 = 0, r1 = 0, r2 = 0] = right
  // Beyond the gaps a little stiffness keeps the curve from running off.
  const k4 = s4 + 0.5
  const det = s0 * (s2 * k4 - s3 * s3) - s1 * (s1 * k4 - s3 * s2) + s2 * (s1 * s3 - s2 * s2)
  if (Math.abs(det) < 1e-9) return () => r0 / s0
  const c0 = (r0 * (s2 * k4 - s3 * s3) - s1 * (r1 * k4 - s3 * r2) + s2 * (r1 * s3 - s2 * r2)) / det
  const c1 = (s0 * (r1 * k4 - s3 * r2) - r0 * (s1 * k4 - s3 * s2) + s2 * (s1 * r2 - r1 * s2)) / det
  const c2 = (s0 * (s2 * r2 - s3 * r1) - s1 * (s1 * r2 - s2 * r1) + r0 * (s1 * s3 - s2 * s2)) / det
  return (x) => {
    const u = (x - middle) / 100
    return c0 + c1 * u + c2 * u * u
  }
}
