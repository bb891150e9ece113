import type { MediaType, PhotoRefusal } from './photos.ts'

export type PhotoFormat =
  | { readonly mediaType: MediaType; readonly refusal: null }
  | {
      readonly mediaType: null
      readonly refusal: Extract<PhotoRefusal, 'empty' | 'unsupported-format' | 'not-a-photo'>
    }

/** First bytes of pictures that Loupe does not read: GIF, TIFF, BMP, PDF, Photoshop, JPEG XL, JPEG 2000, Fuji raw. */
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

/** The format by its first bytes (256 are enough); a file's name is never asked. Same answer on device, workstation and server. */
export function photoFormatOf(bytes: Uint8Array): PhotoFormat {
  if (bytes.length === 0) return refused('empty')
  const head = latin1(bytes, 0, 16)
  if (head.startsWith('\xff\xd8')) return found('image/jpeg')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return found('image/png')
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return found('image/webp')
  if (head.slice(4, 8) === 'ftyp') return heifFormatOf(bytes)
  if (OTHER_FORMATS.some((magic) => head.startsWith(magic)) || /^\s*(<\?xml|<svg)/.test(head))
    return refused('unsupported-format')
  return refused('not-a-photo')
}

/** The brands of the `ftyp` box: the major one, then the compatible ones. */
function heifFormatOf(bytes: Uint8Array): PhotoFormat {
  const boxBytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0)
  const end = Math.min(boxBytes, bytes.length, 256)
  const major = latin1(bytes, 8, 12)
  const brands = [major]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin1(bytes, at, at + 4))
  if (['heic', 'heix', 'heim', 'heis'].includes(major)) return found('image/heic')
  if (brands.includes('avif')) return found('image/avif')
  if (brands.includes('heic') || brands.includes('heix') || brands.includes('mif1')) return found('image/heif')
  return refused('unsupported-format') // a film, or a picture format newer than this code
}

function found(mediaType: MediaType): PhotoFormat {
  return { mediaType, refusal: null }
}

function refused(refusal: 'empty' | 'unsupported-format' | 'not-a-photo'): PhotoFormat {
  return { mediaType: null, refusal }
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to))
}
