import { sql } from 'kysely'
import { appendFeed as real } from '../../../server/modules/sync/feed.ts'

export * from '../../../server/modules/sync/feed.ts'

export const appendFeed: typeof real = async (tx, practiceId, rows, at) => {
  const kept = rows.filter(({ op }) => op !== 'del')
  if (kept.length > 0) return real(tx, practiceId, kept, at)
  const { rows: clocks } = await sql<{ seq: number }>`
    select seq from practice_clock where practice_id = ${practiceId}`.execute(tx)
  return clocks[0]?.seq ?? 0
}
