import { createRequire } from 'node:module'
import { MAX_PHOTO_PIXELS } from '../../../contract/domain/photos.ts'
import { PhotoRefused } from '../refused.ts'

/** The little of libheif-js that is used; the package ships no types for its decoder. */
type Picture = {
  is_primary(): boolean
  get_width(): number
  get_height(): number
  display(target: Rgba, done: (drawn: Rgba | null) => void): void
  free(): void
}
type Rgba = { data: Uint8ClampedArray; width: number; height: number }
type Libheif = { HeifDecoder: new () => { decode(bytes: Uint8Array): Picture[]; decoder: unknown } }

/** Bounded more tightly than MAX_PHOTO_PIXELS: this decoder lives in WebAssembly memory (the 48 MP of phones fit). */
export const MAX_HEIC_PIXELS = MAX_PHOTO_PIXELS / 2

/**
 * Decodes the primary picture of a HEIC file, turned as its own properties say. Other pictures in the file (bursts,
 * depth maps, thumbnails) are left out. Synchronous WebAssembly: runs in a decoding process only, which may be killed.
 * @throws PhotoRefused `too-many-pixels` before anything is decoded, `damaged`
 */
export async function decodeHeic(bytes: Uint8Array, maxPixels: number): Promise<Rgba> {
  const libheif = createRequire(import.meta.url)('libheif-js/wasm-bundle.js') as Libheif
  const pictures = new libheif.HeifDecoder().decode(bytes)
  try {
    const primary = pictures.find((picture) => picture.is_primary()) ?? pictures[0]
    if (primary === undefined) throw new PhotoRefused('damaged')
    const width = primary.get_width()
    const height = primary.get_height()
    if (width < 1 || height < 1) throw new PhotoRefused('damaged')
    if (width * height > maxPixels) throw new PhotoRefused('too-many-pixels')
    const target = { data: new Uint8ClampedArray(width * height * 4), width, height }
    const drawn = await new Promise<Rgba | null>((done) => primary.display(target, done))
    if (drawn === null) throw new PhotoRefused('damaged')
    return drawn
  } finally {
    for (const picture of pictures) picture.free()
  }
}
