import { createHash } from 'node:crypto'
import { photoFormatOf } from '../../contract/domain/photo-format.ts'
import { MAX_PHOTO_PIXELS, type PhotoFacts } from '../../contract/domain/photos.ts'
import { type Expected, type Processed, refuseByLength } from './expected.ts'
import { readExif } from './exif.ts'
import { readContainer } from './formats/container.ts'
import { MAX_HEIC_PIXELS } from './formats/heic.ts'
import { readJpeg } from './formats/jpeg.ts'
import type { PhotoFile } from './formats/photo-file.ts'
import { readPng } from './formats/png.ts'
import { measureQuality } from './quality.ts'
import { PhotoRefused } from './refused.ts'
import { type RenderedJpeg, renderPhoto } from './render.ts'

/** Below this short edge no tooth can be told from its neighbour. */
export const MIN_EDGE_PX = 64
/** What decoding one photo may hold at once; files that would need more are refused like those with too many pixels. */
export const MAX_DECODING_BYTES = 400 * 1024 * 1024

/** Verifies, decodes, renders and measures one photo. Runs in a decoding process; see service.ts. */
export async function examinePhoto(bytes: Uint8Array, expected: Expected): Promise<Processed> {
  try {
    return await examine(bytes, expected)
  } catch (cause) {
    // Parsers read untrusted bytes: a RangeError of theirs means the file lies about its own lengths.
    return { ok: false, refusal: cause instanceof PhotoRefused ? cause.refusal : 'damaged' }
  }
}

async function examine(bytes: Uint8Array, expected: Expected): Promise<Processed> {
  const byLength = refuseByLength(bytes, expected)
  if (byLength !== undefined) throw new PhotoRefused(byLength)
  if (sha256Of(bytes) !== expected.hash) throw new PhotoRefused('hash-differs')
  const file = await readFile(bytes)
  refuseBySize(file)
  const { orientation, ...camera } = readExif(file.exif)
  const { small, large, grey } = await renderPhoto(file, orientation)
  const turned = !file.turnsItself && orientation >= 5
  const [widthPx, heightPx] = turned ? [file.heightPx, file.widthPx] : [file.widthPx, file.heightPx]
  const facts: PhotoFacts = {
    hash: expected.hash,
    mediaType: file.mediaType,
    bytes: bytes.length,
    widthPx,
    heightPx,
    renditions: { '512': factsOf(small), '2048': factsOf(large) },
    quality: measureQuality(grey, Math.max(widthPx, heightPx)),
    ...camera,
  }
  return { ok: true, facts, renditions: { '512': small.bytes, '2048': large.bytes } }
}

async function readFile(bytes: Uint8Array): Promise<PhotoFile> {
  const { mediaType, refusal } = photoFormatOf(bytes)
  if (mediaType === null) throw new PhotoRefused(refusal)
  if (mediaType === 'image/jpeg') return readJpeg(bytes)
  if (mediaType === 'image/png') return readPng(bytes)
  return await readContainer(bytes, mediaType)
}

/** @throws PhotoRefused from the header alone, before anything is decoded */
function refuseBySize(file: PhotoFile): void {
  const pixels = file.widthPx * file.heightPx
  if (pixels === 0) throw new PhotoRefused('damaged')
  const isHeic = file.mediaType === 'image/heic' || file.mediaType === 'image/heif'
  if (pixels > (isHeic ? MAX_HEIC_PIXELS : MAX_PHOTO_PIXELS)) throw new PhotoRefused('too-many-pixels')
  if (file.decodingBytes > MAX_DECODING_BYTES) throw new PhotoRefused('too-many-pixels')
  if (Math.min(file.widthPx, file.heightPx) < MIN_EDGE_PX) throw new PhotoRefused('too-small')
}

function factsOf(jpeg: RenderedJpeg) {
  return { sha256: sha256Of(jpeg.bytes), bytes: jpeg.bytes.length, widthPx: jpeg.widthPx, heightPx: jpeg.heightPx }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
