import { readFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import type { View } from '../../../server/contract/domain/views.ts'
import { type Pixels, WORK_WIDTH } from '../../../renderer/align/features.ts'

export const REALDATA =
  process.env['LOUPE_REALDATA'] ?? path.resolve(import.meta.dirname, '../../../../shared/realdata')

export type RealPhoto = {
  readonly file: string
  readonly person: string
  /** As labelled: more kinds than the product's five views. */
  readonly label: string
  readonly view: View
  readonly bite: string
  readonly isUpsideDown: boolean
}

const VIEW_OF: Readonly<Record<string, View>> = {
  frontal: 'frontal',
  overjet_side_right: 'buccal_right',
  right_buccal: 'buccal_right',
  left_buccal: 'buccal_left',
  upper_occlusal: 'occlusal_upper',
  lower_occlusal: 'occlusal_lower',
  upper_anterior: 'occlusal_upper',
  lower_anterior: 'occlusal_lower',
}

export function listRealPhotos(): readonly RealPhoto[] {
  const [, ...lines] = readFileSync(path.join(REALDATA, 'photos/labels.csv'), 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [file = '', person = '', label = '', bite = '', remarks = ''] = line.split(',')
    const view = VIEW_OF[label] ?? 'frontal'
    return { file, person, label, view, bite, isUpsideDown: remarks.includes('upside down') }
  })
}

export const fileOf = (photo: RealPhoto) => path.join(REALDATA, 'photos', photo.file)

/** Upright pixels at the width that photos are compared at. */
export async function readPixels(file: string | Buffer, width = WORK_WIDTH): Promise<Pixels> {
  const image = sharp(file).rotate().resize({ width }).ensureAlpha()
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return { data, widthPx: info.width, heightPx: info.height }
}
