import type { RecordRead } from '../../../server/contract/domain/reads.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export type OverlayRow = {
  readonly mutationId: string
  readonly personId: string
  readonly args: RecordRead
  readonly feedSeq: number | null
}

export function listOverlay(db: ReadDb, sessionId: string): OverlayRow[] {
  return sql<{ mutationId: string; personId: string; args: string; feedSeq: number | null }>(
    db,
    `SELECT mutation_id AS mutationId, person_id AS personId, args, feed_seq AS feedSeq
     FROM overlay WHERE session_id = ? ORDER BY position`,
  )
    .all(sessionId)
    .map((row) => ({ ...row, args: bodyOf<RecordRead>(row.args) }))
}

export function saveOverlay(
  tx: WriteTx,
  row: { mutationId: string; position: number; personId: string; args: RecordRead },
): void {
  sql(
    tx,
    `INSERT INTO overlay (mutation_id, position, session_id, read_id, person_id, args) VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(row.mutationId, row.position, row.args.sessionId, row.args.readId, row.personId, JSON.stringify(row.args))
}

/** The server has it: it stays in view until the feed has brought the rows themselves. */
export function markOverlayAcknowledged(tx: WriteTx, mutationId: string, feedSeq: number): void {
  sql(tx, 'UPDATE overlay SET feed_seq = ? WHERE mutation_id = ?').run(feedSeq, mutationId)
}

/** @returns the session whose view changes */
export function dropOverlay(tx: WriteTx, mutationId: string): string | undefined {
  const text = 'DELETE FROM overlay WHERE mutation_id = ? RETURNING session_id AS sessionId'
  return sql<{ sessionId: string }>(tx, text).get(mutationId)?.sessionId
}

/** Drops what the feed has now reached; `Infinity` after a bootstrap, which holds everything acknowledged before it. */
export function dropReachedOverlay(tx: WriteTx, seq: number): string[] {
  const upTo = Number.isFinite(seq) ? seq : Number.MAX_SAFE_INTEGER
  const text = 'DELETE FROM overlay WHERE feed_seq IS NOT NULL AND feed_seq <= ? RETURNING session_id AS sessionId'
  return sql<{ sessionId: string }>(tx, text)
    .all(upTo)
    .map((row) => row.sessionId)
}

/** Whose decision the feed brings back, while it is still on top of the server's rows. */
export function findOverlayOfRead(
  db: ReadDb,
  readId: string,
): { mutationId: string; personId: string; args: string } | undefined {
  const text = 'SELECT mutation_id AS mutationId, person_id AS personId, args FROM overlay WHERE read_id = ?'
  return sql<{ mutationId: string; personId: string; args: string }>(db, text).get(readId)
}
