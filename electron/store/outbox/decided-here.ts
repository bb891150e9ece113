import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export type DecidedHere = { readonly mutationId: string; readonly personId: string }

/** In the transaction of the decision. It stays when the feed has brought the decision and nothing lies on top any more. */
export function saveDecidedHere(tx: WriteTx, actionId: string, { mutationId, personId }: DecidedHere): void {
  const text = 'INSERT INTO decided_here (action_id, mutation_id, person_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
  sql(tx, text).run(actionId, mutationId, personId)
}

/** Undefined for an action that was decided on another computer. */
export function findDecidedHere(db: ReadDb, actionId: string): DecidedHere | undefined {
  const text = 'SELECT mutation_id AS mutationId, person_id AS personId FROM decided_here WHERE action_id = ?'
  return sql<DecidedHere>(db, text).get(actionId)
}
