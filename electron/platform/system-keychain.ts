import { Worker } from 'node:worker_threads'
import { type Keychain, within } from './keychain.ts'
import type { KeychainAnswer, KeychainQuestion } from './keychain-thread.ts'

/** A keychain that asks the user something may take long; one that answers nothing at all must not hold the caller. */
const ANSWER_WITHIN_MS = 60_000

export type SystemKeychain = Keychain & {
  /** A question has no answer yet: its thread cannot be ended, and `process.exit` would wait for it for ever. */
  isStuck(): boolean
}
type Asked = KeychainQuestion extends infer Q ? (Q extends unknown ? Omit<Q, 'id'> : never) : never
type Value = string | boolean | null

/** @param thread a module that calls `answerKeychain` when it runs in a thread */
export function openSystemKeychain(thread: URL): SystemKeychain {
  const waiting = new Map<number, (answer: KeychainAnswer['answer']) => void>()
  const state = { worker: undefined as Worker | undefined, lastId: 0 }

  const start = (): Worker => {
    const worker = new Worker(thread)
    worker.unref()
    worker.on('message', ({ id, answer }: KeychainAnswer) => settle(id, answer))
    worker.on('error', () => {
      state.worker = undefined
      for (const id of waiting.keys()) settle(id, 'failed')
    })
    return worker
  }
  const settle = (id: number, answer: KeychainAnswer['answer']) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
  }
  const ask = async (asked: Asked): Promise<Value> => {
    const id = ++state.lastId
    const answered = Promise.withResolvers<KeychainAnswer['answer']>()
    waiting.set(id, answered.resolve)
    state.worker ??= start()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
    state.worker.postMessage({ id, ...asked })
    const answer = await within(ANSWER_WITHIN_MS, () => answered.promise)
    if (answer === 'failed') throw new Error('keychain failed')
    return answer.value
  }
  return {
    getPassword: async (service, account) => {
      const value = await ask({ what: 'get', service, account })
      return typeof value === 'string' ? value : null
    },
    setPassword: async (service, account, password) => void (await ask({ what: 'set', service, account, password })),
    deletePassword: async (service, account) => (await ask({ what: 'delete', service, account })) === true,
    isStuck: () => waiting.size > 0,
  }
}
