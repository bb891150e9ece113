import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { freshSpan } from './instruction.ts'

/**
 * Outbox row `h` is an instruction to a patient that is too old to be sent unasked ({@link isStale}, in SQL because the
 * queue is asked at every turn). One that the feed has brought is in force already, though its answer got lost: there
 * is nothing left to ask, and sending it again only fetches that answer. Needs :fromMs and :toMs.
 */
export const IS_HELD = `h.instructs = 1
  AND coalesce(h.confirmed_at_ms, h.queued_at_ms) NOT BETWEEN :fromMs AND :toMs
  AND NOT EXISTS (SELECT 1 FROM read r WHERE r.id = h.args ->> 'readId')`

/** Row `o` is such an instruction, or came after one on the same subject and may build on it. */
export const WAITS_WITH_HELD = `EXISTS (SELECT 1 FROM outbox h WHERE h.person_id = o.person_id
  AND h.subject = o.subject AND h.position <= o.position AND ${IS_HELD})`

export type HeldRow = {
  readonly mutationId: string
  readonly personId: string
  readonly name: string
  readonly args: string
  readonly base: string
  readonly subject: string
  /** When its author decided it, by this workstation's clock. */
  readonly queuedAtMs: number
  /** True once the server may have seen it. */
  readonly mayHaveLeft: boolean
  /** Null when it never left. */
  readonly triedAtMs: number | null
}
type Stored = Omit<HeldRow, 'mayHaveLeft'> & { readonly sent: number }

const COLUMNS = `mutation_id AS mutationId, person_id AS personId, name, args, base, subject,
  queued_at_ms AS queuedAtMs, sent, tried_at_ms AS triedAtMs`
const MINE = `FROM outbox h WHERE h.person_id = :personId AND h.state = 'pending' AND ${IS_HELD}`

/** How many wait for their author's word. Asked for every status line: an index holds the instructions alone. */
export function countHeld(db: ReadDb, personId: string, nowMs: number): number {
  const row = sql<{ count: number }>(db, `SELECT count(*) AS count ${MINE}`).get({ personId, ...freshSpan(nowMs) })
  return row?.count ?? 0
}

/** Newest first. */
export function listHeld(db: ReadDb, personId: string, nowMs: number, atMost: number): HeldRow[] {
  return sql<Stored>(db, `SELECT ${COLUMNS} ${MINE} ORDER BY h.position DESC LIMIT :atMost`)
    .all({ personId, atMost, ...freshSpan(nowMs) })
    .map(rowOf)
}

/** Undefined for one that is not held (any more), and for somebody else's. */
export function findHeld(db: ReadDb, mutationId: string, personId: string, nowMs: number): HeldRow | undefined {
  const text = `SELECT ${COLUMNS} ${MINE} AND h.mutation_id = :mutationId`
  const row = sql<Stored>(db, text).get({ personId, mutationId, ...freshSpan(nowMs) })
  return row === undefined ? undefined : rowOf(row)
}

/** From now on it goes with the others, and says when it was confirmed: the same on every attempt. */
export function confirmHeld(tx: WriteTx, mutationId: string, nowMs: number): void {
  const text = `UPDATE outbox SET confirmed_at_ms = ? WHERE mutation_id = ? AND state = 'pending'`
  sql(tx, text).run(nowMs, mutationId)
}

function rowOf({ sent, ...row }: Stored): HeldRow {
  return { ...row, mayHaveLeft: sent === 1 }
}
