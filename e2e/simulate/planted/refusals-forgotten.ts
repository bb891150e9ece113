import { insertResult as real, saveNumber } from '../../../server/modules/sync/repository.ts'

export * from '../../../server/modules/sync/repository.ts'

export const insertResult: typeof real = async (tx, practiceId, clientId, result) => {
  if (result.status === 'applied') return await real(tx, practiceId, clientId, result)
  await saveNumber(tx, practiceId, clientId, result)
  return true
}
