import { PhotoPair } from '../../../preload/contract/alignment.ts'
import type { CheckFlag } from '../../../preload/contract/photo-check.ts'
import { alignPair } from '../../../renderer/align/align-pair.ts'
import { type PhotoFeatures, prepareFeatures } from '../../../renderer/align/features.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { checkPhoto } from '../../../renderer/checks/check-photo.ts'
import type { FiledPhoto } from '../../../renderer/checks/messages.ts'
import { withPair } from '../../../renderer/checks/with-pair.ts'
import { readPixels } from '../align/photos.ts'
import { otherSideOf, type Prepared, prepareRealPhotos } from '../align/prepared.ts'
import { randomFrom } from '../align/warp.ts'
import { makeCases, makeVariations, type Variation } from './cases.ts'
import { fromRaw, isAskedFor, isSetting, type Loaded } from './photos.ts'
import { type Share, shares } from './tally.ts'

/** What only an earlier photo tells, or tells better. */
const KINDS = /^(tilted|turned|mirrored)/
const VARIATIONS = 2
const [CURRENT, PRIOR] = ['a'.repeat(64), 'b'.repeat(64)]

type Told = {
  readonly kind: string
  readonly strength: string
  readonly group: string
  readonly flags: readonly CheckFlag[]
}
export type WithPrior = { readonly falseAlarms: readonly Share[]; readonly told: readonly Share[] }

/** Repeats of one sitting, both orders: the current photo as it is, as another day would give it, and made wrong. */
export async function judgeWithPrior(
  cv: OpenCv,
  all: readonly Loaded[],
  half: 'setting' | 'judging',
): Promise<WithPrior> {
  const photos = (await prepareRealPhotos(cv)).filter(
    (one) => isAskedFor(one) && isSetting(one) === (half === 'setting'),
  )
  const rows: Told[] = []
  for (const [at, current] of photos.entries()) {
    const loaded = all.find(({ photo }) => photo.file === current.file)
    const prior = priorOf(photos, current)
    if (loaded === undefined || prior === undefined) continue
    const judge = async (kind: string, strength: string, made: Variation) => {
      const features = prepareFeatures(cv, await readPixels(await fromRaw(made.large).png().toBuffer()))
      rows.push({
        kind,
        strength,
        group: current.view === 'frontal' ? 'front' : 'side',
        flags: flagsOf(cv, { photos, current, prior, made, features }),
      })
    }
    await judge('as_is', '', loaded)
    for await (const one of makeVariations(loaded, VARIATIONS, randomFrom(at + 1))) await judge('variation', '', one)
    for await (const one of makeCases(loaded, (name) => KINDS.test(name))) await judge(one.kind, one.strength, one)
    process.stderr.write('.')
  }
  process.stderr.write('\n')
  return tally(rows)
}

/** The next photo of the same kind, whatever its bite. */
function priorOf(photos: readonly Prepared[], { file, person, label }: Prepared): Prepared | undefined {
  const same = photos.filter((one) => one.person === person && one.label === label)
  return same.length < 2 ? undefined : same[(same.findIndex((one) => one.file === file) + 1) % same.length]
}

type Case = {
  readonly photos: readonly Prepared[]
  readonly current: Prepared
  readonly prior: Prepared
  readonly made: Variation
  readonly features: PhotoFeatures
}

function flagsOf(cv: OpenCv, { photos, current, prior, made, features }: Case): readonly CheckFlag[] {
  const pair = PhotoPair.parse({ current: CURRENT, prior: PRIOR, view: current.view })
  const otherSide = otherSideOf(photos, prior)
  const filed: FiledPhoto = { hash: pair.current, view: current.view }
  const alignment = alignPair(cv, pair, { current: features, prior: prior.features, otherSide })
  return withPair(checkPhoto(filed, made.pixels), alignment).flags.map(({ flag }) => flag)
}

const WANTED: Readonly<Record<string, CheckFlag>> = { tilted: 'angle', turned: 'upside_down', mirrored: 'mirrored' }

function tally(rows: readonly Told[]): WithPrior {
  const good = rows.filter(({ kind }) => WANTED[kind] === undefined)
  return {
    falseAlarms: shares(
      good.flatMap(({ kind, flags }) =>
        Object.values(WANTED).map((flag) => ({ name: `${flag}, ${kind}`, isTold: flags.includes(flag) })),
      ),
    ),
    told: shares(
      rows.flatMap(({ kind, strength, group, flags }) => {
        const wanted = WANTED[kind]
        if (wanted === undefined) return []
        const [name, isTold] = [`${kind} ${strength}`.trim(), flags.includes(wanted)]
        return [
          { name, isTold },
          { name: `${name}, ${group}`, isTold },
        ]
      }),
    ),
  }
}
