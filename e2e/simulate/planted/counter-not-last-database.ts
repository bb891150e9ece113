import { serveOn as real } from '../../../server/platform/database/open.ts'
import { ownTransactions } from './own-transactions.ts'

export * from '../../../server/platform/database/open.ts'

export const serveOn: typeof real = (db, url) => {
  const database = real(db, url)
  ownTransactions.inPractice = (...of) => database.inPractice(...of)
  return database
}
