import { closeChange as real } from '../../../server/modules/sync/close-change.ts'
import type { Action } from '../../../server/contract/domain/reads.ts'

export * from '../../../server/modules/sync/close-change.ts'

export const closeChange: typeof real = (tx, practiceId, told, at) => {
  const rows = told.rows.filter((row) => row.entity !== 'action' || !isCorrected(row.body))
  return real(tx, practiceId, { ...told, rows }, at)
}

function isCorrected(body: unknown): boolean {
  return (body as Action | null)?.outcome === 'corrected' // what the product itself has just made
}
