import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** Until when a change waits so that it can be taken back, by this workstation's clock, and how long that is in all. */
export type Wait = { readonly notBeforeMs: number; readonly graceMs: number }

const WAITS = `state = 'pending' AND not_before_ms > 0`

/**
 * What a new change has to wait for: earlier changes of its subject, and earlier instructions to patients when it is
 * one. It never leaves before them, so that no message arrives before the decision that it follows.
 */
export function findWaitBefore(
  db: ReadDb,
  personId: string,
  change: { readonly subject: string | null; readonly instructs: boolean },
  nowMs: number,
): Wait | undefined {
  const text = `SELECT not_before_ms AS notBeforeMs, grace_ms AS graceMs FROM outbox
    WHERE person_id = :personId AND ${WAITS} AND not_before_ms > :nowMs
      AND (subject = :subject OR (instructs = 1 AND :instructs = 1))
    ORDER BY not_before_ms DESC LIMIT 1`
  const { subject, instructs } = change
  return sql<Wait>(db, text).get({ personId, nowMs, subject, instructs: instructs ? 1 : 0 })
}

/** Instructions to patients whose time is not over, oldest first. `subject` is the scan. */
export function listWaitingInstructions(
  db: ReadDb,
  personId: string,
  nowMs: number,
): { readonly position: number; readonly mutationId: string; readonly subject: string }[] {
  const text = `SELECT position, mutation_id AS mutationId, subject FROM outbox
    WHERE person_id = ? AND ${WAITS} AND not_before_ms > ? AND instructs = 1 AND name = 'read.record' ORDER BY position`
  return sql<{ position: number; mutationId: string; subject: string }>(db, text).all(personId, nowMs)
}

/** What this person decided up to there waits no longer. */
export function releaseUpTo(tx: WriteTx, personId: string, position: number): void {
  sql(tx, `UPDATE outbox SET not_before_ms = 0 WHERE person_id = ? AND ${WAITS} AND position <= ?`).run(
    personId,
    position,
  )
}

/** Whether anything of theirs waits for its time: instructions, what waits behind them, reads of a moment ago. */
export function isAnyWaiting(db: ReadDb, personId: string, nowMs: number): boolean {
  const text = `SELECT 1 FROM outbox WHERE person_id = ? AND ${WAITS} AND not_before_ms > ? LIMIT 1`
  return sql(db, text).get(personId, nowMs) !== undefined
}

/** Nothing of theirs waits for its time any more. An instruction that is too old still waits for its author's word. */
export function releaseAll(tx: WriteTx, personId: string): void {
  sql(tx, `UPDATE outbox SET not_before_ms = 0 WHERE person_id = ? AND ${WAITS}`).run(personId)
}

/** How many of these the server has not answered. */
export function countUnsent(db: ReadDb, mutationIds: readonly string[]): number {
  const here = sql(db, 'SELECT 1 FROM outbox WHERE mutation_id = ?')
  return mutationIds.filter((id) => here.get(id) !== undefined).length
}

/**
 * The clock was set by `byMs`, from the time that would be now without that: what still waits goes on waiting as long
 * as it would have, and counts as given when it was. What waits no longer does not begin to.
 */
export function moveWaits(tx: WriteTx, formerNowMs: number, byMs: number): void {
  sql(tx, `UPDATE outbox SET not_before_ms = 0 WHERE ${WAITS} AND not_before_ms <= ?`).run(formerNowMs)
  const text = `UPDATE outbox SET not_before_ms = max(1, not_before_ms + :byMs), queued_at_ms = queued_at_ms + :byMs
    WHERE ${WAITS}`
  sql(tx, text).run({ byMs })
}

/** Nothing waits longer than its whole time from now on: the clock may have been set back while nobody was looking. */
export function shortenWaits(tx: WriteTx, nowMs: number): void {
  const text = `UPDATE outbox SET not_before_ms = max(1, ? + grace_ms) WHERE ${WAITS} AND not_before_ms > ? + grace_ms`
  sql(tx, text).run(nowMs, nowMs)
}

/** Whether {@link shortenWaits} would find anything: opening a store shall write nothing that it need not. */
export function waitsTooLong(db: ReadDb, nowMs: number): boolean {
  return (
    sql(db, `SELECT 1 FROM outbox WHERE ${WAITS} AND not_before_ms > ? + grace_ms LIMIT 1`).get(nowMs) !== undefined
  )
}
