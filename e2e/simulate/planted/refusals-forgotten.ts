import { insertResult as real } from '../../../server/modules/sync/repository.ts'

export * from '../../../server/modules/sync/repository.ts'

export const insertResult: typeof real = async (tx, practiceId, clientId, result) => {
  if (result.status === 'applied') await real(tx, practiceId, clientId, result)
}
