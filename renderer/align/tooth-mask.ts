import { type Mat, type OpenCv, withMats } from './open-cv.ts'

/** Where teeth are, and where features may be: near teeth, not on highlights. The caller deletes both. */
export type ToothMask = { readonly teeth: Mat; readonly region: Mat }

/** Below this lightness (of 255) it is the dark of the mouth, in a dark photo below this share of its brightest parts. */
const DARK = 70
const DARK_SHARE = 0.4
/** A highlight or a white corner. */
const HIGHLIGHT = 248
/** Pieces smaller than this share of the photo are no teeth: spots of light on gums and lips. */
const LEAST_PIECE = 0.004

/** Found at half the size, a quarter of the work: no tooth is lost by it. */
export function findToothMask(cv: OpenCv, rgb: Mat): ToothMask {
  return withMats((keep) => {
    const half = keep(new cv.Mat())
    cv.resize(rgb, half, new cv.Size(Math.ceil(rgb.cols / 2), Math.ceil(rgb.rows / 2)), 0, 0, cv.INTER_AREA)
    const masks = findHalfMask(cv, half)
    return { teeth: enlarge(cv, keep(masks.teeth), rgb), region: enlarge(cv, keep(masks.region), rgb) }
  })
}

function enlarge(cv: OpenCv, mask: Mat, { cols, rows }: Mat): Mat {
  const large = new cv.Mat()
  cv.resize(mask, large, new cv.Size(cols, rows), 0, 0, cv.INTER_NEAREST)
  return large
}

/** Teeth are less red than gums, lips and skin (Lab a*), and brighter than the throat. */
function findHalfMask(cv: OpenCv, rgb: Mat): ToothMask {
  return withMats((keep) => {
    const lab = keep(new cv.Mat())
    cv.cvtColor(rgb, lab, cv.COLOR_RGB2Lab)
    const planes = keep(new cv.MatVector())
    cv.split(lab, planes)
    const light = keep(planes.get(0))
    const red = keep(planes.get(1))
    const teeth = new cv.Mat()
    cv.GaussianBlur(red, red, new cv.Size(0, 0), 1.5)
    const dark = darkOf(light.data)
    // The dark has no colour to speak of: among the rest alone the split falls between teeth and gums.
    cv.threshold(red, teeth, splitWhere(red.data, light.data, dark), 255, cv.THRESH_BINARY_INV)
    const bright = keep(new cv.Mat())
    cv.threshold(light, bright, dark, 255, cv.THRESH_BINARY)
    cv.bitwise_and(teeth, bright, teeth)
    shape(cv, teeth, cv.MORPH_OPEN, 3)
    shape(cv, teeth, cv.MORPH_CLOSE, 5)
    dropSmallPieces(cv, teeth)
    const region = new cv.Mat()
    cv.threshold(teeth, region, 127, 255, cv.THRESH_BINARY)
    shape(cv, region, cv.MORPH_DILATE, 13)
    const dull = keep(new cv.Mat())
    cv.threshold(light, dull, HIGHLIGHT, 255, cv.THRESH_BINARY_INV)
    cv.bitwise_and(region, dull, region)
    return { teeth, region }
  })
}

function darkOf(light: Uint8Array): number {
  const counts = countValues(light, () => true)
  let [left, value] = [light.length * 0.05, 255]
  while (value > 0 && left > 0) {
    left -= counts[value] ?? 0
    value -= 1
  }
  return Math.min(DARK, value * DARK_SHARE)
}

/** Otsu's split of the values where it is lighter than `dark`: the one that leaves both sides most alike in themselves. */
function splitWhere(values: Uint8Array, light: Uint8Array, dark: number): number {
  const counts = countValues(values, (at) => (light[at] ?? 0) > dark)
  const all = counts.reduce((sum, count) => sum + count, 0)
  const total = counts.reduce((sum, count, value) => sum + count * value, 0)
  let [below, sum, best, split] = [0, 0, -1, 0]
  for (const [value, count] of counts.entries()) {
    below += count
    sum += count * value
    if (below === 0 || below === all) continue
    const apart = (sum / below - (total - sum) / (all - below)) ** 2 * below * (all - below)
    if (apart > best) [best, split] = [apart, value]
  }
  return split
}

function countValues(values: Uint8Array, isCounted: (at: number) => boolean): Uint32Array {
  const counts = new Uint32Array(256)
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0
    if (isCounted(at)) counts[value] = (counts[value] ?? 0) + 1
  }
  return counts
}

function shape(cv: OpenCv, mask: Mat, operation: number, widthPx: number) {
  withMats((keep) => {
    const kernel = keep(cv.getStructuringElement(cv.MORPH_ELLIPSE, new cv.Size(widthPx, widthPx)))
    cv.morphologyEx(mask, mask, operation, kernel)
  })
}

function dropSmallPieces(cv: OpenCv, mask: Mat) {
  withMats((keep) => {
    const labels = keep(new cv.Mat())
    const stats = keep(new cv.Mat())
    const count = cv.connectedComponentsWithStats(mask, labels, stats, keep(new cv.Mat()))
    const least = mask.rows * mask.cols * LEAST_PIECE
    const area = (piece: number) => stats.data32S[piece * 5 + 4] ?? 0
    const kept = Uint8Array.from({ length: count }, (_, piece) => (piece > 0 && area(piece) >= least ? 255 : 0))
    const { data } = mask
    const { data32S } = labels
    for (let at = 0; at < data.length; at += 1) data[at] = kept[data32S[at] ?? 0] ?? 0
  })
}
