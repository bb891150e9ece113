import { type PhotoFeatures, prepareFeatures } from '../../../renderer/align/features.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { applyMatrix, IDENTITY, type Matrix3 } from '../../../renderer/viewer/pair-link.ts'
import { correspondences } from '../../../resources/sample-cases/truth/project.ts'
import { tryPair } from './measure.ts'
import { readPixels } from './photos.ts'
import { type Emit, emitSamples, emitShare } from './report.ts'
import { listSamplePairs, type SamplePair } from './samples.ts'

/** (a) Made-up patients weeks apart: teeth moved, camera moved, attachments came. How far teeth that stood still are off. */
export async function benchSampleCases(cv: OpenCv, root: string, emit: Emit): Promise<readonly number[]> {
  const prepared = new Map<string, PhotoFeatures>()
  const prepare = async (file: string) => {
    const known = prepared.get(file) ?? prepareFeatures(cv, await readPixels(file))
    prepared.set(file, known)
    return known
  }
  const took: number[] = []
  const isAccepted: boolean[] = []
  const off: number[] = []
  const untouched: number[] = []
  const byView = new Map<string, number[]>()
  for (const pair of listSamplePairs(root)) {
    const view = pair.current.photo.view
    const tried = tryPair(cv, await prepare(pair.current.file), await prepare(pair.prior.file), view)
    took.push(tried.tookMs)
    isAccepted.push(tried.transform !== undefined)
    if (tried.transform === undefined) continue
    const { arch } = tried.answer
    const isOfArch = (fdi: number) => arch === 'both' || fdi < 30 === (arch === 'upper')
    const errors = errorsOf(pair, tried.transform, isOfArch)
    off.push(...errors)
    untouched.push(...errorsOf(pair, IDENTITY, isOfArch))
    byView.set(view, [...(byView.get(view) ?? []), ...errors])
  }
  emitShare(emit, { case: 'sample cases', metric: 'accepted' }, isAccepted)
  const name = { metric: 'still teeth off by', unit: 'px at 2048' }
  emitSamples(emit, { case: 'sample cases', ...name }, off)
  emitSamples(emit, { case: 'sample cases', ...name, peer: 'photos as they are' }, untouched)
  for (const [view, errors] of byView) emitSamples(emit, { case: `sample cases, ${view}`, ...name }, errors)
  return took
}

function errorsOf(
  { current, prior }: SamplePair,
  transform: Matrix3,
  isOfArch: (fdi: number) => boolean,
): readonly number[] {
  const scale = 2048 / prior.photo.widthPx
  return correspondences(current, prior)
    .filter(({ still, fdi }) => still && isOfArch(fdi))
    .map(({ a, b }) => {
      const to = applyMatrix(transform, { x: a.xPx / current.photo.widthPx, y: a.yPx / current.photo.heightPx })
      return Math.hypot(to.x * prior.photo.widthPx - b.xPx, to.y * prior.photo.heightPx - b.yPx) * scale
    })
}
