import type { Handlers } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'

/** Calls that the host of the windows answers before they come here: a data process has no windows. */
export function hostHandlers() {
  return {
    'compare.popOut': () => Promise.reject(new AppError('internal', { reason: 'host-answers' })),
  } satisfies Partial<Handlers>
}
