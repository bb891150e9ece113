import type { View } from '../../../server/contract/domain/views.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { applyMatrix, IDENTITY, type Matrix3 } from '../../../renderer/viewer/pair-link.ts'
import { correspondences } from '../../../resources/sample-cases/truth/project.ts'
import { type Took, tryPair } from './measure.ts'
import { type Emit, emitSamples, emitShare, say } from './report.ts'
import { drawSamplePairs, type Drawn } from './samples.ts'
import { openSheets } from './sheet.ts'

const KINDS = ['as planned', 'changed', 'flawed'] as const
const TODAY = '2026-11-21'

/** Of a lateral view: teeth beyond the midline, which it shows by the way. */
type Which = 'front teeth' | 'back teeth' | 'teeth of the other side'
/** Px at 2048. `beforePx`: as the photos are. */
type Off = { readonly which: Which; readonly px: number; readonly beforePx: number }
type Judged = {
  readonly kind: string
  readonly view: string
  readonly isAccepted: boolean
  /** Of points on teeth that stood still. */
  readonly off: readonly Off[]
}

/** (a) Made-up patients weeks apart: teeth moved, camera moved, attachments came. How far teeth that stood still are off. */
export async function benchSampleCases(
  cv: OpenCv,
  { emit, sheets }: { emit: Emit; sheets: string },
): Promise<readonly Took[]> {
  const took: Took[] = []
  const judged: Judged[] = []
  const sheet = openSheets(cv, sheets, 'samples')
  for await (const { kind, current, prior, otherSide } of drawSamplePairs(cv, TODAY)) {
    const { view } = current.photo
    const tried = tryPair(cv, { current: current.features, prior: prior.features, otherSide, view })
    took.push(tried.took)
    if (took.length % 20 === 0) say(`sample cases: ${took.length} pairs`)
    const { transform } = tried
    const { arch, reason, evidence } = tried.answer
    const off = transform ? errorsOf(current, prior, transform, arch) : []
    judged.push({ kind, view, isAccepted: transform !== undefined, off })
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
  const isAccepted = judged.map((one) => one.isAccepted)
  emitShare(emit, { case: `sample cases ${kind}`, metric: 'accepted' }, isAccepted)
  for (const view of new Set(judged.map((one) => one.view))) {
    const off = judged.filter((one) => one.view === view).flatMap((one) => one.off)
    const name = { case: `sample cases ${kind}, ${view}`, unit: 'px at 2048' }
    for (const which of WHICH) {
      const wanted = off.filter((one) => one.which === which)
      const metric = `still ${which} off by`
      const [px, before] = [wanted.map((one) => one.px), wanted.map((one) => one.beforePx)]
      emitSamples(emit, { ...name, metric }, px)
      emitSamples(emit, { ...name, metric, peer: 'photos as they are' }, before)
    }
  }
}

const WHICH: readonly Which[] = ['front teeth', 'back teeth', 'teeth of the other side']
const FRONT_TEETH = 3

function errorsOf(current: Drawn, prior: Drawn, transform: Matrix3, arch: string): readonly Off[] {
  const scale = 2048 / prior.photo.widthPx
  return correspondences(current, prior)
    .filter(({ still, fdi }) => still && (arch === 'both' || fdi < 30 === (arch === 'upper')))
    .map(({ a, b, fdi }) => {
      const at = { x: a.xPx / current.photo.widthPx, y: a.yPx / current.photo.heightPx }
      const by = (matrix: Matrix3) => {
        const to = applyMatrix(matrix, at)
        return Math.hypot(to.x * prior.photo.widthPx - b.xPx, to.y * prior.photo.heightPx - b.yPx) * scale
      }
      return { which: whichOf(fdi, current.photo.view), px: by(transform), beforePx: by(IDENTITY) }
    })
}

function whichOf(fdi: number, view: View): Which {
  const isLeft = [2, 3].includes(Math.floor(fdi / 10))
  if ((view === 'buccal_right' && isLeft) || (view === 'buccal_left' && !isLeft)) return 'teeth of the other side'
  return fdi % 10 <= FRONT_TEETH ? 'front teeth' : 'back teeth'
}
