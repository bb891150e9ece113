import { MUTATIONS, type MutationName } from '../../../server/contract/sync/mutations.ts'
import type { RecordRead } from '../../../server/contract/domain/reads.ts'
import { bodyOf, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { instructsPatient } from './instruction.ts'

type Stored = {
  readonly position: number
  readonly personId: string
  readonly name: MutationName
  readonly args: string
  readonly base: string
  /** The scan of a read, or the row that it changes. */
  readonly subject: string
}

/**
 * A change that the server had taken and no longer has: back at its old place of the outbox, as one that may have
 * arrived. When it was decided is what its author said then: an old instruction is asked for before it goes.
 */
export function sendAgain(tx: WriteTx, mutationId: string): void {
  const text = `UPDATE overlay SET feed_seq = NULL WHERE mutation_id = ?
    RETURNING position, person_id AS personId, name, args, base, coalesce(session_id, entity_id) AS subject`
  const row = sql<Stored>(tx, text).get(mutationId)
  if (row === undefined) return
  const read = row.name === 'read.record' ? bodyOf<RecordRead>(row.args) : undefined
  sql(
    tx,
    `INSERT INTO outbox (position, mutation_id, person_id, name, version, args, base, state, not_before_ms,
       queued_at_ms, subject, instructs, sent)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', 0, ?, ?, ?, 1)`,
  ).run(
    row.position,
    mutationId,
    row.personId,
    row.name,
    MUTATIONS[row.name].version,
    row.args,
    row.base,
    read?.readAtMs ?? 0,
    row.subject,
    read !== undefined && instructsPatient('read.record', read) ? 1 : 0,
  )
}
