import type { CreateSession, SessionProgress } from '../../contract/api/shapes.ts'
import type { PatientId, PracticeId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import type { Principal } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { appendAudit } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { findOrAdmitPatient } from '../patients/service.ts'
import { writeInPractice } from '../sync/service.ts'
import { maySeeProgress } from './policy.ts'
import { progressOf, refuseWithdrawn } from './progress.ts'
import { publishIfDecided } from './publish.ts'
import { admitPhotos } from './photo-repository.ts'
import { insertImages, insertSession, listImages, lockSession, type SessionRow } from './repository.ts'
import { listArrived, queueArrived } from './uploads.ts'

/** UTC+14, where each day begins first. */
const EASTERNMOST_MS = 14 * 3_600_000

/**
 * Creates a session from photos that were uploaded before. The same id with the same contents again changes nothing
 * but looks again for photos that had not arrived; with other contents it is a conflict.
 */
export async function createSession(
  deps: Pick<ModuleDeps, 'database' | 'objects' | 'jobs' | 'clock' | 'announce'>,
  caller: Principal,
  wanted: CreateSession,
): Promise<SessionProgress> {
  const { practiceId } = caller
  refuseFutureDay(wanted.capturedOn, deps.clock.nowMs())
  const hashes = [...new Set(wanted.images.map((image) => image.hash))]
  const arrived = await listArrived(deps, practiceId, hashes)
  const progress = await writeInPractice(deps, practiceId, async (tx, feed) => {
    const nowMs = deps.clock.nowMs()
    const patient = await findOrAdmitPatient(tx, feed, practiceId, wanted.patient)
    await admitPhotos(tx, practiceId, hashes, nowMs)
    await queueArrived(deps, tx, practiceId, hashes, arrived)
    const created = await insertSession(tx, rowOf(caller, wanted, patient.id, nowMs))
    if (created) await insertImages(tx, practiceId, wanted.sessionId, wanted.images)
    const session = await lockSession(tx, practiceId, wanted.sessionId)
    if (session === undefined) throw new AppError('server.busy')
    if (!created && !(await isSame(tx, caller, session, wanted, patient.id))) {
      throw new AppError('conflict.exists', { sessionId: wanted.sessionId })
    }
    refuseWithdrawn(session)
    await publishIfDecided(tx, feed, practiceId, session, nowMs)
    const found = await progressOf(
      tx,
      practiceId,
      caller,
      (await lockSession(tx, practiceId, wanted.sessionId)) ?? session,
    )
    const subject = { sessionId: wanted.sessionId, patientId: patient.id, images: wanted.images.length }
    await appendAudit(tx, practiceId, caller, nowMs, { action: 'session.create', outcome: 'done', subject })
    return found
  })
  deps.jobs.wake('photo.process')
  return progress
}

/** A day ahead of every time zone is a device's wrong clock: as the newest scan it would hide the real ones for years. */
function refuseFutureDay(capturedOn: string, nowMs: number): void {
  const latest = new Date(nowMs + EASTERNMOST_MS).toISOString().slice(0, 10)
  if (capturedOn > latest) throw new AppError('input.invalid', { part: 'body', path: 'capturedOn' })
}

function rowOf(caller: Principal, wanted: CreateSession, patientId: PatientId, nowMs: number) {
  return {
    practice_id: caller.practiceId,
    session_id: wanted.sessionId,
    patient_id: patientId,
    captured_on: wanted.capturedOn,
    submitted_at_ms: nowMs,
    stage: wanted.stage,
    aligners: wanted.aligners,
    version: 1,
    created_by_person: caller.kind === 'person' ? caller.personId : null,
    created_by_key: caller.kind === 'intake' ? caller.intakeKeyId : null,
  }
}

async function isSame(
  tx: PracticeTx,
  caller: Principal,
  session: SessionRow,
  wanted: CreateSession,
  patientId: PatientId,
): Promise<boolean> {
  if (!maySeeProgress(caller, session)) return false
  const alike =
    session.patient_id === patientId &&
    session.captured_on === wanted.capturedOn &&
    session.stage === wanted.stage &&
    session.aligners === wanted.aligners
  return alike && (await hasImages(tx, caller.practiceId, wanted))
}

async function hasImages(tx: PracticeTx, practiceId: PracticeId, wanted: CreateSession): Promise<boolean> {
  const stored = await listImages(tx, practiceId, wanted.sessionId)
  return (
    stored.length === wanted.images.length &&
    wanted.images.every((image) =>
      stored.some(
        (other) => other.view === image.view && other.hash === image.hash && other.mirrored === image.mirrored,
      ),
    )
  )
}
