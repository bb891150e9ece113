import type { MediaType } from '../../../contract/domain/photos.ts'

/** What the structure of a file says, before a single pixel is decoded. */
export type PhotoFile = {
  readonly mediaType: MediaType
  /** As stored, before orientation. */
  readonly widthPx: number
  readonly heightPx: number
  /** The bytes to decode: metadata, trailing data and junk between segments are already gone where we know the format. */
  readonly pixels: Uint8Array
  /** TIFF block of the EXIF, untrusted; undefined when there is none. */
  readonly exif: Uint8Array | undefined
  /** The decoder itself turns the picture (HEIF), so the EXIF orientation must not be applied again. */
  readonly turnsItself: boolean
  /** The file ends early. The pixels may still be whole: the strict decoder decides. */
  readonly endsEarly: boolean
  /** Bytes that a decoder has to hold at once, at worst. */
  readonly decodingBytes: number
}
