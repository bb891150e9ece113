import type { Question } from '../../../server/contract/domain/questions.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { sendAgain } from '../outbox/send-again.ts'
import { dropOverlay, OVERLAID, type Overlaid } from '../outbox/overlay.ts'
import { sql } from '../statements.ts'

type Acknowledged = Overlaid & {
  readonly mutationId: string
  readonly readId: string | null
  readonly entityId: string | null
}

/** Changes that the server has taken and that are still on top of its rows. */
export function listAcknowledged(db: ReadDb): Acknowledged[] {
  return sql<Acknowledged>(
    db,
    `SELECT mutation_id AS mutationId, ${OVERLAID}, read_id AS readId, entity_id AS entityId
     FROM overlay WHERE feed_seq IS NOT NULL`,
  ).all()
}

/**
 * Once a copy is complete, its position numbers say nothing about earlier acknowledgements: the rows do. A read that
 * the copy holds is on top no longer. One that it does not hold was lost with the server's own data (restored from a
 * backup), or withdrawn with its scan: it is sent again under its own mutation id, by which a server that knows it
 * answers as before, and one that has lost it takes it once more. The same for a goal, a question and its answer; of
 * fields that are set anew, a patient's or the rules', the copy says what holds.
 */
export function settleAcknowledged(tx: WriteTx, change: Acknowledged): void {
  if (isHere(tx, change)) dropOverlay(tx, change.mutationId)
  else sendAgain(tx, change.mutationId)
}

function isHere(tx: WriteTx, { name, readId, entityId }: Acknowledged): boolean {
  if (readId !== null) return sql(tx, 'SELECT 1 FROM read WHERE id = ?').get(readId) !== undefined
  if (name === 'goal.save') return sql(tx, 'SELECT 1 FROM goal WHERE id = ?').get(entityId) !== undefined
  if (name !== 'question.ask' && name !== 'question.answer') return true
  const row = sql<{ body: string }>(tx, 'SELECT body FROM question WHERE id = ?').get(entityId)
  return row !== undefined && (name === 'question.ask' || bodyOf<Question>(row.body).answer !== null)
}
