import { claimBatch as real } from '../../../electron/store/outbox/claim.ts'
import { sql } from '../../../electron/store/statements.ts'

export * from '../../../electron/store/outbox/claim.ts'

export const claimBatch: typeof real = (tx, personId, ...rest) => {
  const batch = real(tx, personId, ...rest)
  for (const row of batch?.rows ?? []) sql(tx, 'DELETE FROM outbox WHERE mutation_id = ?').run(row.mutationId)
  return batch
}
