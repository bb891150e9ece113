import { prepareFeatures } from '../../../renderer/align/features.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { applyMatrix, invertMatrix, type Matrix3 } from '../../../renderer/viewer/pair-link.ts'
import { gridOver, isInside, isTooth, type Took, toothBox, tryPair } from './measure.ts'
import { fileOf, readPixels } from './photos.ts'
import { otherSideOf, type Prepared } from './prepared.ts'
import { countOff, type Emit, emitSamples, emitShare } from './report.ts'
import { openSheets } from './sheet.ts'
import { randomFrom, warpAtRandom } from './warp.ts'

/** Warps of one photo of each pair. */
const WARPS = 3
/** Front teeth: the middle half of the tooth region. */
const FRONT = 0.5

type Pair = readonly [Prepared, Prepared]

function pairsWhere(photos: readonly Prepared[], isWanted: (a: Prepared, b: Prepared) => boolean): readonly Pair[] {
  return photos.flatMap((a, i) =>
    photos
      .slice(i + 1)
      .filter(
        (b) => a.person === b.person && a.label === b.label && a.isUpsideDown === b.isUpsideDown && isWanted(a, b),
      )
      .map((b) => [a, b] as const),
  )
}

export const pairsOfSameBite = (photos: readonly Prepared[]) => pairsWhere(photos, (a, b) => a.bite === b.bite)
const pairsOfOtherBite = (photos: readonly Prepared[]) => pairsWhere(photos, (a, b) => a.bite !== b.bite)

type Out = { readonly emit: Emit; readonly sheets: string }

/** (c) The same mouth, view and bite, minutes apart; then another bite. The sheets are for looking at. */
export async function benchRepeats(cv: OpenCv, photos: readonly Prepared[], out: Out): Promise<readonly Took[]> {
  return [...(await benchSameBite(cv, photos, out)), ...(await benchOtherBite(cv, photos, out))]
}

async function benchSameBite(cv: OpenCv, photos: readonly Prepared[], { emit, sheets }: Out): Promise<readonly Took[]> {
  const took: Took[] = []
  const isAccepted: boolean[] = []
  const apart: number[] = []
  const sheet = openSheets(cv, sheets, 'same-bite')
  const pairs = pairsOfSameBite(photos)
  const count = countOff('same bite', pairs.length)
  for (const [current, prior] of pairs) {
    const tried = tryPair(cv, pairOf(photos, current, prior))
    const { transform } = tried
    took.push(tried.took)
    isAccepted.push(transform !== undefined)
    count()
    if (transform === undefined) continue
    await sheet.add(rowOf(current, prior, tried.answer.arch, transform))
    for (let seed = 1; seed <= WARPS; seed += 1) apart.push(...(await moveByWarp(cv, current, prior, transform, seed)))
  }
  await sheet.close()
  emitShare(emit, { case: 'same bite', metric: 'accepted' }, isAccepted)
  emitSamples(emit, { case: 'same bite, one photo warped', metric: 'front teeth moved', unit: 'px at 2048' }, apart)
  emitSamples(emit, { case: 'same bite, one photo warped', metric: 'p90 of it', unit: 'px at 2048' }, [p90(apart)])
  return took
}

/** Whether the arch was chosen rightly is for eyes: every row of the sheets. */
async function benchOtherBite(
  cv: OpenCv,
  photos: readonly Prepared[],
  { emit, sheets }: Out,
): Promise<readonly Took[]> {
  const took: Took[] = []
  const isAccepted: boolean[] = []
  const isOneArch: boolean[] = []
  const sheet = openSheets(cv, sheets, 'other-bite')
  for (const [current, prior] of pairsOfOtherBite(photos)) {
    const { transform, answer, took: time } = tryPair(cv, pairOf(photos, current, prior))
    took.push(time)
    isAccepted.push(transform !== undefined)
    if (transform === undefined) {
      process.stderr.write(`other bite refused: ${current.file} ${prior.file} ${answer.reason}\n`)
      continue
    }
    isOneArch.push(answer.arch !== 'both')
    await sheet.add(rowOf(current, prior, answer.arch, transform))
  }
  await sheet.close()
  emitShare(emit, { case: 'other bite', metric: 'accepted' }, isAccepted)
  emitShare(emit, { case: 'other bite', metric: 'one arch chosen, of those accepted' }, isOneArch)
  return took
}

const pairOf = (photos: readonly Prepared[], current: Prepared, prior: Prepared) => ({
  current: current.features,
  prior: prior.features,
  otherSide: otherSideOf(photos, prior),
  view: current.view,
})
const rowOf = (current: Prepared, prior: Prepared, arch: string, transform: Matrix3) => ({
  current: fileOf(current),
  prior: fileOf(prior),
  transform,
  title: `${current.file} ${prior.file} ${current.label} ${current.bite} ${prior.bite}: ${arch}`,
})
const p90 = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.9) - 1] ?? Number.NaN

/** How far each front tooth's place in the prior moves when the prior was warped first. Refused then: a whole photo. */
async function moveByWarp(
  cv: OpenCv,
  current: Prepared,
  prior: Prepared,
  plain: Matrix3,
  seed: number,
): Promise<readonly number[]> {
  const { jpeg, truth } = await warpAtRandom(cv, fileOf(prior), randomFrom(seed * 77))
  const warped = prepareFeatures(cv, await readPixels(jpeg))
  const { transform } = tryPair(cv, { current: current.features, prior: warped, view: current.view })
  const back = invertMatrix(truth)
  if (transform === undefined || back === undefined) return [2048]
  const { heightPx, widthPx } = prior.features
  const front = gridOver(
    toothBox(current.features, FRONT),
    (x, y) => isTooth(current.features, x, y) && isInside(plain, x, y) && isInside(transform, x, y),
  )
  return front.map(([x, y]) => {
    const straight = applyMatrix(plain, { x, y })
    const around = applyMatrix(back, applyMatrix(transform, { x, y }))
    return Math.hypot((straight.x - around.x) * 2048, (straight.y - around.y) * 2048 * (heightPx / widthPx))
  })
}
