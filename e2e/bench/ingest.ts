import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { processPhoto, stopDecoding } from '../../server/modules/photos/service.ts'
import { type Figure, figureOf } from './figure.ts'

const RUNS = 40
const WARM_UP_RUNS = 3
const JPEG = { quality: 88, chromaSubsampling: '4:4:4' } as const

/**
 * A 12 MP JPEG to its renditions, one photo at a time: the whole of `processPhoto` (another process, SHA-256, structure,
 * EXIF, renditions, quality) against the bare libvips calls for the same two pictures, in turn in the same run.
 */
export async function run(emit: (figure: Figure) => void): Promise<void> {
  sharp.cache(false)
  sharp.concurrency(1) // as in the decoding processes
  const photo = await twelveMegapixels()
  const expected = { hash: PhotoHash.parse(createHash('sha256').update(photo).digest('hex')), bytes: photo.length }
  const ours: number[] = []
  const bare: number[] = []
  for (let i = -WARM_UP_RUNS; i < RUNS; i++) {
    const [oursMs, bareMs] = [await timed(() => render(photo, expected)), await timed(() => renderBare(photo))]
    if (i < 0) continue
    ours.push(oursMs)
    bare.push(bareMs)
  }
  stopDecoding()
  const name = { bench: 'ingest', case: `jpeg-12mp-${Math.round(photo.length / 1e5) / 10}mb` }
  emit(figureOf({ ...name, metric: 'renditions', unit: 'ms' }, ours))
  emit(figureOf({ ...name, metric: 'renditions', unit: 'ms', peer: 'libvips' }, bare))
  const ratios = ours.map((ms, i) => ms / (bare[i] ?? Number.NaN))
  emit(figureOf({ ...name, metric: 'ratio', unit: 'x', peer: 'libvips' }, ratios))
}

async function render(photo: Buffer, expected: { hash: PhotoHash; bytes: number }): Promise<void> {
  const processed = await processPhoto(photo, expected)
  if (!processed.ok) throw new Error(`The bench photo was refused: ${processed.refusal}`)
}

async function renderBare(photo: Buffer): Promise<void> {
  const shrunk = sharp(photo).autoOrient().resize(2048, 2048, { fit: 'inside' }).raw()
  const { data, info } = await shrunk.toBuffer({ resolveWithObject: true })
  const large = sharp(data, { raw: info })
  await Promise.all([
    large.clone().jpeg(JPEG).toBuffer(),
    large.clone().resize(512, 512, { fit: 'inside' }).jpeg(JPEG).toBuffer(),
  ])
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** 4032 x 3024 of smooth tones with sensor noise, about the size that a phone writes. */
async function twelveMegapixels(): Promise<Buffer> {
  const [width, height] = [4032, 3024]
  const tones = Buffer.alloc((width / 16) * (height / 16) * 3)
  for (let i = 0; i < tones.length; i++) {
    const pixel = Math.floor(i / 3)
    tones[i] = 128 + 90 * Math.sin(pixel / 37 + (i % 3)) * Math.cos(pixel / (width / 16) / 11)
  }
  const scene = sharp(tones, { raw: { width: width / 16, height: height / 16, channels: 3 } })
  const smooth = await scene.resize(width, height, { kernel: 'cubic' }).raw().toBuffer()
  const grain = { type: 'gaussian', mean: 128, sigma: 10 } as const
  const noise = await sharp({ create: { width, height, channels: 3, background: '#808080', noise: grain } })
    .png({ compressionLevel: 0 })
    .toBuffer()
  return await sharp(smooth, { raw: { width, height, channels: 3 } })
    .composite([{ input: noise, blend: 'soft-light' }])
    .jpeg({ quality: 92 })
    .toBuffer()
}
