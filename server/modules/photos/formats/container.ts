import sharp from 'sharp'
import type { MediaType } from '../../../contract/domain/photos.ts'
import { PhotoRefused } from '../refused.ts'
import type { PhotoFile } from './photo-file.ts'

/**
 * WebP, AVIF and HEIC: the size comes from the library's header parser, which decodes no pixel; that the file is all
 * there comes from the lengths of its own boxes.
 * @throws PhotoRefused `truncated` or `damaged`
 */
export async function readContainer(bytes: Uint8Array, mediaType: MediaType): Promise<PhotoFile> {
  const isWebp = mediaType === 'image/webp'
  const endsEarly = isWebp ? riffEndsEarly(bytes) : boxesEndEarly(bytes)
  if (endsEarly) throw new PhotoRefused('truncated')
  const found = await readMetadata(bytes)
  const pixels = found.width * found.height
  return {
    mediaType,
    widthPx: found.width,
    heightPx: found.height,
    pixels: bytes,
    exif: found.exif === undefined ? undefined : tiffBlock(found.exif),
    turnsItself: !isWebp,
    endsEarly: false,
    // Whole planes plus the interleaved copy: no decoder of these formats works by rows.
    decodingBytes: pixels * (isWebp ? 4 : 8),
  }
}

async function readMetadata(bytes: Uint8Array) {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata()
  } catch (cause) {
    throw new PhotoRefused('damaged', { cause })
  }
}

function riffEndsEarly(bytes: Uint8Array): boolean {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) + 8 > bytes.length + 1
}

/** Walks the top-level boxes: size 0 runs to the end of the file, size 1 is followed by a 64-bit size. */
function boxesEndEarly(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at < bytes.length) {
    if (at + 8 > bytes.length) return true
    const short = view.getUint32(at)
    if (short === 0) return false
    if (short === 1 && at + 16 > bytes.length) return true
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short
    if (size < 8) throw new PhotoRefused('damaged')
    at += size
  }
  return at > bytes.length
}

/** HEIF puts an offset, and some writers `Exif\0\0`, before the TIFF header: look for the header itself. */
function tiffBlock(exif: Buffer): Uint8Array | undefined {
  const head = exif.subarray(0, 64).toString('latin1')
  const starts = [head.indexOf('II*\0'), head.indexOf('MM\0*')].filter((at) => at >= 0)
  return starts.length === 0 ? undefined : exif.subarray(Math.min(...starts))
}
