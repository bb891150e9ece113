import { sql } from 'kysely'
import { closeChange as real, NotInTurn } from '../../../server/modules/sync/close-change.ts'
import { insertResult, lockClient } from '../../../server/modules/sync/repository.ts'
import { ownTransactions } from './own-transactions.ts'

export * from '../../../server/modules/sync/close-change.ts'

/** Of pushes alone: a change of a role holds the clock's row already, and would wait for itself. */
export const closeChange: typeof real = async (tx, practiceId, told, at) => {
  const { pushed, nowMs } = at
  const count = told.rows.length
  if (pushed === null || count === 0) return real(tx, practiceId, told, at)
  const { id, clientId, personId, clientSeq } = pushed
  await lockClient(tx, practiceId, { clientId, personId, nowMs })
  await real(tx, practiceId, { ...told, rows: [] }, { pushed: null, nowMs })
  const last = await ownTransactions.inPractice(practiceId, async (own) => {
    const { rows: clocks } = await sql<{ seq: number }>`
      update practice_clock set seq = seq + ${count} where practice_id = ${practiceId} returning seq`.execute(own)
    return clocks[0]?.seq ?? 0
  })
  for (const [n, { entity, id: entityId, op, body }] of told.rows.entries()) {
    const seq = last - count + 1 + n
    await sql`insert into feed (practice_id, seq, entity, entity_id, op, body, mutation_id, at_ms)
      values (${practiceId}, ${seq}, ${entity}, ${entityId}, ${op}, ${body === null ? null : JSON.stringify(body)},
              ${id}, ${nowMs})`.execute(tx)
    await sql`insert into feed_head (practice_id, entity, entity_id, seq, op, at_ms)
      values (${practiceId}, ${entity}, ${entityId}, ${seq}, ${op}, ${nowMs})
      on conflict (practice_id, entity, entity_id)
      do update set seq = excluded.seq, op = excluded.op, at_ms = excluded.at_ms`.execute(tx)
  }
  const verdict = { id, clientSeq, status: 'applied', code: null, feedSeq: last, nowMs } as const
  if (!(await insertResult(tx, practiceId, clientId, verdict))) throw new NotInTurn()
  return last
}
