import sharp from 'sharp'
import type { Pixels } from '../../../renderer/align/features.ts'
import { shrinkPhoto } from '../../../renderer/checks/planes.ts'
import { viewFeatures } from '../../../renderer/checks/view-features.ts'
import type { Flaw } from '../../../resources/sample-cases/plan/flaws.ts'
import { readSamplePatients } from '../../../resources/sample-cases/plan/patients.ts'
import { planPractice } from '../../../resources/sample-cases/plan/plan.ts'
import { developPhoto } from '../../../resources/sample-cases/render/develop.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import { rawOf, renditionOf } from './photos.ts'
import type { Example } from './train.ts'

/** A photo of the sample practice, drawn at half its size. */
export type Drawn = {
  readonly view: View
  readonly flaws: readonly Flaw[]
  /** Of a patient whose pictures templates were trained on: every second one. */
  readonly isTrainedOn: boolean
  readonly pixels: Pixels
}

const SIZE = { widthPx: 1024, heightPx: 768 }
const DRAWN = { widthPx: 672, heightPx: 504 }
/** Drawings count little beside real photos: they only have to be known as what they are. */
const WEIGHT = 0.05

export async function drawSamples(): Promise<readonly Drawn[]> {
  const patients = readSamplePatients()
  const all: Drawn[] = []
  for (const { reference, photos } of planPractice(patients, '2026-11-21')) {
    const isTrainedOn = patients.findIndex((one) => one.reference === reference) % 2 === 0
    for (const photo of photos.filter(({ flaws }) => !flaws.includes('truncated'))) {
      const { jpeg } = await developPhoto(photo, SIZE, DRAWN)
      const pixels = await renditionOf(await rawOf(sharp(jpeg).autoOrient()))
      all.push({ view: photo.view, flaws: photo.flaws, isTrainedOn, pixels })
    }
  }
  return all
}

export function examplesOfDrawn(drawn: readonly Drawn[]): readonly Example[] {
  return drawn
    .filter(({ isTrainedOn, flaws }) => isTrainedOn && flaws.length === 0)
    .map(({ view, pixels }) => ({ view, weight: WEIGHT, features: viewFeatures(shrinkPhoto(pixels)) }))
}
