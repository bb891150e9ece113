import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export type SentPart = { readonly part: number; readonly etag: string; readonly sha256: string }
/** A photo that is being sent in parts. */
export type PhotoUpload = { readonly uploadId: string; readonly parts: readonly SentPart[] }

export function findUpload(db: ReadDb, hash: string): PhotoUpload | undefined {
  const text = 'SELECT upload_id AS uploadId FROM photo_upload WHERE hash = ?'
  const row = sql<{ uploadId: string }>(db, text).get(hash)
  if (row === undefined) return undefined
  const parts = sql<SentPart>(db, 'SELECT part, etag, sha256 FROM photo_upload_part WHERE hash = ? ORDER BY part')
  return { uploadId: row.uploadId, parts: parts.all(hash) }
}

/** In place of an earlier one, whose parts are of no use for it. */
export function saveUpload(tx: WriteTx, hash: string, uploadId: string): void {
  dropUpload(tx, hash)
  sql(tx, 'INSERT INTO photo_upload (hash, upload_id) VALUES (?, ?)').run(hash, uploadId)
}

export function saveSentPart(tx: WriteTx, hash: string, { part, etag, sha256 }: SentPart): void {
  sql(
    tx,
    `INSERT INTO photo_upload_part (hash, part, etag, sha256) VALUES (?, ?, ?, ?)
     ON CONFLICT (hash, part) DO UPDATE SET etag = excluded.etag, sha256 = excluded.sha256`,
  ).run(hash, part, etag, sha256)
}

export function dropUpload(tx: WriteTx, hash: string): void {
  sql(tx, 'DELETE FROM photo_upload WHERE hash = ?').run(hash)
  sql(tx, 'DELETE FROM photo_upload_part WHERE hash = ?').run(hash)
}
