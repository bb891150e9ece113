import { insertDecision as real } from '../../../server/modules/reads/repository.ts'

export * from '../../../server/modules/reads/repository.ts'

export const insertDecision: typeof real = (tx, practiceId, { read, action }, nowMs) => {
  const outcome = action.corrects === undefined ? action.outcome : 'would_have_done'
  return real(tx, practiceId, { read, action: { ...action, outcome } }, nowMs)
}
