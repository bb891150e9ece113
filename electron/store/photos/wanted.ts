import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export type PhotoKey = { readonly hash: string; readonly size: string }
export type KnownPhoto = PhotoKey & { readonly sha256: string; readonly bytes: number; readonly mediaType: string }
export type WantedPhoto = Omit<KnownPhoto, 'mediaType'> & {
  /** -1 asked for by a screen, 0 thumbnails, 1 review size. */
  readonly rank: number
  /** When it was asked for, or its session came in. */
  readonly needMs: number
}

/** What the feed says about a session's photos: the only photos that may be asked for, with the hash each must have. */
export function saveKnownPhotos(tx: WriteTx, session: ScanSession): void {
  const save = sql(
    tx,
    `INSERT INTO known_photo (hash, size, sha256, bytes, media_type) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (hash, size) DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes, media_type = excluded.media_type`,
  )
  for (const { photo } of session.images) {
    if (photo === null) continue
    const { hash, renditions } = photo
    save.run(hash, '512', renditions['512'].sha256, renditions['512'].bytes, 'image/jpeg')
    save.run(hash, '2048', renditions['2048'].sha256, renditions['2048'].bytes, 'image/jpeg')
    save.run(hash, 'original', hash, photo.bytes, photo.mediaType)
  }
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
    want(tx, session, '512', 0, newest.submittedAtMs)
    if (waiting.includes(session) || session === prior) want(tx, session, '2048', 1, newest.submittedAtMs)
  }
}

/** The next photos to fetch: thumbnails before review size, the newest need first. */
export function listWanted(db: ReadDb, nowMs: number, limit: number): WantedPhoto[] {
  return sql<WantedPhoto>(
    db,
    `SELECT w.hash, w.size, k.sha256, k.bytes, w.rank, w.need_ms AS needMs FROM wanted_photo w CROSS JOIN known_photo k ON k.hash = w.hash AND k.size = w.size
     WHERE w.retry_at_ms <= ? ORDER BY w.rank, w.need_ms DESC LIMIT ?`,
  ).all(nowMs, limit)
}

export function findKnownPhoto(db: ReadDb, { hash, size }: PhotoKey): KnownPhoto | undefined {
  return sql<KnownPhoto>(
    db,
    'SELECT hash, size, sha256, bytes, media_type AS mediaType FROM known_photo WHERE hash = ? AND size = ?',
  ).get(hash, size)
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
    `UPDATE wanted_photo SET tries = tries + 1, retry_at_ms = ? + 5000 * (1 << min(tries, 9)) WHERE hash = ? AND size = ?`,
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
