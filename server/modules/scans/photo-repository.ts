import { sql } from 'kysely'
import { PhotoHash, type PracticeId } from '../../contract/domain/ids.ts'
import type { PhotoFacts, PhotoRefusal } from '../../contract/domain/photos.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { PhotoState } from '../../platform/database/tables.ts'

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

/** Photos of the practice that are in the queue, counted to `most` at most. */
export async function countProcessing(tx: PracticeTx, practiceId: PracticeId, most: number): Promise<number> {
  const rows = await tx
    .selectFrom('photo')
    .select('sha256')
    .where('practice_id', '=', practiceId)
    .where('state', '=', sql.lit('processing')) // as the index has it: a parameter would not be known to match
    .limit(most)
    .execute()
  return rows.length
}

/** Facts of photos that at least one published session shows, withdrawn ones not counted. */
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
    .where((where) =>
      where.exists(
        where
          .selectFrom('scan_image as i')
          .innerJoin('scan_session as s', (join) =>
            join.onRef('s.practice_id', '=', 'i.practice_id').onRef('s.session_id', '=', 'i.session_id'),
          )
          .select('i.sha256')
          .whereRef('i.practice_id', '=', 'p.practice_id')
          .whereRef('i.sha256', '=', 'p.sha256')
          .where('s.published_at_ms', 'is not', null)
          .where('s.withdrawn_at_ms', 'is', null),
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
