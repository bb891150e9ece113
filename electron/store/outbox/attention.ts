import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** `stale` only once its author has let it go: before, it lies in the outbox (held.ts). */
export type AttentionStatus = 'rejected' | 'parked' | 'lost' | 'stale' | 'corrected'
export type AttentionRow = {
  readonly mutationId: string
  readonly personId: string
  readonly name: string
  readonly args: string
  /** JSON of the values that it was made on. */
  readonly base: string
  readonly status: AttentionStatus
  /** As the server named it: perhaps a word that this version does not know. */
  readonly code: string | null
  /** When the answer came, by this workstation's clock; when it was recorded, by the server's, for one that lost or was corrected. */
  readonly atMs: number
}
type Refused = Pick<AttentionRow, 'mutationId' | 'personId' | 'name' | 'args' | 'base'>
export type Settlement =
  | { readonly settled: 'retried' | 'edited'; readonly replacedBy: string }
  | { readonly settled: 'discarded'; readonly reason: string }

/** As many as one screen shows; the count says when there are more. */
export const MAX_LISTED = 500
const COLUMNS = 'mutation_id AS mutationId, person_id AS personId, name, args, base, status, code, at_ms AS atMs'

/** A change that the server did not take as it was meant is never dropped: it is kept in full, counted and shown. */
export function saveAttention(
  tx: WriteTx,
  row: Refused,
  verdict: { status: AttentionStatus; code: string | null; atMs: number },
): void {
  sql(
    tx,
    `INSERT INTO attention (mutation_id, person_id, name, args, base, status, code, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(row.mutationId, row.personId, row.name, row.args, row.base, verdict.status, verdict.code, verdict.atMs)
}

/** Only the author is told: others who work here hear nothing of it. */
export function countAttention(db: ReadDb, personId: string): number {
  const text = 'SELECT count(*) AS count FROM attention WHERE person_id = ? AND settled IS NULL'
  return sql<{ count: number }>(db, text).get(personId)?.count ?? 0
}

/** Newest first. */
export function listAttention(db: ReadDb, personId: string): AttentionRow[] {
  return sql<AttentionRow>(
    db,
    `SELECT ${COLUMNS} FROM attention WHERE person_id = ? AND settled IS NULL
     ORDER BY at_ms DESC, mutation_id DESC LIMIT ${MAX_LISTED}`,
  ).all(personId)
}

/** Undefined for one that is settled, and for somebody else's. */
export function findAttention(db: ReadDb, mutationId: string, personId: string): AttentionRow | undefined {
  return sql<AttentionRow>(
    db,
    `SELECT ${COLUMNS} FROM attention WHERE mutation_id = ? AND person_id = ? AND settled IS NULL`,
  ).get(mutationId, personId)
}

/** In the transaction of what takes its place, so that a kill leaves both or neither. */
export function settleAttention(tx: WriteTx, mutationId: string, how: Settlement, atMs: number): void {
  sql(
    tx,
    `UPDATE attention SET settled = ?, settled_at_ms = ?, reason = ?, replaced_by = ?
     WHERE mutation_id = ? AND settled IS NULL`,
  ).run(
    how.settled,
    atMs,
    how.settled === 'discarded' ? how.reason : null,
    how.settled === 'discarded' ? null : how.replacedBy,
    mutationId,
  )
}

/** The new attempt was taken back before it left: what it stood for waits for a person again. @returns whether there was any */
export function reopenAttention(tx: WriteTx, replacedBy: string): boolean {
  const text = `UPDATE attention SET settled = NULL, settled_at_ms = NULL, replaced_by = NULL WHERE replaced_by = ?`
  return sql(tx, text).run(replacedBy).changes > 0
}

/** The new attempt was let go instead of being confirmed: so was what it stood for. */
export function discardReplaced(tx: WriteTx, replacedBy: string, reason: string): void {
  const text = `UPDATE attention SET settled = 'discarded', reason = ?, replaced_by = NULL WHERE replaced_by = ?`
  sql(tx, text).run(reason, replacedBy)
}
