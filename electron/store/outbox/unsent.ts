import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export type UnsentRow = {
  readonly mutationId: string
  readonly name: string
  readonly version: number
  readonly args: string
  readonly base: string
  /** This workstation's clock. */
  readonly queuedAtMs: number
  readonly confirmedAtMs: number | null
}

/** Everything of this person that the server has not answered, in the order in which it was made: also what is on its way. */
export function listUnsent(db: ReadDb, personId: string): UnsentRow[] {
  return sql<UnsentRow>(
    db,
    `SELECT mutation_id AS mutationId, name, version, args, base, queued_at_ms AS queuedAtMs,
       confirmed_at_ms AS confirmedAtMs
     FROM outbox WHERE person_id = ? ORDER BY position`,
  ).all(personId)
}

/**
 * A copy of all of it has left in a file, and may reach the server by that way at any time: none of it can be taken
 * back any more. It still waits here, and what arrives twice is applied once.
 */
export function markExported(tx: WriteTx, personId: string, nowMs: number): void {
  sql(tx, 'UPDATE outbox SET sent = 1, tried_at_ms = ? WHERE person_id = ?').run(nowMs, personId)
}
