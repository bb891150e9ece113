import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import type { OutboxRow } from './outbox.ts'

/** A refused change is never dropped: it is kept in full, counted and shown. */
export function saveAttention(
  tx: WriteTx,
  row: OutboxRow,
  verdict: { status: 'rejected' | 'parked'; code: string | null; atMs: number },
): void {
  sql(
    tx,
    `INSERT INTO attention (mutation_id, person_id, name, args, status, code, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  ).run(row.mutationId, row.personId, row.name, row.args, verdict.status, verdict.code, verdict.atMs)
}

export function countAttention(db: ReadDb): number {
  return sql<{ count: number }>(db, 'SELECT count(*) AS count FROM attention').get()?.count ?? 0
}
