import { turns } from './turns.ts'

/** Takes the place of `node:timers/promises` in the product: waiting is the simulator's, and a turn given away is counted. */
export function setTimeout<T>(ms: number, value: T, options: { signal?: AbortSignal } = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = globalThis.setTimeout(() => resolve(value), ms)
    options.signal?.addEventListener('abort', () => {
      globalThis.clearTimeout(timer)
      reject(new Error('aborted'))
    })
  })
}

export function setImmediate<T>(value: T): Promise<T> {
  return turns.give(value)
}
