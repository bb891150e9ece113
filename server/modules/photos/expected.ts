import type { PhotoHash } from '../../contract/domain/ids.ts'
import { MAX_PHOTO_BYTES, type PhotoFacts, type PhotoRefusal } from '../../contract/domain/photos.ts'

/** What the device announced before it sent the bytes. */
export type Expected = { readonly hash: PhotoHash; readonly bytes: number }

export type Processed =
  | {
      readonly ok: true
      readonly facts: PhotoFacts
      readonly renditions: { readonly '512': Uint8Array; readonly '2048': Uint8Array }
    }
  | { readonly ok: false; readonly refusal: PhotoRefusal }

/** Checks that need no decoder, cheapest first. */
export function refuseByLength(bytes: Uint8Array, expected: Expected): PhotoRefusal | undefined {
  if (bytes.length === 0) return 'empty'
  if (bytes.length > MAX_PHOTO_BYTES) return 'too-large'
  return bytes.length === expected.bytes ? undefined : 'length-differs'
}
