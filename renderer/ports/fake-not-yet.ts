import type { Handlers } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'

const notYet = (): Promise<never> => Promise.reject(new AppError('internal', { reason: 'not-yet' }))

/** Calls that the made-up workstation does not answer yet. Whoever makes one takes its line away. */
export function fakeNotYet() {
  return {
    'compare.popOut': notYet,
  } satisfies Partial<Handlers>
}
