import type { Database } from '../../../server/platform/database/database.ts'

/** For a fault that needs a transaction beside the caller's. */
export const ownTransactions: { inPractice: Database['inPractice'] } = {
  inPractice: () => Promise.reject(new Error('no database yet')),
}
