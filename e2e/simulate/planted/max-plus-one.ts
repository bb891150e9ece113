import { claimBatch as real } from '../../../electron/store/outbox/claim.ts'
import { sql } from '../../../electron/store/statements.ts'

export * from '../../../electron/store/outbox/claim.ts'

export const claimBatch: typeof real = (tx, personId, ...rest) => {
  const next = '(SELECT coalesce(max(client_seq), 0) + 1 FROM outbox WHERE person_id = sync_client.person_id)'
  sql(tx, `UPDATE sync_client SET next_client_seq = ${next} WHERE person_id = ?`).run(personId)
  return real(tx, personId, ...rest)
}
