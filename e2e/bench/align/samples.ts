import type { OtherSide } from '../../../renderer/align/align-features.ts'
import { type PhotoFeatures, prepareFeatures } from '../../../renderer/align/features.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import type { OpenCv } from '../../../renderer/align/open-cv.ts'
import { readSamplePatients } from '../../../resources/sample-cases/plan/patients.ts'
import { type PlannedPhoto, type PlannedSession, planPractice } from '../../../resources/sample-cases/plan/plan.ts'
import { developPhoto, DRAWN_SIZE } from '../../../resources/sample-cases/render/develop.ts'
import { describePhoto, describeSession } from '../../../resources/sample-cases/truth/describe.ts'
import type { PhotoTruth, SessionTruth } from '../../../resources/sample-cases/truth/schema.ts'
import { readPixels } from './photos.ts'
import { type Random, randomFrom } from './warp.ts'

/** A photo of the sample practice as it was drawn, with all that is known about it. */
export type Drawn = {
  readonly session: SessionTruth
  readonly photo: PhotoTruth
  readonly features: PhotoFeatures
  readonly jpeg: Buffer
}
/** `changed`: the prior was taken by another camera from elsewhere, in other light, before attachments came. */
export type SampleKind = 'as planned' | 'flawed' | 'changed'
export type SamplePair = {
  readonly kind: SampleKind
  readonly current: Drawn
  readonly prior: Drawn
  readonly otherSide: OtherSide | undefined
}

const OTHER_SIDE: Readonly<Partial<Record<View, View>>> = { buccal_right: 'buccal_left', buccal_left: 'buccal_right' }

/** Photos that ought to be refused are judged elsewhere. */
const LEFT_OUT = new Set(['truncated', 'mirrored', 'mirrored-unsaid'])

/**
 * Each session of the sample practice against the one before, weeks apart with teeth moved; and each newest one against
 * the one before it as another camera would have seen it. Drawn one by one: nobody keeps the pictures.
 */
export async function* drawSamplePairs(cv: OpenCv, today: string): AsyncGenerator<SamplePair> {
  const plan = planPractice(readSamplePatients(), today)
  for (const reference of new Set(plan.map((session) => session.reference))) {
    const sessions = plan.filter((session) => session.reference === reference).toSorted((a, b) => a.age - b.age)
    let current = await drawSession(cv, sessions[0])
    for (const [i, session] of sessions.slice(1).entries()) {
      const prior = await drawSession(cv, session)
      yield* pairsOf(current, prior)
      if (i === 0) yield* pairsOf(current, await drawSession(cv, changed(session)), 'changed')
      current = prior
    }
  }
}

function* pairsOf(current: readonly Drawn[], prior: readonly Drawn[], kind?: 'changed'): Generator<SamplePair> {
  for (const one of current) {
    const before = prior.find(({ photo }) => photo.view === one.photo.view)
    if (before === undefined) continue
    const flaws = [...one.photo.flaws, ...before.photo.flaws].filter((flaw) => flaw !== 'sideways')
    if (flaws.some((flaw) => LEFT_OUT.has(flaw)) || (kind && flaws.length > 0)) continue
    const side = prior.find(({ photo }) => photo.view === OTHER_SIDE[one.photo.view])?.features
    const otherSide = side && { of: 'prior' as const, photo: side }
    yield { kind: kind ?? (flaws.length > 0 ? 'flawed' : 'as planned'), current: one, prior: before, otherSide }
  }
}

async function drawSession(cv: OpenCv, session: PlannedSession | undefined): Promise<readonly Drawn[]> {
  if (session === undefined) return []
  const photos: Omit<Drawn, 'session'>[] = []
  for (const photo of session.photos) {
    if (photo.flaws.includes('truncated')) continue
    const { jpeg, rendered } = await developPhoto(photo, DRAWN_SIZE)
    const features = prepareFeatures(cv, await readPixels(jpeg))
    photos.push({ photo: describePhoto(photo, rendered), features, jpeg })
  }
  const truth = describeSession(
    session,
    photos.map(({ photo }) => photo),
  )
  return photos.map((photo) => ({ ...photo, session: truth }))
}

function changed(session: PlannedSession): PlannedSession {
  const random = randomFrom(Number(/\d+$/.exec(session.reference)?.[0] ?? 1))
  return { ...session, photos: session.photos.map((photo) => changedPhoto(photo, random)) }
}

function changedPhoto(photo: PlannedPhoto, random: Random): PlannedPhoto {
  const { scene } = photo
  const { jitter, exposure } = scene
  const either = (least: number, most: number) => (random() < 0.5 ? -1 : 1) * (least + (most - least) * random())
  return {
    ...photo,
    scene: {
      ...scene,
      attachments: [],
      jitter: {
        ...jitter,
        yawDeg: jitter.yawDeg + either(3, 7),
        pitchDeg: jitter.pitchDeg + either(2, 5),
        rollDeg: jitter.rollDeg + either(2, 6),
        rightMm: jitter.rightMm + either(1, 4),
        zoom: jitter.zoom * (1 + either(0.05, 0.15)),
        distanceMm: 125,
      },
      exposure: {
        gain: exposure.gain * (1 + either(0.1, 0.3)),
        red: exposure.red * 1.1,
        blue: exposure.blue * 0.85,
        flashRightMm: -exposure.flashRightMm,
        flashUpMm: exposure.flashUpMm + 12,
      },
    },
  }
}
