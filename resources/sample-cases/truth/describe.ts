import { type View, VIEWS } from '../../../server/contract/domain/views.ts'
import { NO_OFFSET, toothMatrix } from '../anatomy/arch.ts'
import { archOf, TEETH } from '../anatomy/crown-table.ts'
import { IDENTITY } from '../anatomy/matrix.ts'
import { addOffset } from '../plan/mouth.ts'
import type { PlannedPhoto, PlannedSession } from '../plan/plan.ts'
import { jawMatrix, type Rendered } from '../render/scene.ts'
import { visibleLandmarks } from './landmarks.ts'
import type { PhotoTruth, SessionTruth } from './schema.ts'

export function describePhoto(photo: PlannedPhoto, rendered: Rendered): PhotoTruth {
  return {
    view: photo.view,
    file: `${photo.view}.jpg`,
    widthPx: rendered.camera.widthPx,
    heightPx: rendered.camera.heightPx,
    projection: [...rendered.camera.projection],
    lowerJaw: [...(photo.view === 'occlusal_lower' ? IDENTITY : jawMatrix(photo.scene.jawOpenMm))],
    mirrored: photo.mirrored,
    storedMirrored: photo.scene.flip === -1,
    flaws: [...photo.flaws],
    landmarks: visibleLandmarks(rendered),
  }
}

export function describeSession(session: PlannedSession, photos: readonly PhotoTruth[]): SessionTruth {
  const { mouth } = session
  const offsets = session.photos[0]?.scene.offsets
  const taken = new Set<View>(session.photos.map((photo) => photo.view))
  return {
    formatVersion: 1,
    reference: session.reference,
    capturedOn: session.capturedOn,
    stage: session.stage,
    aligners: session.aligners,
    missing: VIEWS.filter((view) => !taken.has(view)),
    teeth: TEETH.map((fdi) => {
      const move = mouth.perStage.get(fdi)
      const stages = session.stagesSincePrevious
      return {
        fdi,
        crownToWorld: [...toothMatrix(fdi, mouth.forms[archOf(fdi)], offsets?.get(fdi))],
        movedSincePrevious: stages === null ? null : addOffset(NO_OFFSET, move ?? NO_OFFSET, stages),
        still: move === undefined || session.stage === null,
        attachment: session.stage !== null && mouth.attachments.includes(fdi),
      }
    }),
    photos: [...photos],
  }
}
