import type { OtherSide } from '../../../renderer/align/align-features.ts'
import { type PhotoFeatures, prepareFeatures } from '../../../renderer/align/features.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { type Took, timed } from './measure.ts'
import { countOff } from './report.ts'
import { fileOf, listRealPhotos, readPixels, type RealPhoto } from './photos.ts'

export type Prepared = RealPhoto & { readonly features: PhotoFeatures; readonly took: Took }

/** Every photo of the real data with its features. */
export async function prepareRealPhotos(cv: OpenCv): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = []
  const photos = listRealPhotos()
  const count = countOff('photos prepared', photos.length)
  for (const photo of photos) {
    const pixels = await readPixels(fileOf(photo))
    const { value: features, took } = timed(() => prepareFeatures(cv, pixels))
    prepared.push({ ...photo, features, took })
    count()
  }
  return prepared
}

/** The cut-offs were set on the people with an even number; the others judge them. */
export function wereCutOffsSetOn(person: string): boolean {
  return Number(/\d+$/.exec(person)?.[0] ?? 1) % 2 === 0
}

const OTHER_SIDE: Readonly<Record<string, string>> = { right_buccal: 'left_buccal', left_buccal: 'right_buccal' }

/** The other side of the mouth as the same visit shows it, with the same bite where there is such a photo. */
export function otherSideOf(photos: readonly Prepared[], { person, label, bite }: RealPhoto): OtherSide | undefined {
  const there = photos.filter((one) => one.person === person && one.label === OTHER_SIDE[label])
  const other = there.find((one) => one.bite === bite) ?? there[0]
  return other && { of: 'prior', photo: other.features }
}
