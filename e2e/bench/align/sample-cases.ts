import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { applyMatrix, IDENTITY, type Matrix3 } from '../../../renderer/viewer/pair-link.ts'
import { correspondences } from '../../../resources/sample-cases/truth/project.ts'
import { type Took, tryPair } from './measure.ts'
import { type Emit, emitSamples, emitShare } from './report.ts'
import { drawSamplePairs, type Drawn } from './samples.ts'
import { openSheets } from './sheet.ts'

const KINDS = ['as planned', 'changed', 'flawed'] as const
const TODAY = '2026-11-21'

type Judged = {
  readonly kind: string
  readonly view: string
  readonly isAccepted: boolean
  /** Of teeth that stood still, as lined up and as the photos are; px at 2048. */
  readonly off: readonly number[]
  readonly untouched: readonly number[]
}

/** (a) Made-up patients weeks apart: teeth moved, camera moved, attachments came. How far teeth that stood still are off. */
export async function benchSampleCases(
  cv: OpenCv,
  { emit, sheets }: { emit: Emit; sheets: string },
): Promise<readonly Took[]> {
  const took: Took[] = []
  const judged: Judged[] = []
  const sheet = openSheets(cv, sheets, 'samples')
  for await (const { kind, current, prior } of drawSamplePairs(cv, TODAY)) {
    const { view } = current.photo
    const tried = tryPair(cv, current.features, prior.features, view)
    took.push(tried.took)
    const { transform } = tried
    const { arch, reason, evidence } = tried.answer
    const off = transform ? errorsOf(current, prior, transform, arch) : []
    const untouched = transform ? errorsOf(current, prior, IDENTITY, arch) : []
    judged.push({ kind, view, isAccepted: transform !== undefined, off, untouched })
    const name = `${kind} ${current.session.reference} ${current.session.capturedOn} ${view}`
    if (transform === undefined) {
      process.stderr.write(`sample case refused: ${name} ${reason} ${JSON.stringify(evidence)}\n`)
    } else if (kind === 'changed') {
      await sheet.add({ current: current.jpeg, prior: prior.jpeg, transform, title: `${name} ${arch}` })
    }
  }
  await sheet.close()
  for (const kind of KINDS) emitKind(emit, kind, judged)
  return took
}

function emitKind(emit: Emit, kind: string, all: readonly Judged[]) {
  const judged = all.filter((one) => one.kind === kind)
  const name = { metric: 'still teeth off by', unit: 'px at 2048' }
  emitShare(
    emit,
    { case: `sample cases ${kind}`, metric: 'accepted' },
    judged.map((one) => one.isAccepted),
  )
  const of = (ones: readonly Judged[]) => ones.flatMap(({ off }) => off)
  emitSamples(emit, { case: `sample cases ${kind}`, ...name }, of(judged))
  emitSamples(
    emit,
    { case: `sample cases ${kind}`, ...name, peer: 'photos as they are' },
    judged.flatMap((one) => one.untouched),
  )
  for (const view of new Set(judged.map((one) => one.view))) {
    emitSamples(emit, { case: `sample cases ${kind}, ${view}`, ...name }, of(judged.filter((one) => one.view === view)))
  }
}

function errorsOf(current: Drawn, prior: Drawn, transform: Matrix3, arch: string): readonly number[] {
  const scale = 2048 / prior.photo.widthPx
  return correspondences(current, prior)
    .filter(({ still, fdi }) => still && (arch === 'both' || fdi < 30 === (arch === 'upper')))
    .map(({ a, b }) => {
      const to = applyMatrix(transform, { x: a.xPx / current.photo.widthPx, y: a.yPx / current.photo.heightPx })
      return Math.hypot(to.x * prior.photo.widthPx - b.xPx, to.y * prior.photo.heightPx - b.yPx) * scale
    })
}
