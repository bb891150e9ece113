import { prepareFeatures } from '../../../renderer/align/features.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { gridOver, isInside, type Took, toothBox, tryPair } from './measure.ts'
import { fileOf, readPixels } from './photos.ts'
import type { Prepared } from './prepared.ts'
import { countOff, type Emit, emitSamples, emitShare } from './report.ts'
import { apartPx, randomFrom, warpAtRandom } from './warp.ts'

/** (b) Every photo against itself, warped, relit and compressed anew: the worst point of a grid over the teeth's box. */
export async function benchKnownWarps(cv: OpenCv, photos: readonly Prepared[], emit: Emit): Promise<readonly Took[]> {
  const worst: number[] = []
  const took: Took[] = []
  const count = countOff('known warps', photos.length)
  for (const [i, photo] of photos.entries()) {
    const { jpeg, truth } = await warpAtRandom(cv, fileOf(photo), randomFrom(i + 1))
    const warped = prepareFeatures(cv, await readPixels(jpeg))
    const { transform, took: time, answer } = tryPair(cv, { current: photo.features, prior: warped, view: photo.view })
    took.push(time)
    const grid = gridOver(toothBox(photo.features), (x, y) => isInside(truth, x, y))
    const ratio = warped.heightPx / warped.widthPx
    const far =
      transform === undefined ? Infinity : Math.max(...grid.map(([x, y]) => apartPx(transform, truth, x, y, ratio)))
    worst.push(far)
    count()
    if (far > 3) process.stderr.write(`known warp: ${photo.file} ${far.toFixed(1)} px ${answer.reason ?? ''}\n`)
  }
  emitSamples(
    emit,
    { case: 'known warp', metric: 'worst grid point', unit: 'px at 2048' },
    worst.filter(Number.isFinite),
  )
  emitShare(
    emit,
    { case: 'known warp', metric: 'within 3 px' },
    worst.map((px) => px <= 3),
  )
  emitShare(
    emit,
    { case: 'known warp', metric: 'within 6 px' },
    worst.map((px) => px <= 6),
  )
  return took
}
