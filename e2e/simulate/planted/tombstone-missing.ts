import { closeChange as real } from '../../../server/modules/sync/close-change.ts'

export * from '../../../server/modules/sync/close-change.ts'

export const closeChange: typeof real = (tx, practiceId, told, at) =>
  real(tx, practiceId, { ...told, rows: told.rows.filter(({ op }) => op !== 'del') }, at)
