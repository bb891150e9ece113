import { PhotoHash, type PracticeId, type SessionId } from '../../contract/domain/ids.ts'
import type { PhotoFacts, PhotoRefusal } from '../../contract/domain/photos.ts'
import type { ScanSession, SessionImage } from '../../contract/domain/sessions.ts'
import { type Mirrored, type View, VIEWS } from '../../contract/domain/views.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { PhotoState, Tables } from '../../platform/database/tables.ts'

export type StoredPhoto = {
  readonly hash: PhotoHash
  readonly state: PhotoState
  readonly announcedBytes: number | null
  readonly refusal: PhotoRefusal | null
}

const PHOTO = ['sha256', 'state', 'announced_bytes', 'refusal'] as const

function photos(tx: PracticeTx, practiceId: PracticeId, hashes: readonly PhotoHash[]) {
  return tx
    .selectFrom('photo')
    .select(PHOTO)
    .where('practice_id', '=', practiceId)
    .where('sha256', 'in', [...hashes])
}

export async function listPhotos(
  tx: PracticeTx,
  practiceId: PracticeId,
  hashes: readonly PhotoHash[],
): Promise<StoredPhoto[]> {
  return (await photos(tx, practiceId, hashes).execute()).map(photoOf)
}

/**
 * Locks in the order of the hashes, so that two sessions with the same photos never wait for each other. Photos are
 * locked before sessions, everywhere: a session that is being made and a photo that is being decided then see each other.
 */
export async function lockPhotos(
  tx: PracticeTx,
  practiceId: PracticeId,
  hashes: readonly PhotoHash[],
): Promise<StoredPhoto[]> {
  return (await photos(tx, practiceId, hashes).orderBy('sha256').forUpdate().execute()).map(photoOf)
}

/** One row for one content, however many sessions show it. */
export async function admitPhotos(
  tx: PracticeTx,
  practiceId: PracticeId,
  hashes: readonly PhotoHash[],
  nowMs: number,
): Promise<void> {
  const rows = hashes.toSorted().map((hash) => ({
    practice_id: practiceId,
    sha256: hash,
    state: 'awaiting-upload' as const,
    announced_bytes: null,
    refusal: null,
    facts: null,
    created_at_ms: nowMs,
    decided_at_ms: null,
  }))
  await tx
    .insertInto('photo')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function savePhoto(
  tx: PracticeTx,
  practiceId: PracticeId,
  hash: PhotoHash,
  change: {
    state: PhotoState
    announced_bytes?: number
    refusal?: PhotoRefusal | null
    facts?: string | null
    decided_at_ms?: number | null
  },
): Promise<void> {
  await tx.updateTable('photo').set(change).where('practice_id', '=', practiceId).where('sha256', '=', hash).execute()
}

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

/** Unpublished sessions that show a photo, locked in the order of their ids. */
export async function lockWaitingSessions(
  tx: PracticeTx,
  practiceId: PracticeId,
  hash: PhotoHash,
): Promise<SessionRow[]> {
  return sessions(tx, practiceId)
    .where('published_at_ms', 'is', null)
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

/** False when the id is taken. */
export async function insertSession(
  tx: PracticeTx,
  row: Omit<Tables['scan_session'], 'published_at_ms' | 'body' | 'review_state'>,
): Promise<boolean> {
  const done = await tx
    .insertInto('scan_session')
    .values({ ...row, published_at_ms: null, body: null, review_state: 'waiting' })
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
  nowMs: number,
): Promise<void> {
  await tx
    .updateTable('scan_session')
    .set({ published_at_ms: nowMs, body: JSON.stringify(session) })
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', session.id)
    .execute()
}

/** Facts of photos that at least one published session shows. */
export async function listPublishedFacts(
  tx: PracticeTx,
  practiceId: PracticeId,
  hashes: readonly PhotoHash[],
): Promise<PhotoFacts[]> {
  const rows = await tx
    .selectFrom('photo as p')
    .select('p.facts')
    .where('p.practice_id', '=', practiceId)
    .where('p.sha256', 'in', [...hashes])
    .where('p.state', '=', 'ready')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('scan_image as i')
          .innerJoin('scan_session as s', (join) =>
            join.onRef('s.practice_id', '=', 'i.practice_id').onRef('s.session_id', '=', 'i.session_id'),
          )
          .select('i.sha256')
          .whereRef('i.practice_id', '=', 'p.practice_id')
          .whereRef('i.sha256', '=', 'p.sha256')
          .where('s.published_at_ms', 'is not', null),
      ),
    )
    .execute()
  return rows.flatMap((row) => (row.facts === null ? [] : [row.facts]))
}

function photoOf(row: {
  sha256: string
  state: PhotoState
  announced_bytes: number | null
  refusal: PhotoRefusal | null
}): StoredPhoto {
  const { state, refusal } = row
  return { hash: PhotoHash.parse(row.sha256), state, announcedBytes: row.announced_bytes, refusal }
}
