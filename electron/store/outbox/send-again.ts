import { MUTATIONS } from '../../../server/contract/sync/mutations.ts'
import type { RecordRead } from '../../../server/contract/domain/reads.ts'
import { bodyOf, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { instructsPatient } from './instruction.ts'

type Stored = {
  readonly position: number
  readonly personId: string
  readonly args: string
  readonly sessionId: string
}

/**
 * A read that the server had taken and no longer has: back at its old place of the outbox, as one that may have
 * arrived. When it was decided is what its author said then: an old instruction is asked for before it goes.
 */
export function sendAgain(tx: WriteTx, mutationId: string): void {
  const text = `UPDATE overlay SET feed_seq = NULL WHERE mutation_id = ?
    RETURNING position, person_id AS personId, args, session_id AS sessionId`
  const row = sql<Stored>(tx, text).get(mutationId)
  if (row === undefined) return
  const args = bodyOf<RecordRead>(row.args)
  sql(
    tx,
    `INSERT INTO outbox (position, mutation_id, person_id, name, version, args, state, not_before_ms, queued_at_ms,
       subject, instructs, sent)
     VALUES (?, ?, ?, 'read.record', ?, ?, 'pending', 0, ?, ?, ?, 1)`,
  ).run(
    row.position,
    mutationId,
    row.personId,
    MUTATIONS['read.record'].version,
    row.args,
    args.readAtMs,
    row.sessionId,
    instructsPatient('read.record', args) ? 1 : 0,
  )
}
