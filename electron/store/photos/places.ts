import type { ReadDb, WriteTx } from '../db.ts'
import { type ScanColumns, scanOf } from '../sessions/packed-scan.ts'
import { sql } from '../statements.ts'
import { shortHashesOf } from './hashes.ts'

/** Which scan holds a photo: there stand its facts. */
export type PhotoPlace = { readonly short: string; readonly sessionId: string }

export function savePhotoPlaces(tx: WriteTx, places: readonly PhotoPlace[]): void {
  const save = sql(tx, 'INSERT INTO session_photo (photo, session_id) VALUES (?, ?) ON CONFLICT DO NOTHING')
  for (const { short, sessionId } of places) save.run(short, sessionId)
}

/** @param photos as {@link shortHashesOf} gives them */
export function savePhotosOf(tx: WriteTx, sessionId: string, photos: readonly string[]): void {
  savePhotoPlaces(
    tx,
    photos.map((short) => ({ short, sessionId })),
  )
}

/** A copy brings sessions whose photos are noted after it. In the transaction that begins it. */
export function owePhotos(tx: WriteTx): void {
  saveOwed(tx, '')
}

/** The session up to which they are noted by {@link savePhotosAfter}; undefined when none is owed. */
export function findPhotosOwed(db: ReadDb): string | undefined {
  return sql<{ value: string }>(db, `SELECT value FROM sync_state WHERE name = 'photosOwed'`).get()?.value
}

export function dropPhotosOwed(tx: WriteTx): void {
  sql(tx, `DELETE FROM sync_state WHERE name = 'photosOwed'`).run()
}

/** Those of the next sessions by key. @returns true when there are no more */
export function savePhotosAfter(tx: WriteTx, after: string, limit: number): boolean {
  const text = 'SELECT id, body, packed FROM session WHERE id > ? ORDER BY id LIMIT ?'
  const rows = sql<ScanColumns & { id: string }>(tx, text).all(after, limit)
  for (const row of rows) savePhotosOf(tx, row.id, shortHashesOf(scanOf(row)))
  saveOwed(tx, rows.at(-1)?.id ?? after)
  return rows.length < limit
}

function saveOwed(tx: WriteTx, upTo: string): void {
  const text = `INSERT INTO sync_state (name, value) VALUES ('photosOwed', ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`
  sql(tx, text).run(upTo)
}
