import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { shortHashesOf } from './hashes.ts'
import { findKnownPhoto, type KnownPhoto, type PhotoKey } from './known.ts'
import { savePhotosOf } from './places.ts'

const FIRST_WAIT_MS = 5000
const DOUBLED_AT_MOST = 9
/** A wish that waits for longer was put off by a clock that has been set back since: it is due. */
const LONGEST_WAIT_MS = FIRST_WAIT_MS * 2 ** DOUBLED_AT_MOST

export type WantedPhoto = Omit<KnownPhoto, 'mediaType'> & {
  /** -1 asked for by a screen, 0 thumbnails, 1 review size. */
  readonly rank: number
  /** When it was asked for, or its session came in. */
  readonly needMs: number
}

/**
 * While one of a patient's sessions waits: thumbnails of all of them, and the review size of the waiting ones and of
 * the newest prior, which the review screen shows beside it.
 */
export function saveWantedPhotos(
  tx: WriteTx,
  sessions: readonly ScanSession[],
  isWaiting: (session: ScanSession) => boolean,
): void {
  const waiting = sessions.filter(isWaiting)
  const newest = waiting.at(-1)
  if (newest === undefined) return
  const prior = sessions[sessions.indexOf(newest) - 1]
  for (const session of sessions) {
    savePhotosOf(tx, session.id, shortHashesOf(session)) // a copy notes them later: what a screen shows first cannot wait
    want(tx, session, '512', 0, newest.submittedAtMs)
    if (waiting.includes(session) || session === prior) want(tx, session, '2048', 1, newest.submittedAtMs)
  }
}

const RANKS = [
  [-1, 'DESC'],
  [0, 'ASC'],
  [1, 'ASC'],
] as const

/**
 * The next photos to fetch: what a screen asks for, the latest first; then thumbnails, then review size, in the order in
 * which the queue opens their scans, which is the longest waiting first.
 */
export function listWanted(db: ReadDb, nowMs: number, limit: number): WantedPhoto[] {
  const found: WantedPhoto[] = []
  for (const [rank, order] of RANKS) {
    // One statement a rank: each reads no more of the index than it gives.
    const wishes = sql<PhotoKey & Pick<WantedPhoto, 'rank' | 'needMs'>>(
      db,
      `SELECT hash, size, rank, need_ms AS needMs FROM wanted_photo
       WHERE rank = ? AND (retry_at_ms <= ? OR retry_at_ms > ?) ORDER BY need_ms ${order} LIMIT ?`,
    ).all(rank, nowMs, nowMs + LONGEST_WAIT_MS, 2 * limit)
    for (const wish of wishes) {
      const photo = findKnownPhoto(db, wish)
      if (photo !== undefined) found.push({ ...wish, sha256: photo.sha256, bytes: photo.bytes })
      if (found.length === limit) return found
    }
  }
  return found
}

/** Nobody waits for it and there is no room: a screen that needs it asks again. */
export function dropWanted(tx: WriteTx, { hash, size }: PhotoKey): void {
  sql(tx, 'DELETE FROM wanted_photo WHERE hash = ? AND size = ?').run(hash, size)
}

export function countWanted(db: ReadDb): number {
  return sql<{ count: number }>(db, 'SELECT count(*) AS count FROM wanted_photo').get()?.count ?? 0
}

/** Asked for by a screen, or lost from disk: wanted again, before everything else. */
export function wantNow(tx: WriteTx, { hash, size }: PhotoKey, nowMs: number): void {
  sql(
    tx,
    `INSERT INTO wanted_photo (hash, size, rank, need_ms) VALUES (?, ?, -1, ?)
     ON CONFLICT (hash, size) DO UPDATE SET rank = -1, need_ms = excluded.need_ms, retry_at_ms = 0`,
  ).run(hash, size, nowMs)
}

/** The server has no such photo (yet), or its bytes were wrong: again later, ever less often. */
export function postponeWanted(tx: WriteTx, { hash, size }: PhotoKey, nowMs: number): void {
  sql(
    tx,
    `UPDATE wanted_photo SET tries = tries + 1, retry_at_ms = ? + ${FIRST_WAIT_MS} * (1 << min(tries, ${DOUBLED_AT_MOST})) WHERE hash = ? AND size = ?`,
  ).run(nowMs, hash, size)
}

function want(tx: WriteTx, session: ScanSession, size: '512' | '2048', rank: number, needMs: number): void {
  const save = sql(
    tx,
    `INSERT INTO wanted_photo (hash, size, rank, need_ms)
     SELECT :hash, :size, :rank, :needMs WHERE NOT EXISTS (SELECT 1 FROM cached_photo WHERE hash = :hash AND size = :size)
     ON CONFLICT (hash, size) DO UPDATE SET need_ms = max(need_ms, excluded.need_ms)`,
  )
  for (const image of session.images) {
    if (image.photo !== null) save.run({ hash: image.photo.hash, size, rank, needMs })
  }
}
