import type { MediaType } from '../../../contract/domain/photos.ts'
import { PhotoRefused } from '../refused.ts'

const OTHER_FORMATS = [
  'GIF8',
  'II*\0',
  'MM\0*',
  'BM',
  '%PDF',
  '8BPS',
  '\0\0\0\x0cJXL ',
  '\xff\x0a',
  '\0\0\0\x0cjP  ',
  'FUJIFILM',
]

/**
 * The format by its first bytes; a file's name is never asked.
 * @throws PhotoRefused `unsupported-format` for pictures of a kind we do not read, `not-a-photo` for anything else
 */
export function mediaTypeOf(bytes: Uint8Array): MediaType {
  const head = latin1(bytes, 0, 16)
  if (head.startsWith('\xff\xd8')) return 'image/jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp'
  if (head.slice(4, 8) === 'ftyp') return heifTypeOf(bytes)
  if (OTHER_FORMATS.some((magic) => head.startsWith(magic)) || /^\s*(<\?xml|<svg)/.test(head))
    throw new PhotoRefused('unsupported-format')
  throw new PhotoRefused('not-a-photo')
}

/** The brands of the `ftyp` box: the major one, then the compatible ones. */
function heifTypeOf(bytes: Uint8Array): MediaType {
  const end = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes.length, 256)
  const brands = [latin1(bytes, 8, 12)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin1(bytes, at, at + 4))
  const [major] = brands
  if (major === 'heic' || major === 'heix' || major === 'heim' || major === 'heis') return 'image/heic'
  if (brands.includes('avif')) return 'image/avif'
  if (brands.includes('heic') || brands.includes('heix')) return 'image/heif'
  if (brands.includes('mif1')) return 'image/heif'
  throw new PhotoRefused('unsupported-format') // a film, or a picture format newer than this code
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to))
}
