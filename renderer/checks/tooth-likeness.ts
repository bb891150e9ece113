import { lightOf, quantile, SMALL, SMALL_COUNT, type SmallPhoto } from './planes.ts'

/** How far from the dividing redness, in its logarithm, and from the dividing light a pixel is half decided. */
const RED_SOFTNESS = 0.06
const LIGHT_SOFTNESS = 0.08
/** Of the light of the photo's brightest tenth: less is the dark of the mouth. */
const LEAST_LIGHT = 0.45

/**
 * How much each pixel of the small photo is like a tooth, 0 to 1: less red than gums, lips and skin, and not in the dark.
 * Ratios of red to green do not change with the light. Gloves, retractors and highlights look like teeth too.
 */
export function toothLikeness(photo: SmallPhoto): Float32Array {
  const { red, green } = photo
  const redness = smooth(red.map((value, at) => Math.log((value + 10) / ((green[at] ?? 0) + 10))))
  const divide = otsu(redness)
  const light = lightOf(photo)
  const bright = Math.max(1, quantile(light, 0.9))
  return redness.map(
    (value, at) =>
      sigmoid((divide - value) / RED_SOFTNESS) * sigmoid(((light[at] ?? 0) / bright - LEAST_LIGHT) / LIGHT_SOFTNESS),
  )
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** Binomial, three by three; the border repeats. */
function smooth(values: Float32Array): Float32Array {
  const { widthPx, heightPx } = SMALL
  const across = new Float32Array(SMALL_COUNT)
  const out = new Float32Array(SMALL_COUNT)
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const at = y * widthPx + x
      const left = values[x > 0 ? at - 1 : at] ?? 0
      const right = values[x < widthPx - 1 ? at + 1 : at] ?? 0
      across[at] = (left + 2 * (values[at] ?? 0) + right) / 4
    }
  }
  for (let at = 0; at < SMALL_COUNT; at += 1) {
    const above = across[at >= widthPx ? at - widthPx : at] ?? 0
    const below = across[at < SMALL_COUNT - widthPx ? at + widthPx : at] ?? 0
    out[at] = (above + 2 * (across[at] ?? 0) + below) / 4
  }
  return out
}

const BINS = 64

/** The value that divides a histogram best into two (Otsu). */
function otsu(values: Float32Array): number {
  const low = quantile(values, 0.01)
  const span = quantile(values, 0.99) - low
  if (span <= 0) return low
  const bins = new Float64Array(BINS)
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(((value - low) / span) * BINS)))
    bins[bin] = (bins[bin] ?? 0) + 1 / values.length
  }
  const whole = bins.reduce((sum, share, bin) => sum + share * (bin + 0.5), 0)
  let [share, mean, best, bestSpread] = [0, 0, 0, -1]
  for (let bin = 0; bin < BINS; bin += 1) {
    share += bins[bin] ?? 0
    mean += (bins[bin] ?? 0) * (bin + 0.5)
    const spread = (whole * share - mean) ** 2 / (share * (1 - share) + 1e-9)
    if (spread > bestSpread) [best, bestSpread] = [bin, spread]
  }
  return low + ((best + 0.5) / BINS) * span
}
