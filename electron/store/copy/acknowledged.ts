import type { ReadDb, WriteTx } from '../db.ts'
import { sendAgain } from '../outbox/send-again.ts'
import { dropOverlay, type Overlaid } from '../outbox/overlay.ts'
import { sql } from '../statements.ts'

type Acknowledged = Overlaid & { readonly mutationId: string; readonly readId: string | null }

/** Changes that the server has taken and that are still on top of its rows. */
export function listAcknowledged(db: ReadDb): Acknowledged[] {
  return sql<Acknowledged>(
    db,
    `SELECT mutation_id AS mutationId, session_id AS sessionId, patient_id AS patientId, read_id AS readId
     FROM overlay WHERE feed_seq IS NOT NULL`,
  ).all()
}

/**
 * Once a copy is complete, its position numbers say nothing about earlier acknowledgements: the rows do. A read that
 * the copy holds is on top no longer. One that it does not hold was lost with the server's own data (restored from a
 * backup), or withdrawn with its scan: it is sent again under its own mutation id, by which a server that knows it
 * answers as before, and one that has lost it takes it once more.
 */
export function settleAcknowledged(tx: WriteTx, { mutationId, readId }: Acknowledged): void {
  const isHere = readId === null || sql(tx, 'SELECT 1 FROM read WHERE id = ?').get(readId) !== undefined
  if (isHere) dropOverlay(tx, mutationId)
  else sendAgain(tx, mutationId)
}
