import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import type { PhotoKey } from './known.ts'

/** What stands in the row; in which order photos go is in eviction.ts. */
const EVICT: Readonly<Record<string, number>> = { '512': 0, '2048': 1, original: 2 }

export function isCached(db: ReadDb, { hash, size }: PhotoKey): boolean {
  return sql(db, 'SELECT 1 FROM cached_photo WHERE hash = ? AND size = ?').get(hash, size) !== undefined
}

/**
 * Only after the file is whole on disk.
 * @param usedAtMs when it was needed: now for a screen, the day its session came in for one that nobody has opened
 */
export function markCached(tx: WriteTx, key: PhotoKey, bytes: number, usedAtMs: number): void {
  sql(
    tx,
    `INSERT INTO cached_photo (hash, size, bytes, evict, used_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (hash, size) DO UPDATE SET bytes = excluded.bytes, used_at_ms = excluded.used_at_ms`,
  ).run(key.hash, key.size, bytes, EVICT[key.size] ?? 2, usedAtMs)
  sql(tx, 'DELETE FROM wanted_photo WHERE hash = ? AND size = ?').run(key.hash, key.size)
}

export function dropCached(tx: WriteTx, { hash, size }: PhotoKey): void {
  sql(tx, 'DELETE FROM cached_photo WHERE hash = ? AND size = ?').run(hash, size)
}

export function countCachedBytes(db: ReadDb): number {
  return sql<{ bytes: number }>(db, 'SELECT coalesce(sum(bytes), 0) AS bytes FROM cached_photo').get()?.bytes ?? 0
}

export function touchCached(tx: WriteTx, { hash, size }: PhotoKey, nowMs: number): void {
  sql(tx, 'UPDATE cached_photo SET used_at_ms = ? WHERE hash = ? AND size = ?').run(nowMs, hash, size)
}
