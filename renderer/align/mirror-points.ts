import { type Points, WORDS } from './points.ts'

/**
 * AKAZE's descriptor (M-LDB) compares the cells of three grids laid along a point's own direction, in three channels:
 * lightness, slope across, slope along. A mirror swaps the cells across the direction and turns the slope across over,
 * so a mirrored photo's descriptors are the same bits elsewhere, some of them the other way round. That spares finding
 * everything twice.
 */
const GRIDS = [2, 3, 4] as const
const CHANNELS = 3
const ACROSS = 1
const BITS = 486

/** For each bit of the mirrored descriptor: which bit of the plain one, and whether it is the other way round. */
type Source = { readonly from: Uint16Array; readonly isTurned: Uint8Array }
const SOURCE = findSources()

/** The points of the photo turned about its vertical axis, as found in the photo itself. */
export function mirrorPoints(points: Points, widthPx: number): Points {
  return {
    ...points,
    x: points.x.map((x) => widthPx - 1 - x),
    angleDeg: points.angleDeg.map((angle) => (540 - angle) % 360),
    words: mirrorWords(points),
  }
}

function mirrorWords({ count, words }: Points): Uint32Array {
  const mirrored = new Uint32Array(words.length)
  const { from, isTurned } = SOURCE
  for (let bit = 0; bit < BITS; bit += 1) {
    const source = from[bit] ?? 0
    const turned = isTurned[bit] ?? 0
    const [fromWord, fromShift, toWord, toShift] = [source >>> 5, source & 31, bit >>> 5, bit & 31]
    for (let row = 0; row < count * WORDS; row += WORDS) {
      const value = (((words[row + fromWord] ?? 0) >>> fromShift) & 1) ^ turned
      mirrored[row + toWord] = (mirrored[row + toWord] ?? 0) | (value << toShift)
    }
  }
  return mirrored
}

function findSources(): Source {
  const from = new Uint16Array(BITS)
  const isTurned = new Uint8Array(BITS)
  let start = 0
  for (const side of GRIDS) {
    const cells = side * side
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      for (const [i, j] of pairsOf(cells)) {
        const [one, other] = [acrossFrom(i, side), acrossFrom(j, side)]
        // "i is more than j" of the mirrored photo asks for the two cells across, the slope across with its sign turned.
        const [more, less] = channel === ACROSS ? [other, one] : [one, other]
        const bit = start + placeOf(i, j, cells)
        from[bit] = start + placeOf(Math.min(more, less), Math.max(more, less), cells)
        isTurned[bit] = more < less ? 0 : 1
      }
      start += (cells * (cells - 1)) / 2
    }
  }
  return { from, isTurned }
}

function pairsOf(cells: number): readonly (readonly [number, number])[] {
  const all = Array.from({ length: cells }, (_, i) => i)
  return all.flatMap((i) => all.slice(i + 1).map((j) => [i, j] as const))
}

/** Cells are counted along the direction first. */
function acrossFrom(cell: number, side: number): number {
  const across = cell % side
  return cell - across + (side - 1 - across)
}

function placeOf(i: number, j: number, cells: number): number {
  return i * cells - (i * (i + 1)) / 2 + (j - i - 1)
}
