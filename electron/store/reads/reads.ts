import type { Action, Read } from '../../../server/contract/domain/reads.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import type { ReadyRow } from '../rows/ready-row.ts'
import { sql } from '../statements.ts'

type Stored = { readonly body: string; readonly seq: number }

/** In the order of their commits, which no clock decides. Reads that came with the feed; unsent ones lie in the overlay (review/session-view.ts puts both together). */
export function listServerReads(db: ReadDb, sessionId: string): Read[] {
  return sql<Stored>(db, 'SELECT body, seq FROM read WHERE session_id = ?')
    .all(sessionId)
    .toSorted((a, b) => a.seq - b.seq)
    .map((row) => bodyOf<Read>(row.body))
}

/** @returns false when a newer row is here already */
export function saveRead(tx: WriteTx, row: ReadyRow<'read'>, generation: number): boolean {
  const { changes } = sql(
    tx,
    `INSERT INTO read (id, session_id, body, seq, generation) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, seq = excluded.seq, generation = excluded.generation
     WHERE excluded.generation > read.generation OR excluded.seq >= read.seq`,
  ).run(row.id, row.sessionId, row.body, row.seq, generation)
  return changes > 0
}

export function listServerActions(db: ReadDb, sessionId: string): Action[] {
  return sql<Stored>(db, 'SELECT body, seq FROM action WHERE session_id = ?')
    .all(sessionId)
    .toSorted((a, b) => a.seq - b.seq)
    .map((row) => bodyOf<Action>(row.body))
}

/** @returns false when a newer row is here already */
export function saveAction(tx: WriteTx, row: ReadyRow<'action'>, generation: number): boolean {
  const { changes } = sql(
    tx,
    `INSERT INTO action (id, session_id, body, seq, generation) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, seq = excluded.seq, generation = excluded.generation
     WHERE excluded.generation > action.generation OR excluded.seq >= action.seq`,
  ).run(row.id, row.sessionId, row.body, row.seq, generation)
  return changes > 0
}
