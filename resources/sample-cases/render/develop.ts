import sharp from 'sharp'
import { seededRandom } from '../anatomy/random.ts'
import type { PlannedPhoto } from '../plan/plan.ts'
import { FULL_SIZE, renderScene, type Rendered, type SizePx } from './scene.ts'

export type Developed = { readonly jpeg: Buffer; readonly rendered: Rendered }

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
  drawn: SizePx = { widthPx: 1536, heightPx: 1152 },
): Promise<Developed> {
  const rendered = renderScene(photo.scene, drawn)
  const raw = { width: drawn.widthPx, height: drawn.heightPx, channels: 3 } as const
  const sigma = Math.max(0.45, (photo.blurPx * drawn.widthPx) / FULL_SIZE.widthPx)
  const { data } = await sharp(rendered.pixels, { raw })
    .blur(sigma)
    .resize(size.widthPx, size.heightPx, { kernel: 'cubic' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  addGrain(data, size.widthPx * 3, photo.noiseSeed, photo.flaws.includes('dark') ? 1.6 : 0.8)
  const sideways = photo.flaws.includes('sideways')
  const full = sharp(data, { raw: { width: size.widthPx, height: size.heightPx, channels: 3 } })
  // Turned left in the file; orientation 6 tells the reader to turn it back to the right.
  const turned = sideways ? full.rotate(270) : full
  const jpeg = await turned
    .withExif(exifOf(photo))
    .withMetadata({ orientation: sideways ? 6 : 1 })
    .jpeg({ quality: 87, chromaSubsampling: '4:2:0' })
    .toBuffer()
  return { jpeg: photo.flaws.includes('truncated') ? jpeg.subarray(0, Math.floor(jpeg.length * 0.46)) : jpeg, rendered }
}

function exifOf({ device, takenAt }: PlannedPhoto) {
  return {
    IFD0: { Make: device.make, Model: device.model, DateTime: takenAt },
    IFD2: { DateTimeOriginal: takenAt, DateTimeDigitized: takenAt },
  }
}

function addGrain(data: Buffer, rowBytes: number, seed: number, amount: number): void {
  const random = seededRandom(seed)
  const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length)
  for (let start = 0; start < pixels.length; start += rowBytes) {
    let from = Math.floor(random.next() * GRAIN_SIZE)
    for (let i = start; i < start + rowBytes; i += 3) {
      const grey = GRAIN[from & (GRAIN_SIZE - 1)] ?? 0
      const tint = (GRAIN[(from + 4099) & (GRAIN_SIZE - 1)] ?? 0) * 0.3
      from++
      pixels[i] = (pixels[i] ?? 0) + (grey + tint) * amount
      pixels[i + 1] = (pixels[i + 1] ?? 0) + grey * amount
      pixels[i + 2] = (pixels[i + 2] ?? 0) + (grey - tint) * amount
    }
  }
}
