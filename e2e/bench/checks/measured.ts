import { randomFrom } from '../align/warp.ts'
import { type Kind, makeCases, makeVariations } from './cases.ts'
import { isAskedFor, isSetting, type Loaded } from './photos.ts'
import type { Measures } from '../../../renderer/checks/measure-photo.ts'
import { measurePhoto } from '../../../renderer/checks/measure-photo.ts'
import type { ViewWeights } from '../../../renderer/checks/view-scores.ts'
import { shrinkPhoto } from '../../../renderer/checks/planes.ts'
import { viewFeatures } from '../../../renderer/checks/view-features.ts'
import { type Example, trainViews } from './train.ts'
import type { RealPhoto } from '../align/photos.ts'
import type { Pixels } from '../../../renderer/align/features.ts'

/** `as_is`: untouched; `variation`: nothing wrong, another day; else what was made wrong. */
export type Row = {
  readonly photo: RealPhoto
  readonly kind: Kind | 'as_is' | 'variation'
  readonly strength: string
  readonly measures: Measures
}
export type Prepared = Loaded & { readonly variations: readonly Pixels[] }

const VARIATIONS = 8

export async function prepare(photos: readonly Loaded[]): Promise<readonly Prepared[]> {
  const all: Prepared[] = []
  for (const [at, loaded] of photos.entries()) {
    const variations: Pixels[] = []
    for await (const { pixels } of makeVariations(loaded, VARIATIONS, randomFrom(at + 1))) variations.push(pixels)
    all.push({ ...loaded, variations })
  }
  return all
}

/** What templates are trained on: real photos and their variations. */
export function examplesOf(prepared: readonly Prepared[]): readonly Example[] {
  return prepared.flatMap(({ photo, pixels, variations }) =>
    [pixels, ...variations].map((one) => ({
      view: photo.view,
      weight: (isAskedFor(photo) ? 1 : 0.4) / (variations.length + 1),
      features: viewFeatures(shrinkPhoto(one)),
    })),
  )
}

export async function measureAll(prepared: readonly Prepared[], weights: ViewWeights): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { photo, pixels, variations, large } of prepared) {
    const add = (kind: Row['kind'], strength: string, one: Pixels) =>
      rows.push({ photo, kind, strength, measures: measurePhoto(one, weights) })
    add('as_is', '', pixels)
    for (const one of variations) add('variation', '', one)
    for await (const made of makeCases({ large })) add(made.kind, made.strength, made.pixels)
  }
  return rows
}

/** The setting half, each person measured by templates that were trained without this person. */
export async function measureSetting(
  prepared: readonly Prepared[],
  others: readonly Example[],
): Promise<readonly Row[]> {
  const half = prepared.filter(({ photo }) => isSetting(photo))
  const rows: Row[] = []
  for (const person of new Set(half.map(({ photo }) => photo.person))) {
    const weights = trainViews([...examplesOf(half.filter(({ photo }) => photo.person !== person)), ...others])
    rows.push(
      ...(await measureAll(
        half.filter(({ photo }) => photo.person === person),
        weights,
      )),
    )
  }
  return rows
}
