import { v7 } from 'uuid'
import { MUTATIONS, type MutationArgs, type MutationName } from '../../../server/contract/sync/mutations.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export type OutboxRow = {
  readonly position: number
  readonly mutationId: string
  readonly personId: string
  readonly name: MutationName
  readonly version: number
  readonly args: string
  readonly clientSeq: number | null
  readonly batch: number | null
}

const COLUMNS = `position, mutation_id AS mutationId, person_id AS personId, name, version, args,
  client_seq AS clientSeq, batch`

/** Records intent; called in the transaction of its optimistic effect: both survive a crash, or neither does. */
export function enqueue<N extends MutationName>(
  tx: WriteTx,
  name: N,
  args: MutationArgs<N>,
  by: { personId: string; notBeforeMs: number },
): { mutationId: string; position: number } {
  const mutationId = v7()
  const added = sql<{ position: number }>(
    tx,
    `INSERT INTO outbox (mutation_id, person_id, name, version, args, state, not_before_ms)
     VALUES (?, ?, ?, ?, ?, 'pending', ?) RETURNING position`,
  ).get(mutationId, by.personId, name, MUTATIONS[name].version, JSON.stringify(args), by.notBeforeMs)
  return { mutationId, position: added?.position ?? 0 }
}

/** A decision is held back only while it is the last one. */
export function releaseHeld(tx: WriteTx, personId: string): void {
  sql(tx, `UPDATE outbox SET not_before_ms = 0 WHERE person_id = ? AND state = 'pending' AND not_before_ms > 0`).run(
    personId,
  )
}

/** The newest decision that has not left: the one that may be taken back. */
export function findLastPendingRead(db: ReadDb, personId: string): OutboxRow | undefined {
  return sql<OutboxRow>(
    db,
    `SELECT ${COLUMNS} FROM outbox
     WHERE person_id = ? AND state = 'pending' AND sent = 0 AND name = 'read.record' ORDER BY position DESC LIMIT 1`,
  ).get(personId)
}

export function removePending(tx: WriteTx, mutationId: string): boolean {
  return (
    sql(tx, `DELETE FROM outbox WHERE mutation_id = ? AND state = 'pending' AND sent = 0`).run(mutationId).changes === 1
  )
}

export function removeAnswered(tx: WriteTx, mutationId: string): OutboxRow | undefined {
  return sql<OutboxRow>(tx, `DELETE FROM outbox WHERE mutation_id = ? RETURNING ${COLUMNS}`).get(mutationId)
}

/** Decisions and other changes of everybody who works here; the record of what was looked at is not counted. */
export function countWaiting(db: ReadDb): number {
  return (
    sql<{ count: number }>(db, `SELECT count(*) AS count FROM outbox WHERE name <> 'access.record'`).get()?.count ?? 0
  )
}

/** Milliseconds of the workstation's clock when the next held row may go; undefined when none waits. */
export function findNextDueMs(db: ReadDb, personId: string): number | undefined {
  const row = sql<{ due: number | null }>(
    db,
    `SELECT min(not_before_ms) AS due FROM outbox WHERE person_id = ? AND state = 'pending'`,
  ).get(personId)
  return row?.due ?? undefined
}
