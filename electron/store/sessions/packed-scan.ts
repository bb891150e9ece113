import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { bodyOf } from '../db.ts'

/**
 * A scan's text says the same words five times over and takes more than half of the store. What is not written need not
 * be encrypted (docs/performance.md).
 */
export type ScanColumns = {
  /** Empty where the scan is packed; the text itself in rows of earlier versions. */
  readonly body: string
  readonly packed: Buffer | null
}

/** Stands before the bytes, for another dictionary would read them as something else. A new one gets a new number. */
const DICTIONARY_NUMBER = 1
/**
 * The words that a scan's text is made of, in the order of its schema, the commonest values with them. Never edited:
 * what is packed with it would read as something else.
 */
const DICTIONARY = Buffer.from(
  JSON.stringify({
    id: '019',
    patientId: '019',
    capturedOn: '2026-01-01',
    submittedAtMs: 17,
    stage: 1,
    aligners: 'in',
    images: ['occlusal_upper', 'buccal_right', 'frontal', 'buccal_left', 'occlusal_lower'].map((view) => ({
      view,
      mirrored: 'none',
      photo: view === 'frontal' ? examplePhoto() : null,
      refusal: null,
    })),
    version: 1,
  }),
)
/** Of 8 KiB: a scan and the dictionary. */
const WINDOW_BITS = 13

function examplePhoto() {
  const small = { sha256: '', bytes: 4, widthPx: 512, heightPx: 384 }
  return {
    hash: '',
    mediaType: 'image/jpeg',
    bytes: 2,
    widthPx: 4000,
    heightPx: 3000,
    renditions: { '512': small, '2048': { ...small, widthPx: 2048, heightPx: 1536 } },
    quality: { sharpness: 0.9, exposure: 0.5, clipped: 0, score: 0.9, flags: [] },
    capturedAt: null,
    camera: null,
    hadPosition: false,
  }
}

export function packScan(text: string): Uint8Array {
  const options = { level: 1, memLevel: 5, windowBits: WINDOW_BITS, chunkSize: 2048, dictionary: DICTIONARY }
  const packed = deflateRawSync(text, options)
  const whole = new Uint8Array(1 + packed.length)
  whole[0] = DICTIONARY_NUMBER
  whole.set(packed, 1)
  return whole
}

/** @throws Error for a number that no version has written: the store is from a newer one */
export function textOfScan({ body, packed }: ScanColumns): string {
  if (packed === null) return body
  if (packed[0] !== DICTIONARY_NUMBER) throw new Error(`a scan is packed in way ${packed[0]}`)
  return inflateRawSync(packed.subarray(1), {
    windowBits: WINDOW_BITS,
    chunkSize: 8192,
    dictionary: DICTIONARY,
  }).toString()
}

export function scanOf(columns: ScanColumns): ScanSession {
  return bodyOf<ScanSession>(textOfScan(columns))
}
