import type { SessionProgress } from '../../contract/api/shapes.ts'
import { PatientId, type PracticeId, SessionId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import type { Principal } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { appendAudit, recordRefusal } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { maySeeContents, maySeeProgress } from './policy.ts'
import { findSession, listImages, type SessionRow } from './repository.ts'
import { listArrived, queueArrived } from './uploads.ts'

/**
 * How far a session is. Looks again for photos that had not arrived, so asking is also what moves it on.
 * @throws AppError `session.withdrawn`
 */
export async function getProgress(
  deps: Pick<ModuleDeps, 'database' | 'objects' | 'jobs' | 'clock'>,
  caller: Principal,
  id: SessionId,
): Promise<SessionProgress> {
  const { practiceId } = caller
  const awaited = await deps.database.inPractice(practiceId, async (tx) => {
    const session = await findSession(tx, practiceId, id)
    if (session === undefined || !maySeeProgress(caller, session)) return undefined
    refuseWithdrawn(session)
    const images = await listImages(tx, practiceId, id)
    return images.filter((image) => image.state === 'awaiting-upload').map((image) => image.hash)
  })
  if (awaited === undefined) {
    // A session of another key and one that does not exist are answered alike.
    await recordRefusal(deps, caller, 'session.read', { sessionId: id })
    throw new AppError('not-found', { sessionId: id })
  }
  const arrived = await listArrived(deps, practiceId, awaited)
  const progress = await deps.database.inPractice(practiceId, async (tx) => {
    if (arrived.size > 0) await queueArrived(deps, tx, practiceId, [...arrived], arrived)
    const session = await findSession(tx, practiceId, id)
    if (session === undefined) throw new AppError('not-found', { sessionId: id })
    const found = await progressOf(tx, practiceId, caller, session)
    const event = { action: 'session.read', outcome: 'done', subject: { sessionId: id } } as const
    await appendAudit(tx, practiceId, caller, deps.clock.nowMs(), event)
    return found
  })
  if (arrived.size > 0) deps.jobs.wake('photo.process')
  return progress
}

/** Asked only of a session that the caller may know of. */
export function refuseWithdrawn(session: SessionRow): void {
  if (session.withdrawn_at_ms !== null) throw new AppError('session.withdrawn', { sessionId: session.session_id })
}

export async function progressOf(
  tx: PracticeTx,
  practiceId: PracticeId,
  caller: Principal,
  session: SessionRow,
): Promise<SessionProgress> {
  const sessionId = SessionId.parse(session.session_id)
  const images = await listImages(tx, practiceId, sessionId)
  return {
    sessionId,
    patientId: PatientId.parse(session.patient_id),
    state: session.published_at_ms === null ? 'processing' : 'published',
    images: images.map(({ view, hash, state, refusal }) => ({ view, hash, state, refusal })),
    session: maySeeContents(caller) ? session.body : null,
  }
}
