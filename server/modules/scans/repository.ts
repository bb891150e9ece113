import { type PatientId, type PersonId, PhotoHash, type PracticeId, type SessionId } from '../../contract/domain/ids.ts'
import type { ScanSession, SessionImage } from '../../contract/domain/sessions.ts'
import { type Mirrored, type View, VIEWS } from '../../contract/domain/views.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { PhotoState, Tables } from '../../platform/database/tables.ts'

export type SessionRow = Awaited<ReturnType<ReturnType<typeof sessions>['executeTakeFirstOrThrow']>>

function sessions(tx: PracticeTx, practiceId: PracticeId) {
  return tx.selectFrom('scan_session').selectAll().where('practice_id', '=', practiceId)
}

export async function findSession(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: SessionId,
): Promise<SessionRow | undefined> {
  return sessions(tx, practiceId).where('session_id', '=', id).executeTakeFirst()
}

export async function lockSession(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: SessionId,
): Promise<SessionRow | undefined> {
  return sessions(tx, practiceId).where('session_id', '=', id).forUpdate().executeTakeFirst()
}

/** As `lockSession`, without the body: for each decision that would be the most of the work. */
export async function lockSessionState(tx: PracticeTx, practiceId: PracticeId, id: SessionId) {
  return tx
    .selectFrom('scan_session')
    .select(['patient_id', 'version', 'published_at_ms', 'withdrawn_at_ms'])
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** Whether the practice shows such a session of this patient. */
export async function isPublishedOf(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: SessionId,
  patientId: PatientId,
): Promise<boolean> {
  const row = await tx
    .selectFrom('scan_session')
    .select('session_id')
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', id)
    .where('patient_id', '=', patientId)
    .where('published_at_ms', 'is not', null)
    .where('withdrawn_at_ms', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Sessions that show a photo, locked in the order of their ids. */
export async function lockSessionsWith(tx: PracticeTx, practiceId: PracticeId, hash: PhotoHash): Promise<SessionRow[]> {
  return sessions(tx, practiceId)
    .where('session_id', 'in', (inner) =>
      inner
        .selectFrom('scan_image')
        .select('session_id')
        .where('practice_id', '=', practiceId)
        .where('sha256', '=', hash),
    )
    .orderBy('session_id')
    .forUpdate()
    .execute()
}

const NOT_WITHDRAWN = { withdrawn_at_ms: null, withdrawn_by: null, withdrawn_reason: null }

/** False when the id is taken. */
export async function insertSession(
  tx: PracticeTx,
  row: Omit<Tables['scan_session'], 'published_at_ms' | 'body' | 'review_state' | `withdrawn_${string}`>,
): Promise<boolean> {
  const done = await tx
    .insertInto('scan_session')
    .values({ ...row, ...NOT_WITHDRAWN, published_at_ms: null, body: null, review_state: 'waiting' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function insertImages(
  tx: PracticeTx,
  practiceId: PracticeId,
  sessionId: SessionId,
  images: readonly { view: View; hash: PhotoHash; mirrored: Mirrored }[],
): Promise<void> {
  const rows = images.map(({ view, hash, mirrored }) => ({
    practice_id: practiceId,
    session_id: sessionId,
    view,
    sha256: hash,
    mirrored,
  }))
  await tx.insertInto('scan_image').values(rows).execute()
}

export type ImageWithPhoto = SessionImage & { readonly hash: PhotoHash; readonly state: PhotoState }

/** In the order of the montage. */
export async function listImages(
  tx: PracticeTx,
  practiceId: PracticeId,
  sessionId: SessionId,
): Promise<ImageWithPhoto[]> {
  const rows = await tx
    .selectFrom('scan_image as i')
    .innerJoin('photo as p', (join) =>
      join.onRef('p.practice_id', '=', 'i.practice_id').onRef('p.sha256', '=', 'i.sha256'),
    )
    .select(['i.view', 'i.mirrored', 'i.sha256', 'p.state', 'p.refusal', 'p.facts'])
    .where('i.practice_id', '=', practiceId)
    .where('i.session_id', '=', sessionId)
    .execute()
  return rows
    .map((row) => ({
      view: row.view,
      mirrored: row.mirrored,
      photo: row.facts,
      refusal: row.refusal,
      hash: PhotoHash.parse(row.sha256),
      state: row.state,
    }))
    .toSorted((a, b) => VIEWS.indexOf(a.view) - VIEWS.indexOf(b.view))
}

export async function savePublished(
  tx: PracticeTx,
  practiceId: PracticeId,
  session: ScanSession,
  publishedAtMs: number,
): Promise<void> {
  await tx
    .updateTable('scan_session')
    .set({ published_at_ms: publishedAtMs, version: session.version, body: JSON.stringify(session) })
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', session.id)
    .execute()
}

export async function saveWithdrawn(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: SessionId,
  withdrawal: { personId: PersonId; reason: string; nowMs: number },
): Promise<void> {
  const { personId, reason, nowMs } = withdrawal
  await tx
    .updateTable('scan_session')
    .set({ withdrawn_at_ms: nowMs, withdrawn_by: personId, withdrawn_reason: reason })
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', id)
    .execute()
}
