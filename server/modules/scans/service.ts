import { PatientId, type PhotoHash, type PracticeId, type SessionId } from '../../contract/domain/ids.ts'
import type { PhotoFacts } from '../../contract/domain/photos.ts'
import { AppError } from '../../contract/errors.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { listPublishedFacts } from './photo-repository.ts'
import { lockSessionState } from './repository.ts'

/** For a question that names an earlier scan. */
export { isPublishedOf } from './repository.ts'

/**
 * Locks a published session for whoever decides something about it: of two at once the first commit wins.
 * @throws AppError `session.withdrawn`
 */
export async function lockPublishedSession(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: SessionId,
): Promise<{ patientId: PatientId; version: number }> {
  return publishedOf(await lockSessionState(tx, practiceId, id), id)
}

/** What a locked row says: for whoever looks at more in the same statement. */
export type SessionState = NonNullable<Awaited<ReturnType<typeof lockSessionState>>>
export function publishedOf(
  session: SessionState | undefined,
  id: SessionId,
): { patientId: PatientId; version: number } {
  if (session === undefined || session.published_at_ms === null) throw new AppError('not-found', { sessionId: id })
  if (session.withdrawn_at_ms !== null) throw new AppError('session.withdrawn', { sessionId: id })
  return { patientId: PatientId.parse(session.patient_id), version: session.version }
}

export function listPublishedPhotos(
  tx: PracticeTx,
  practiceId: PracticeId,
  hashes: readonly PhotoHash[],
): Promise<PhotoFacts[]> {
  return listPublishedFacts(tx, practiceId, hashes)
}
