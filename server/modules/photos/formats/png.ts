import { crc32, inflateSync } from 'node:zlib'
import { PhotoRefused } from '../refused.ts'
import type { PhotoFile } from './photo-file.ts'

const SIGNATURE = 8
/** Chunks that change pixels or their colour. Text, times and EXIF never reach the decoder (a text chunk may unpack to gigabytes). */
const NEEDED = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'iCCP', 'sRGB', 'gAMA', 'cHRM', 'cICP'])
const IEND = new Uint8Array([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82])
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const MAX_EXIF_BYTES = 1024 * 1024

/** @throws PhotoRefused `damaged`, or `truncated` when there is no pixel data */
export function readPng(bytes: Uint8Array): PhotoFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE)]
  let header: Uint8Array | undefined
  let exif: Uint8Array | undefined
  let hasPixels = false
  let ended = false
  for (let at = SIGNATURE; at + 8 <= bytes.length && !ended; ) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (!/^[A-Za-z]{4}$/.test(name)) throw new PhotoRefused('damaged')
    const end = at + 12 + length
    if (end > bytes.length) {
      if (name === 'IDAT') kept.push(shortened(bytes, at))
      hasPixels ||= name === 'IDAT'
      break
    }
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (name === 'IHDR' && header === undefined && length === 13) header = body
    else if (header === undefined) throw new PhotoRefused('damaged')
    if (NEEDED.has(name)) kept.push(bytes.subarray(at, end))
    if (name === 'IDAT') hasPixels = true
    exif ??= exifIn(name, body)
    ended = name === 'IEND'
    at = end
  }
  if (header === undefined || !hasPixels) throw new PhotoRefused(ended ? 'damaged' : 'truncated')
  kept.push(IEND)
  const { widthPx, heightPx, bytesPerPixel, interlaced } = readHeader(header)
  return {
    mediaType: 'image/png',
    widthPx,
    heightPx,
    pixels: Buffer.concat(kept),
    exif,
    turnsItself: false,
    endsEarly: !ended,
    // Rows stream through, but an interlaced picture is whole only after its last pass.
    decodingBytes: interlaced ? widthPx * heightPx * bytesPerPixel : 32 * 1024 * 1024,
  }
}

/** The last, cut-off pixel chunk with its length and checksum made right: all rows may be in it, which the decoder finds out. */
function shortened(bytes: Uint8Array, at: number): Uint8Array {
  const chunk = Buffer.concat([bytes.subarray(at), Buffer.alloc(4)])
  chunk.writeUInt32BE(chunk.length - 12, 0)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4)
  return chunk
}

function readHeader(header: Uint8Array) {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  const depthBytes = view.getUint8(8) === 16 ? 2 : 1
  return {
    widthPx: view.getUint32(0),
    heightPx: view.getUint32(4),
    bytesPerPixel: (CHANNELS[view.getUint8(9)] ?? 4) * depthBytes,
    interlaced: view.getUint8(12) !== 0,
  }
}

/** EXIF in its own chunk, or as the hexadecimal text profile that ImageMagick writes. */
function exifIn(name: string, body: Uint8Array): Uint8Array | undefined {
  if (name === 'eXIf') return body
  if (name !== 'tEXt' && name !== 'zTXt') return undefined
  const keyEnd = body.indexOf(0)
  const key = Buffer.from(body.subarray(0, Math.max(keyEnd, 0))).toString('latin1')
  if (key !== 'Raw profile type exif' && key !== 'Raw profile type APP1') return undefined
  try {
    const text =
      name === 'tEXt'
        ? body.subarray(keyEnd + 1)
        : inflateSync(body.subarray(keyEnd + 2), { maxOutputLength: 2 * MAX_EXIF_BYTES + 1024 })
    return fromRawProfile(Buffer.from(text).toString('latin1'))
  } catch {
    return undefined // unreadable metadata is no reason to refuse a photo
  }
}

/** `\nexif\n  1234\n<hex lines>` */
function fromRawProfile(text: string): Uint8Array | undefined {
  const hex = /^\s*\w+\s+\d+\s+([0-9a-f\s]+)$/i.exec(text)?.[1]?.replace(/\s+/g, '')
  if (hex === undefined) return undefined
  const block = Buffer.from(hex, 'hex')
  return block.toString('latin1', 0, 6) === 'Exif\0\0' ? block.subarray(6) : block
}
