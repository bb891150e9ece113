import { appendFeed as real } from '../../../server/modules/sync/feed.ts'
import type { Action } from '../../../server/contract/domain/reads.ts'

export * from '../../../server/modules/sync/feed.ts'

export const appendFeed: typeof real = (tx, practiceId, rows, at) =>
  real(
    tx,
    practiceId,
    rows.filter((row) => row.entity !== 'action' || !isCorrected(row.body)),
    at,
  )

function isCorrected(body: unknown): boolean {
  return (body as Action | null)?.outcome === 'corrected' // what the product itself has just made
}
