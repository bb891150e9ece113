import type { Pixels } from '../align/features.ts'

/** Size at which teeth and views are looked for, whatever the photo's shape. */
export const SMALL = { widthPx: 96, heightPx: 72 } as const
export const SMALL_COUNT = SMALL.widthPx * SMALL.heightPx

/** Colour planes of `SMALL`, 0 to 255, row by row. `shape`: width by height of the photo that they were made of. */
export type SmallPhoto = {
  readonly red: Float32Array
  readonly green: Float32Array
  readonly blue: Float32Array
  readonly shape: number
}

/** The whole photo, each value the mean of the pixels under it. */
export function shrinkPhoto({ data, widthPx, heightPx }: Pixels): SmallPhoto {
  const [red, green, blue] = [0, 1, 2].map(() => new Float32Array(SMALL_COUNT)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  for (let row = 0; row < SMALL.heightPx; row += 1) {
    const [top, bottom] = spanOf(row, SMALL.heightPx, heightPx)
    for (let column = 0; column < SMALL.widthPx; column += 1) {
      const [left, right] = spanOf(column, SMALL.widthPx, widthPx)
      let [r, g, b] = [0, 0, 0]
      for (let y = top; y < bottom; y += 1) {
        for (let at = (y * widthPx + left) * 4, end = (y * widthPx + right) * 4; at < end; at += 4) {
          r += data[at] ?? 0
          g += data[at + 1] ?? 0
          b += data[at + 2] ?? 0
        }
      }
      const count = (bottom - top) * (right - left)
      const to = row * SMALL.widthPx + column
      red[to] = r / count
      green[to] = g / count
      blue[to] = b / count
    }
  }
  return { red, green, blue, shape: widthPx / heightPx }
}

function spanOf(at: number, of: number, px: number): readonly [number, number] {
  const from = Math.min(px - 1, Math.floor((at * px) / of))
  return [from, Math.max(from + 1, Math.floor(((at + 1) * px) / of))]
}

export function lightOf({ red, green, blue }: SmallPhoto): Float32Array {
  return red.map((value, at) => 0.3 * value + 0.59 * (green[at] ?? 0) + 0.11 * (blue[at] ?? 0))
}

/** The value that `share` (0-1) of all do not exceed. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float32Array.from(values).toSorted()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
