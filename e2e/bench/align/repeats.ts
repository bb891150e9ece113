import path from 'node:path'
import { prepareFeatures } from '../../../renderer/align/features.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { applyMatrix, invertMatrix, type Matrix3 } from '../../../renderer/viewer/pair-link.ts'
import { gridOver, isInside, isTooth, toothBox, tryPair } from './measure.ts'
import { fileOf, readPixels } from './photos.ts'
import type { Prepared } from './prepared.ts'
import { type Emit, emitSamples, emitShare } from './report.ts'
import { type SheetRow, writeSheet } from './sheet.ts'
import { randomFrom, warpAtRandom } from './warp.ts'

/** Warps of one photo of each pair. */
const WARPS = 3
/** Front teeth: the middle half of the tooth region. */
const FRONT = 0.5

function pairsWhere(photos: readonly Prepared[], isWanted: (a: Prepared, b: Prepared) => boolean) {
  return photos.flatMap((a, i) =>
    photos
      .slice(i + 1)
      .filter(
        (b) => a.person === b.person && a.label === b.label && a.isUpsideDown === b.isUpsideDown && isWanted(a, b),
      )
      .map((b) => [a, b] as const),
  )
}

/** (c) The same mouth, view and bite, minutes apart; then another bite. The sheets are for looking at. */
export async function benchRepeats(
  cv: OpenCv,
  photos: readonly Prepared[],
  { emit, sheets }: { emit: Emit; sheets: string },
): Promise<readonly number[]> {
  const took: number[] = []
  const rows: SheetRow[] = []
  const isAccepted: boolean[] = []
  const apart: number[] = []
  for (const [current, prior] of pairsWhere(photos, (a, b) => a.bite === b.bite)) {
    const { transform, answer, tookMs } = tryPair(cv, current.features, prior.features, current.view)
    took.push(tookMs)
    isAccepted.push(transform !== undefined)
    if (transform === undefined) continue
    rows.push({
      current: fileOf(current),
      prior: fileOf(prior),
      transform,
      title: titleOf(current, prior, answer.arch),
    })
    for (let seed = 1; seed <= WARPS; seed += 1) apart.push(...(await moveByWarp(cv, current, prior, transform, seed)))
  }
  emitShare(emit, { case: 'same bite', metric: 'accepted' }, isAccepted)
  emitSamples(emit, { case: 'same bite, one photo warped', metric: 'front teeth moved', unit: 'px at 2048' }, apart)
  emitSamples(emit, { case: 'same bite, one photo warped', metric: 'p90 of it', unit: 'px at 2048' }, [p90(apart)])
  const others = pairsWhere(photos, (a, b) => a.bite !== b.bite).map(([current, prior]) => {
    const { transform, answer, tookMs } = tryPair(cv, current.features, prior.features, current.view)
    took.push(tookMs)
    if (transform) {
      rows.push({
        current: fileOf(current),
        prior: fileOf(prior),
        transform,
        title: titleOf(current, prior, answer.arch),
      })
    }
    return { isAccepted: transform !== undefined, isOneArch: answer.arch !== 'both' }
  })
  emitShare(
    emit,
    { case: 'other bite', metric: 'accepted' },
    others.map((one) => one.isAccepted),
  )
  emitShare(
    emit,
    { case: 'other bite', metric: 'one arch chosen' },
    others.map((one) => one.isOneArch),
  )
  await writeSheets(cv, rows, sheets)
  return took
}

const p90 = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.9) - 1] ?? Number.NaN
const titleOf = (a: Prepared, b: Prepared, arch: string) =>
  `${a.file} ${b.file} ${a.label} ${a.bite} ${b.bite}: ${arch}`

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
  const { transform } = tryPair(cv, current.features, warped, current.view)
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

async function writeSheets(cv: OpenCv, rows: readonly SheetRow[], folder: string): Promise<void> {
  for (let from = 0; from < rows.length; from += 7) {
    await writeSheet(cv, rows.slice(from, from + 7), path.join(folder, `blinks-${from / 7}.png`))
  }
  process.stderr.write(`Blinks to look at: ${folder}\n`)
}
