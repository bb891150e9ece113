import { sql } from 'kysely'
import { appendFeed as real } from '../../../server/modules/sync/feed.ts'
import { ownTransactions } from './own-transactions.ts'

export * from '../../../server/modules/sync/feed.ts'

/** Of pushes alone: a change of a role holds the clock's row already, and would wait for itself. */
export const appendFeed: typeof real = async (tx, practiceId, rows, at) => {
  if (at.mutationId === null) return real(tx, practiceId, rows, at)
  const count = rows.length
  const last = await ownTransactions.inPractice(practiceId, async (own) => {
    const { rows: clocks } = await sql<{ seq: number }>`
      update practice_clock set seq = seq + ${count} where practice_id = ${practiceId} returning seq`.execute(own)
    return clocks[0]?.seq ?? 0
  })
  for (const [n, { entity, id, op, body }] of rows.entries()) {
    const seq = last - count + 1 + n
    await sql`insert into feed (practice_id, seq, entity, entity_id, op, body, mutation_id, at_ms)
      values (${practiceId}, ${seq}, ${entity}, ${id}, ${op}, ${body === null ? null : JSON.stringify(body)},
              ${at.mutationId}, ${at.nowMs})`.execute(tx)
    await sql`insert into feed_head (practice_id, entity, entity_id, seq, op, at_ms)
      values (${practiceId}, ${entity}, ${id}, ${seq}, ${op}, ${at.nowMs})
      on conflict (practice_id, entity, entity_id)
      do update set seq = excluded.seq, op = excluded.op, at_ms = excluded.at_ms`.execute(tx)
  }
  return last
}
