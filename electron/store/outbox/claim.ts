import { v7 } from 'uuid'
import { MAX_PUSH_BYTES, MAX_PUSH_MUTATIONS } from '../../../server/contract/sync/wire.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { IS_HELD, WAITS_WITH_HELD } from './held.ts'
import { freshSpan } from './instruction.ts'
import { OUTBOX_COLUMNS, type OutboxRow } from './outbox.ts'

/** Room for envelope fields around the arguments of one mutation. */
const ENVELOPE_BYTES = 400

export type ClaimedBatch = {
  readonly clientId: string
  readonly rows: readonly OutboxRow[]
  /** False when it was claimed before, in this run of the process or an earlier one: the server may have it already. */
  readonly isFirstAttempt: boolean
}

/**
 * The batch to send: the one already in flight (the same bytes again), else the next rows, numbered and marked
 * in flight. Runs before the request leaves, so that nothing sent can still be taken back.
 *
 * A batch in flight may hold an instruction to a patient that has grown too old meanwhile: days of silence, or a
 * server that answers nothing but errors. Perhaps the server has it and only the answer got lost; perhaps it never
 * saw it, and sending the same bytes would tell a patient something that nobody wants any more. So the batch goes on
 * under a new client id with the same mutation ids: by these the server knows again what it has applied, everything
 * else of the batch is resolved at once, and the old instruction waits for its author, unless the feed has brought it.
 */
export function claimBatch(
  tx: WriteTx,
  personId: string,
  nowMs: number,
  atMost = MAX_PUSH_MUTATIONS,
): ClaimedBatch | undefined {
  if (holdsOldInstruction(tx, personId, nowMs)) registerAnew(tx, personId)
  const client = ensureClient(tx, personId)
  const again = listInFlight(tx, personId)
  if (again.length > 0) {
    noteTried(tx, personId, nowMs)
    return { clientId: client.clientId, rows: again, isFirstAttempt: false }
  }
  const rows = nextRows(tx, personId, nowMs).slice(0, atMost)
  if (rows.length === 0) return undefined
  const first = client.nextClientSeq
  rows.forEach((row, index) => {
    sql(
      tx,
      `UPDATE outbox SET state = 'in_flight', client_seq = ?, batch = ?, not_before_ms = 0 WHERE position = ?`,
    ).run(first + index, first, row.position)
  })
  noteTried(tx, personId, nowMs)
  sql(tx, 'UPDATE sync_client SET next_client_seq = ? WHERE person_id = ?').run(first + rows.length, personId)
  return { clientId: client.clientId, rows: listInFlight(tx, personId), isFirstAttempt: true }
}

/** The oldest batch in flight. */
export function listInFlight(db: ReadDb, personId: string): OutboxRow[] {
  return sql<OutboxRow>(
    db,
    `SELECT ${OUTBOX_COLUMNS} FROM outbox WHERE person_id = :personId AND state = 'in_flight'
       AND batch = (SELECT min(batch) FROM outbox WHERE person_id = :personId AND state = 'in_flight')
     ORDER BY client_seq`,
  ).all({ personId })
}

/** Only when the server cannot have taken any of it, in this attempt or an earlier one: the rows may be taken back again, the numbers are free again. */
export function releaseBatch(tx: WriteTx, personId: string, rows: readonly OutboxRow[]): void {
  const first = rows[0]?.clientSeq
  const last = rows.at(-1)?.clientSeq
  const next = sql<{ next: number }>(tx, 'SELECT next_client_seq AS next FROM sync_client WHERE person_id = ?').get(
    personId,
  )?.next
  if (first == null || last == null || next !== last + 1) return
  for (const row of rows) {
    sql(tx, `UPDATE outbox SET state = 'pending', client_seq = NULL, batch = NULL WHERE position = ?`).run(row.position)
  }
  sql(tx, 'UPDATE sync_client SET next_client_seq = ? WHERE person_id = ?').run(first, personId)
}

/**
 * The server and this client id disagree about the sequence (a server restored from a backup): go on under a new id.
 * The mutations keep their own ids, by which the server knows again what it has applied.
 */
export function registerAnew(tx: WriteTx, personId: string): void {
  sql(
    tx,
    `UPDATE outbox SET state = 'pending', client_seq = NULL, batch = NULL, sent = 1
     WHERE person_id = ? AND state = 'in_flight'`,
  ).run(personId)
  sql(tx, 'UPDATE sync_client SET client_id = ?, next_client_seq = 1 WHERE person_id = ?').run(v7(), personId)
}

/** The id under which this person's changes leave this workstation, and their live socket is known. */
export function getClientId(tx: WriteTx, personId: string): string {
  return ensureClient(tx, personId).clientId
}

function ensureClient(tx: WriteTx, personId: string): { clientId: string; nextClientSeq: number } {
  sql(
    tx,
    'INSERT INTO sync_client (person_id, client_id, next_client_seq) VALUES (?, ?, 1) ON CONFLICT DO NOTHING',
  ).run(personId, v7())
  const row = sql<{ clientId: string; nextClientSeq: number }>(
    tx,
    'SELECT client_id AS clientId, next_client_seq AS nextClientSeq FROM sync_client WHERE person_id = ?',
  ).get(personId)
  if (row === undefined) throw new Error('sync_client row missing after insert')
  return row
}

/** When the server may last have heard of it: whoever lets an old instruction go must know that no answer is due. */
function noteTried(tx: WriteTx, personId: string, nowMs: number): void {
  sql(tx, `UPDATE outbox SET tried_at_ms = ? WHERE person_id = ? AND state = 'in_flight'`).run(nowMs, personId)
}

function holdsOldInstruction(db: ReadDb, personId: string, nowMs: number): boolean {
  const text = `SELECT 1 FROM outbox h WHERE h.person_id = :personId AND h.state = 'in_flight' AND ${IS_HELD} LIMIT 1`
  return sql(db, text).get({ personId, ...freshSpan(nowMs) }) !== undefined
}

function nextRows(db: ReadDb, personId: string, nowMs: number): OutboxRow[] {
  const due = sql<OutboxRow>(
    db,
    `SELECT ${OUTBOX_COLUMNS} FROM outbox o WHERE o.person_id = :personId AND o.state = 'pending'
       AND o.not_before_ms <= :nowMs AND NOT ${WAITS_WITH_HELD}
     ORDER BY o.position LIMIT ${MAX_PUSH_MUTATIONS}`,
  ).all({ personId, nowMs, ...freshSpan(nowMs) })
  let bytes = ENVELOPE_BYTES
  const fits = due.findIndex((row) => {
    bytes += Buffer.byteLength(row.args) + Buffer.byteLength(row.base) + ENVELOPE_BYTES
    return bytes > MAX_PUSH_BYTES
  })
  return fits === -1 ? due : due.slice(0, Math.max(1, fits))
}
