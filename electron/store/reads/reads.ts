import type { Action, Read } from '../../../server/contract/domain/reads.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** Reads that came with the feed; unsent ones lie in the overlay (review/session-view.ts puts both together). */
export function listServerReads(db: ReadDb, sessionId: string): Read[] {
  return sql<{ body: string }>(db, 'SELECT body FROM read WHERE session_id = ?')
    .all(sessionId)
    .map((row) => bodyOf<Read>(row.body))
    .toSorted((a, b) => (a.recordedAtMs ?? 0) - (b.recordedAtMs ?? 0))
}

export function saveRead(tx: WriteTx, read: Read, generation: number): void {
  sql(
    tx,
    `INSERT INTO read (id, session_id, body, generation) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, generation = excluded.generation`,
  ).run(read.readId, read.sessionId, JSON.stringify(read), generation)
}

export function listServerActions(db: ReadDb, sessionId: string): Action[] {
  return sql<{ body: string }>(db, 'SELECT body FROM action WHERE session_id = ?')
    .all(sessionId)
    .map((row) => bodyOf<Action>(row.body))
    .toSorted((a, b) => (a.recordedAtMs ?? 0) - (b.recordedAtMs ?? 0))
}

export function saveAction(tx: WriteTx, action: Action, generation: number): void {
  sql(
    tx,
    `INSERT INTO action (id, session_id, body, generation) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, generation = excluded.generation`,
  ).run(action.id, action.sessionId, JSON.stringify(action), generation)
}
