import { PhotoRefused } from '../refused.ts'
import type { PhotoFile } from './photo-file.ts'

type Frame = { widthPx: number; heightPx: number; components: number; progressive: boolean }

const SOI = new Uint8Array([0xff, 0xd8])
const EOI = new Uint8Array([0xff, 0xd9])

/**
 * Walks the segments and writes them anew with only what a decoder needs: tables, frame, scans, the colour profile
 * (APP2) and Adobe's colour transform (APP14). Hostile EXIF, junk between segments and the further pictures of an MPO
 * therefore never reach the decoder, and its warnings can be taken as loss of pixels.
 * @throws PhotoRefused `damaged` or `truncated` when no picture is described
 */
export function readJpeg(bytes: Uint8Array): PhotoFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: Uint8Array[] = [SOI]
  const covered = new Coverage()
  let frame: Frame | undefined
  let exif: Uint8Array | undefined
  let scanned = false
  let ended = false
  let at = 2
  while (!ended) {
    const marker = nextMarker(bytes, at)
    if (marker === undefined) break
    const code = bytes[marker + 1] as number
    at = marker + 2
    if (code === 0xd9) {
      ended = true
      break
    }
    if (code === 0xd8 || code === 0x01 || (code >= 0xd0 && code <= 0xd7)) continue // stand alone, without a length
    if (at + 2 > bytes.length) break
    const end = at + view.getUint16(at)
    if (end > bytes.length) break
    const body = bytes.subarray(at + 2, end)
    if (isFrame(code)) {
      if (frame !== undefined || body.length < 6) throw new PhotoRefused('damaged')
      frame = readFrame(code, body)
    }
    if (exif === undefined && code === 0xe1 && startsWith(body, 'Exif\0\0')) exif = body.subarray(6)
    if (code === 0xda) {
      if (frame === undefined) throw new PhotoRefused('damaged')
      const scanEnd = endOfScan(bytes, end)
      covered.add(body)
      kept.push(bytes.subarray(marker, scanEnd))
      scanned = true
      at = scanEnd
    } else {
      if (isNeeded(code, body)) kept.push(bytes.subarray(marker, end))
      // A wrong length of a metadata block must not swallow the picture: look for the next marker inside it.
      at = code >= 0xe0 && bytes[end] !== 0xff && nextMarker(bytes, end) === undefined ? at : end
    }
  }
  if (frame === undefined || !scanned) throw new PhotoRefused(ended ? 'damaged' : 'truncated')
  if (!ended && frame.progressive && !covered.isComplete(frame.components)) throw new PhotoRefused('truncated')
  kept.push(EOI)
  const pixels = frame.widthPx * frame.heightPx
  return {
    mediaType: 'image/jpeg',
    widthPx: frame.widthPx,
    heightPx: frame.heightPx,
    pixels: Buffer.concat(kept),
    exif,
    turnsItself: false,
    endsEarly: !ended,
    // A progressive file keeps two bytes for each coefficient of every component until its last scan.
    decodingBytes: frame.progressive ? pixels * 2 * frame.components : 32 * 1024 * 1024,
  }
}

/** Index of the next 0xFF that starts a marker, skipping junk and fill bytes. */
function nextMarker(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1] as number
    if (code !== 0x00 && code !== 0xff) return at
  }
  return undefined
}

/** End of entropy-coded data: the first marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1] as number
    if (code !== 0x00 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return at
  }
  return bytes.length
}

/** SOF0-SOF15 without DHT, JPG and DAC, which share the range. */
function isFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc
}

function readFrame(code: number, body: Uint8Array): Frame {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  return {
    heightPx: view.getUint16(1),
    widthPx: view.getUint16(3),
    components: view.getUint8(5),
    progressive: code === 0xc2 || code === 0xca,
  }
}

function isNeeded(code: number, body: Uint8Array): boolean {
  if (code === 0xe2) return startsWith(body, 'ICC_PROFILE\0')
  if (code === 0xee) return startsWith(body, 'Adobe')
  if (code === 0xe0) return startsWith(body, 'JFIF\0')
  return code >= 0xc0 && code <= 0xdf
}

function startsWith(body: Uint8Array, text: string): boolean {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1', 0, text.length) === text
}

/**
 * Which coefficients of a progressive file have arrived in full precision. A file that is cut between two scans
 * decodes without any warning, only coarser: this tells it from a whole one that merely lost its end marker.
 */
class Coverage {
  readonly #done = new Map<number, Set<number>>()

  add(header: Uint8Array): void {
    const count = header[0] ?? 0
    const from = header[1 + 2 * count] ?? 0
    const to = header[2 + 2 * count] ?? 63
    if (((header[3 + 2 * count] ?? 0) & 0x0f) !== 0) return // lower bits still to come
    for (let i = 0; i < count; i++) {
      const done = this.#done.get(header[1 + 2 * i] ?? 0) ?? new Set<number>()
      for (let k = from; k <= Math.min(to, 63); k++) done.add(k)
      this.#done.set(header[1 + 2 * i] ?? 0, done)
    }
  }

  isComplete(components: number): boolean {
    return this.#done.size >= components && [...this.#done.values()].every((done) => done.size === 64)
  }
}
