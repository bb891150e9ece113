import sharp from 'sharp'
import { seededRandom } from '../anatomy/random.ts'
import type { PlannedPhoto } from '../plan/plan.ts'
import { FULL_SIZE, renderScene, type Rendered, type SizePx } from './scene.ts'

export type Developed = { readonly jpeg: Buffer; readonly rendered: Rendered }

export const DRAWN_SIZE: SizePx = { widthPx: 1344, heightPx: 1008 }

/** Grain of the sensor: a long table read from another place for every row, because 12 million draws would take seconds. */
const GRAIN_SIZE = 1 << 20
const GRAIN = makeGrain()

function makeGrain(): Int8Array {
  const random = seededRandom(77)
  return Int8Array.from({ length: GRAIN_SIZE + 16_384 }, () =>
    Math.round((random.next() + random.next() + random.next() + random.next() - 2) * 7),
  )
}

/**
 * A photo as a device would have written it: drawn, softened by the lens, at `size`, with grain and EXIF.
 * @param drawn the size that is worked out in 3D; the rest is enlargement and grain
 */
export async function developPhoto(
  photo: PlannedPhoto,
  size: SizePx = FULL_SIZE,
  drawn: SizePx = DRAWN_SIZE,
): Promise<Developed> {
  const rendered = renderScene(photo.scene, drawn)
  const raw = { width: drawn.widthPx, height: drawn.heightPx, channels: 3 } as const
  const sigma = Math.max(0.45, (photo.blurPx * drawn.widthPx) / FULL_SIZE.widthPx)
  const soft = await sharp(rendered.pixels, { raw }).blur(sigma).raw().toBuffer()
  const data = enlarge(soft, drawn, size, photo.noiseSeed, photo.flaws.includes('dark') ? 1.6 : 0.8)
  const sideways = photo.flaws.includes('sideways')
  const full = sharp(data, { raw: { width: size.widthPx, height: size.heightPx, channels: 3 } })
  // Turned left in the file; orientation 6 tells the reader to turn it back to the right.
  const turned = sideways ? full.rotate(270) : full
  const jpeg = await turned
    .withExif(exifOf(photo))
    .withMetadata({ orientation: sideways ? 6 : 1 })
    .jpeg({ quality: 89, chromaSubsampling: '4:2:0', optimizeCoding: false })
    .toBuffer()
  return { jpeg: photo.flaws.includes('truncated') ? jpeg.subarray(0, Math.floor(jpeg.length * 0.46)) : jpeg, rendered }
}

function exifOf({ device, takenAt }: PlannedPhoto) {
  return {
    IFD0: { Make: device.make, Model: device.model, DateTime: takenAt },
    IFD2: { DateTimeOriginal: takenAt, DateTimeDigitized: takenAt },
  }
}

/** Bilinear, with grain added on the way: sharp's own enlargement alone would cost more than drawing the teeth. */
function enlarge(source: Buffer, from: SizePx, to: SizePx, seed: number, grainAmount: number): Uint8ClampedArray {
  const random = seededRandom(seed)
  const out = new Uint8ClampedArray(to.widthPx * to.heightPx * 3)
  const row = new Float32Array(from.widthPx * 3 + 3)
  const columns = Int32Array.from(
    { length: to.widthPx },
    (_, x) => Math.floor(sourceAt(x, from.widthPx, to.widthPx)) * 3,
  )
  const shares = Float32Array.from(columns, (left, x) => sourceAt(x, from.widthPx, to.widthPx) - left / 3)
  for (let y = 0; y < to.heightPx; y++) {
    blendRows(source, from, sourceAt(y, from.heightPx, to.heightPx), row)
    let grainAt = Math.floor(random.next() * GRAIN_SIZE)
    let at = y * to.widthPx * 3
    for (let x = 0; x < to.widthPx; x++) {
      const left = columns[x] ?? 0
      const share = shares[x] ?? 0
      const grey = (GRAIN[grainAt & (GRAIN_SIZE - 1)] ?? 0) * grainAmount
      const tint = (GRAIN[(grainAt + 4099) & (GRAIN_SIZE - 1)] ?? 0) * grainAmount * 0.3
      grainAt++
      const r = row[left] ?? 0
      const g = row[left + 1] ?? 0
      const b = row[left + 2] ?? 0
      out[at++] = r + ((row[left + 3] ?? 0) - r) * share + grey + tint
      out[at++] = g + ((row[left + 4] ?? 0) - g) * share + grey
      out[at++] = b + ((row[left + 5] ?? 0) - b) * share + grey - tint
    }
  }
  return out
}

/** Where the middle of pixel `i` of the large picture lies in the small one, in its pixels; never before the first. */
function sourceAt(i: number, small: number, large: number): number {
  return Math.max(0, Math.min(small - 1, ((i + 0.5) * small) / large - 0.5))
}

function blendRows(source: Buffer, { widthPx, heightPx }: SizePx, at: number, out: Float32Array): void {
  const upper = Math.floor(at)
  const share = at - upper
  const bytes = widthPx * 3
  const first = upper * bytes
  const second = Math.min(heightPx - 1, upper + 1) * bytes
  for (let i = 0; i < bytes; i++) {
    const value = source[first + i] ?? 0
    out[i] = value + ((source[second + i] ?? 0) - value) * share
  }
  out.copyWithin(bytes, bytes - 3, bytes)
}
