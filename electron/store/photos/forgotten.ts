import { PhotoSize } from '../../../server/contract/domain/photos.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import type { PhotoKey } from './known.ts'

/** Of a withdrawn scan: to be removed from disk, in whatever size, and what has come of a size so far. */
const FORGOTTEN = 9

/** In the transaction that removes the scan, so that a kill cannot leave its photos behind. */
export function forgetCached(tx: WriteTx, hash: string): void {
  const save = sql(
    tx,
    `INSERT INTO cached_photo (hash, size, bytes, evict, used_at_ms) VALUES (?, ?, 0, ${FORGOTTEN}, 0)
     ON CONFLICT (hash, size) DO UPDATE SET evict = excluded.evict, used_at_ms = excluded.used_at_ms`,
  )
  for (const size of PhotoSize.options) save.run(hash, size)
}

export function listForgotten(db: ReadDb): PhotoKey[] {
  return sql<PhotoKey>(db, `SELECT hash, size FROM cached_photo WHERE evict = ${FORGOTTEN}`).all()
}

/** Only after its file is gone. Not one that was fetched anew meanwhile. */
export function dropForgotten(tx: WriteTx, { hash, size }: PhotoKey): void {
  const text = `DELETE FROM cached_photo WHERE hash = ? AND size = ? AND evict = ${FORGOTTEN}`
  sql(tx, text).run(hash, size)
}
