import type { Handlers } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'

const notYet = (): Promise<never> => Promise.reject(new AppError('internal', { reason: 'not-yet' }))

/** Calls whose handlers are still missing. Whoever makes one takes its line away. */
export function notYetHandlers() {
  return {
    'compare.popOut': notYet,
  } satisfies Partial<Handlers>
}
