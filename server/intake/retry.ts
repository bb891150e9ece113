import { AppError, ERRORS } from '../contract/errors.ts'

export type Retry = {
  /** Waits that grow from `firstMs`, doubling, each shortened by up to half at random so that devices do not march in step. */
  readonly attempts: number
  readonly firstMs: number
  sleep(ms: number): Promise<void>
}

/** Repeats what failed for a reason that may pass. @throws AppError the last failure, or at once one that will not pass */
export async function withRetry<T>(retry: Retry, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (cause) {
      const error = AppError.from(cause)
      if (ERRORS[error.code].onSync !== 'retry' || attempt >= retry.attempts) throw error
      await retry.sleep(retry.firstMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2))
    }
  }
}

/** Runs at most `count` pieces of work at once, the rest in order. */
export function createLimit(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = count
  return async (work) => {
    if (free === 0) await new Promise<void>((go) => waiting.push(go))
    else free--
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}
