import { v7 } from 'uuid'
import { MUTATIONS, type MutationArgs, type MutationName } from '../../../server/contract/sync/mutations.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { findWaitBefore, type Wait } from './grace.ts'
import { WAITS_WITH_HELD } from './held.ts'
import { freshSpan, instructsPatient } from './instruction.ts'

export type OutboxRow = {
  readonly position: number
  readonly mutationId: string
  readonly personId: string
  readonly name: MutationName
  readonly version: number
  readonly args: string
  /** JSON of the values that the change was made on. */
  readonly base: string
  /** By this workstation's clock; null unless it had to be asked for. */
  readonly confirmedAtMs: number | null
  readonly clientSeq: number | null
  readonly batch: number | null
}

export const OUTBOX_COLUMNS = `position, mutation_id AS mutationId, person_id AS personId, name, version, args, base,
  confirmed_at_ms AS confirmedAtMs, client_seq AS clientSeq, batch`

/** Reports of the program itself: nobody waits for them, and nobody could do anything about a refusal. */
const REPORTS: ReadonlySet<string> = new Set<MutationName>(['access.record', 'parked.resolve', 'sync.difference'])
const REPORT_LIST = [...REPORTS].map((name) => `'${name}'`).join(', ')
export const isReport = (name: string): boolean => REPORTS.has(name)

/**
 * Records intent; called in the transaction of its optimistic effect: both survive a crash, or neither does. It waits
 * as long as what it must not overtake.
 */
export function enqueue<N extends MutationName>(
  tx: WriteTx,
  name: N,
  args: MutationArgs<N>,
  by: { personId: string; nowMs: number; notBeforeMs: number; graceMs?: number },
  about: About = {},
): { mutationId: string; position: number } {
  const mutationId = v7()
  const instructs = instructsPatient(name, args)
  const own: Wait = { notBeforeMs: by.notBeforeMs, graceMs: by.graceMs ?? 0 }
  const before = findWaitBefore(tx, by.personId, { subject: about.subject ?? null, instructs }, by.nowMs)
  const wait = before !== undefined && before.notBeforeMs > own.notBeforeMs ? before : own
  const added = sql<{ position: number }>(
    tx,
    `INSERT INTO outbox
       (mutation_id, person_id, name, version, args, base, state, not_before_ms, grace_ms, queued_at_ms, subject,
        instructs)
     VALUES (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?) RETURNING position`,
  ).get(
    mutationId,
    by.personId,
    name,
    MUTATIONS[name].version,
    JSON.stringify(args),
    JSON.stringify(about.base ?? {}),
    wait.notBeforeMs,
    wait.graceMs,
    by.nowMs,
    about.subject ?? null,
    instructs ? 1 : 0,
  )
  return { mutationId, position: added?.position ?? 0 }
}

type About = {
  /** Scan or patient: its changes leave in order, and wait together when one of them has to be asked for. */
  readonly subject?: string
  readonly base?: Readonly<Record<string, unknown>>
}

export type PendingRead = OutboxRow & Wait & { readonly queuedAtMs: number; readonly instructs: number }

/** The newest decision that has not left: the one that may be taken back. */
export function findLastPendingRead(db: ReadDb, personId: string): PendingRead | undefined {
  return sql<PendingRead>(
    db,
    `SELECT ${OUTBOX_COLUMNS}, not_before_ms AS notBeforeMs, grace_ms AS graceMs, queued_at_ms AS queuedAtMs, instructs
     FROM outbox
     WHERE person_id = ? AND state = 'pending' AND sent = 0 AND name = 'read.record' ORDER BY position DESC LIMIT 1`,
  ).get(personId)
}

export function removePending(tx: WriteTx, mutationId: string): boolean {
  return (
    sql(tx, `DELETE FROM outbox WHERE mutation_id = ? AND state = 'pending' AND sent = 0`).run(mutationId).changes === 1
  )
}

export function removeAnswered(tx: WriteTx, mutationId: string): OutboxRow | undefined {
  return sql<OutboxRow>(tx, `DELETE FROM outbox WHERE mutation_id = ? RETURNING ${OUTBOX_COLUMNS}`).get(mutationId)
}

type Instead = { readonly former: string; readonly now: string | null }
const UNSENT_OF_SCAN = [
  ['outbox', 'subject'],
  ['overlay', 'session_id'],
] as const

/** Unsent reads of this scan that were to replace `former` replace `now` instead, in the outbox and in view. */
export function supersedeInstead(tx: WriteTx, sessionId: string, { former, now }: Instead): void {
  for (const [table, column] of UNSENT_OF_SCAN)
    sql(
      tx,
      `UPDATE ${table} SET args = json_set(args, '$.supersedes', ?) WHERE ${column} = ? AND args ->> 'supersedes' = ?`,
    ).run(now, sessionId, former)
}

/** Those that were to correct the action `former`, which never left, correct `now` instead, or nothing. */
export function correctInstead(tx: WriteTx, sessionId: string, { former, now }: Instead): void {
  for (const [table, column] of UNSENT_OF_SCAN)
    sql(
      tx,
      `UPDATE ${table} SET args = iif(:now IS NULL, json_remove(args, '$.corrects'),
         json_set(args, '$.corrects.actionId', :now))
       WHERE ${column} = :sessionId AND args ->> '$.corrects.actionId' = :former`,
    ).run({ now, sessionId, former })
}

/** Decisions and other changes of everybody who works here; what the program itself reports is not counted. */
export function countWaiting(db: ReadDb): number {
  const text = `SELECT count(*) AS count FROM outbox WHERE name NOT IN (${REPORT_LIST})`
  return sql<{ count: number }>(db, text).get()?.count ?? 0
}

/** Milliseconds of the workstation's clock when the next pending row may go; undefined when none waits for its time alone. */
export function findNextDueMs(db: ReadDb, personId: string, nowMs: number): number | undefined {
  const text = `SELECT min(o.not_before_ms) AS due FROM outbox o
    WHERE o.person_id = :personId AND o.state = 'pending' AND NOT ${WAITS_WITH_HELD}`
  return sql<{ due: number | null }>(db, text).get({ personId, ...freshSpan(nowMs) })?.due ?? undefined
}
