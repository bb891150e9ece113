import sharp from 'sharp'
import type { PhotoSize } from '../../../server/contract/domain/photos.ts'

/** One made-up 12 megapixel photo and its renditions, as the server makes them at ingest. */
export type BenchPhoto = { readonly [S in PhotoSize]: { bytes: Buffer; widthPx: number; heightPx: number } }

const WIDTH_PX = 4032
const HEIGHT_PX = 3024
/** As the server's renditions (server/modules/photos). */
const JPEG = { quality: 88, chromaSubsampling: '4:4:4' } as const
const TONES = 96

/** Different enough to be told apart; each about as large as what a phone writes. */
export async function makePhotos(count: number): Promise<BenchPhoto[]> {
  const grain = await makeGrain()
  const photos: BenchPhoto[] = []
  for (let i = 0; i < count; i++) photos.push(await makePhoto(i, grain))
  return photos
}

/** What a sensor adds, once for all of them. */
async function makeGrain(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 9 } as const
  return await sharp({ create: { width: WIDTH_PX, height: HEIGHT_PX, channels: 3, background: '#808080', noise } })
    .raw()
    .toBuffer()
}

async function makePhoto(turn: number, grain: Buffer): Promise<BenchPhoto> {
  const [width, height] = [WIDTH_PX, HEIGHT_PX]
  const tones = Buffer.alloc(TONES * (TONES * 0.75) * 3)
  for (let i = 0; i < tones.length; i++) {
    const [x, y, channel] = [Math.floor(i / 3) % TONES, Math.floor(i / 3 / TONES), i % 3]
    tones[i] = 128 + 90 * Math.sin((x + turn * 17) / (5 + channel)) * Math.cos((y - turn * 11) / (7 + turn))
  }
  const scene = sharp(tones, { raw: { width: TONES, height: TONES * 0.75, channels: 3 } })
  const smooth = await scene.resize(width, height, { kernel: 'cubic', fit: 'fill' }).raw().toBuffer()
  const original = await sharp(smooth, { raw: { width, height, channels: 3 } })
    .composite([{ input: grain, raw: { width, height, channels: 3 }, blend: 'soft-light' }])
    .jpeg({ quality: 92 })
    .toBuffer()
  return {
    original: { bytes: original, widthPx: width, heightPx: height },
    '2048': await shrink(original, 2048),
    '512': await shrink(original, 512),
  }
}

async function shrink(original: Buffer, edgePx: number) {
  const shrunk = sharp(original).resize(edgePx, edgePx, { fit: 'inside' }).jpeg(JPEG)
  const { data, info } = await shrunk.toBuffer({ resolveWithObject: true })
  return { bytes: data, widthPx: info.width, heightPx: info.height }
}
