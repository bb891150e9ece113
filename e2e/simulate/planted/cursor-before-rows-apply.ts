import { applyPage as real } from '../../../electron/sync/apply.ts'
import { getPosition, savePosition } from '../../../electron/store/sync-state/sync-state.ts'

export * from '../../../electron/sync/apply.ts'

/** The cursor stands behind the page already. */
export const applyPage: typeof real = (tx, page) => {
  savePosition(tx, { ...getPosition(tx), seq: page.from - 1 })
  return real(tx, page)
}
