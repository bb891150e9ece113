import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { isReport } from './outbox.ts'

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

/** Who has decisions or other changes here that the server has not answered, and how many. */
export function countUnsentByPerson(db: ReadDb): { readonly personId: string; readonly count: number }[] {
  return sql<{ personId: string; name: string; count: number }>(
    db,
    'SELECT person_id AS personId, name, count(*) AS count FROM outbox GROUP BY person_id, name ORDER BY person_id',
  )
    .all()
    .filter(({ name }) => !isReport(name))
    .reduce<{ personId: string; count: number }[]>((all, { personId, count }) => {
      const last = all.at(-1)
      if (last?.personId === personId) last.count += count
      else all.push({ personId, count })
      return all
    }, [])
}

/**
 * A copy of all of it has left in a file, and may reach the server by that way at any time: none of it can be taken
 * back any more. It still waits here, and what arrives twice is applied once.
 */
export function markExported(tx: WriteTx, personId: string, nowMs: number): void {
  sql(tx, 'UPDATE outbox SET sent = 1, tried_at_ms = ? WHERE person_id = ?').run(nowMs, personId)
}
