import { readdirSync } from 'node:fs'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import type { Pixels } from '../../../renderer/align/features.ts'
import { fileOf, listRealPhotos, REALDATA, type RealPhoto } from '../align/photos.ts'

/** People on whom templates were trained and cut-offs set; everybody else judges. The same halves as in `bench -- align`. */
const SETTING = new Set(['sb_v02', 'sb_v04', 'sb_v06', 'sb_v08'])
export const isSetting = ({ person }: Pick<RealPhoto, 'person'>) => SETTING.has(person)

/** What the product asks patients for; the rest (anterior teeth, overjet) is no view of it. */
const ASKED_FOR = new Set(['frontal', 'right_buccal', 'left_buccal', 'upper_occlusal', 'lower_occlusal'])
export const isAskedFor = ({ label }: Pick<RealPhoto, 'label'>) => ASKED_FOR.has(label)

/** Raw red, green and blue. */
export type Raw = { readonly data: Buffer; readonly width: number; readonly height: number }
export type Loaded = { readonly photo: RealPhoto; readonly large: Raw; readonly pixels: Pixels }

/**
 * Every labelled photo the right way up, of at most 1024 px (cases are made of it), and its rendition as
 * the store has it, but for one more step of shrinking.
 */
export async function loadRealPhotos(isWanted: (photo: RealPhoto) => boolean = () => true): Promise<readonly Loaded[]> {
  const all: Loaded[] = []
  for (const photo of listRealPhotos().filter(isWanted)) {
    const large = await rawOf(
      sharp(fileOf(photo))
        .autoOrient()
        .rotate(photo.isUpsideDown ? 180 : 0)
        .resize(1024, 1024, { fit: 'inside', withoutEnlargement: true }),
    )
    all.push({ photo, large, pixels: await renditionOf(large) })
  }
  return all
}

export async function rawOf(image: Sharp): Promise<Raw> {
  const { data, info } = await image.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

export const fromRaw = ({ data, width, height }: Raw): Sharp => sharp(data, { raw: { width, height, channels: 3 } })

/** As `server/modules/photos/render.ts` makes the 512 px rendition. */
export async function renditionOf(large: Raw): Promise<Pixels> {
  const jpeg = await fromRaw(large)
    .resize(512, 512, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
    .toBuffer()
  const { data, info } = await sharp(jpeg).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, widthPx: info.width, heightPx: info.height }
}

/** Photos of other things: landscapes, faces, test pictures. Files that are broken on purpose are left out. */
export async function loadOtherPictures(): Promise<readonly { readonly file: string; readonly pixels: Pixels }[]> {
  const folder = path.join(REALDATA, 'edge-images')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(jpe?g|png|webp)$/i.test(file),
  )
  const all: { file: string; pixels: Pixels }[] = []
  for (const file of files) {
    const image = sharp(path.join(folder, file), { limitInputPixels: 60_000_000 })
    const pixels = await rawOf(image.autoOrient().flatten({ background: '#808080' }))
      .then(renditionOf)
      .catch(() => undefined)
    if (pixels !== undefined && Math.min(pixels.widthPx, pixels.heightPx) >= 100) all.push({ file, pixels })
  }
  return all
}
