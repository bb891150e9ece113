import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { MAX_PHOTO_PIXELS } from '../../contract/domain/photos.ts'
import { decodeHeic, MAX_HEIC_PIXELS } from './formats/heic.ts'
import type { PhotoFile } from './formats/photo-file.ts'
import type { GreyPixels } from './quality.ts'
import { PhotoRefused } from './refused.ts'

export type RenderedJpeg = { readonly bytes: Uint8Array; readonly widthPx: number; readonly heightPx: number }
export type Rendered = { readonly small: RenderedJpeg; readonly large: RenderedJpeg; readonly grey: GreyPixels }
type Pixels = { readonly data: Buffer; readonly info: { width: number; height: number; channels: 1 | 2 | 3 | 4 } }

/** Transparent parts lie on neutral grey: white or black would shift how the enamel beside them is seen. */
const NEUTRAL_GREY = { r: 128, g: 128, b: 128 }
/**
 * Quality 88 without chroma subsampling: enamel shade, plaque and gum redness are judged by colour at tooth margins,
 * where 4:2:0 bleeds by two pixels. About 25 % more bytes than 4:2:0.
 */
const JPEG = { quality: 88, chromaSubsampling: '4:4:4' } as const

/**
 * Both renditions from one decode: upright, sRGB, without any metadata, never enlarged. Orientation is applied after
 * shrinking, so that a turned photo is never held in memory at full size.
 * @throws PhotoRefused `truncated`, `damaged`, `too-many-pixels`
 */
export async function renderPhoto(file: PhotoFile, orientation: number): Promise<Rendered> {
  const upright = await shrink(file, orientation)
  const [large, small] = await Promise.all([toJpeg(fromRaw(upright)), shrinkFurther(upright)])
  return { large, ...small }
}

async function shrink(file: PhotoFile, orientation: number): Promise<Pixels> {
  try {
    const source = isHeic(file) ? await heicSource(file) : strictSource(file)
    const shrunk = await rawOf(
      fit(source, 2048).flatten({ background: NEUTRAL_GREY }).toColourspace('srgb').removeAlpha(),
    )
    if (file.turnsItself || orientation === 1) return shrunk
    return await rawOf(turn(fromRaw(shrunk), orientation))
  } catch (cause) {
    if (cause instanceof PhotoRefused) throw cause
    throw new PhotoRefused(file.endsEarly ? 'truncated' : 'damaged', { cause })
  }
}

/** `failOn: 'warning'`: what reaches the decoder was cleaned, so a warning means lost pixels, and a partly grey photo must not be judged. */
function strictSource(file: PhotoFile): Sharp {
  return sharp(file.pixels, { failOn: 'warning', limitInputPixels: MAX_PHOTO_PIXELS })
}

function isHeic(file: PhotoFile): boolean {
  return file.mediaType === 'image/heic' || file.mediaType === 'image/heif'
}

/** Phones write HEIC in Display P3: the profile travels with the shrunk pixels in a PNG, for the library converts only from files. */
async function heicSource(file: PhotoFile): Promise<Sharp> {
  const [rgba, { icc }] = await Promise.all([decodeHeic(file.pixels, MAX_HEIC_PIXELS), sharp(file.pixels).metadata()])
  const { data, width, height } = rgba
  const raw = sharp(Buffer.from(data.buffer), {
    raw: { width, height, channels: 4 },
    limitInputPixels: MAX_PHOTO_PIXELS,
  })
  if (icc === undefined) return raw
  const png = await fit(raw, 2048).png({ compressionLevel: 0 }).toBuffer()
  return sharp(withProfile(png, icc))
}

/** Inserts an iCCP chunk after the header of a PNG. */
function withProfile(png: Buffer, icc: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('iCCPicc\0\0', 'latin1'), deflateSync(icc)])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(body.length - 4, 0)
  frame.writeUInt32BE(crc32(body), 4)
  const afterHeader = 8 + 25
  return Buffer.concat([
    png.subarray(0, afterHeader),
    frame.subarray(0, 4),
    body,
    frame.subarray(4),
    png.subarray(afterHeader),
  ])
}

async function shrinkFurther(upright: Pixels): Promise<Pick<Rendered, 'small' | 'grey'>> {
  const pixels = await rawOf(fit(fromRaw(upright), 512))
  const [small, grey] = await Promise.all([toJpeg(fromRaw(pixels)), rawOf(fromRaw(pixels).greyscale())])
  return { small, grey: { data: grey.data, widthPx: grey.info.width, heightPx: grey.info.height } }
}

function fit(image: Sharp, edgePx: number): Sharp {
  return image.resize(edgePx, edgePx, { fit: 'inside', withoutEnlargement: true })
}

/** EXIF orientations as the turns that undo them. */
function turn(image: Sharp, orientation: number): Sharp {
  switch (orientation) {
    case 2:
      return image.flop()
    case 3:
      return image.rotate(180)
    case 4:
      return image.flip()
    case 5:
      return image.flip().rotate(90)
    case 6:
      return image.rotate(90)
    case 7:
      return image.flip().rotate(270)
    default:
      return image.rotate(270)
  }
}

async function rawOf(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return { data, info }
}

function fromRaw({ data, info }: Pixels): Sharp {
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}

async function toJpeg(image: Sharp): Promise<RenderedJpeg> {
  const { data, info } = await image.jpeg(JPEG).toBuffer({ resolveWithObject: true })
  return { bytes: data, widthPx: info.width, heightPx: info.height }
}
