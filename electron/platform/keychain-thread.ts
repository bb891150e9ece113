import { parentPort } from 'node:worker_threads'
import { Entry } from 'keytar'

export type KeychainQuestion = { readonly id: number; readonly service: string; readonly account: string } & (
  | { readonly what: 'get' | 'delete' }
  | { readonly what: 'set'; readonly password: string }
)
export type KeychainAnswer = {
  readonly id: number
  readonly answer: { readonly value: string | boolean | null } | 'failed'
}

/**
 * Runs in a thread of its own: merely opening an entry waits for the session bus, and a keychain that does not answer
 * would hold whoever waits, timer and end of the process included.
 */
export function answerKeychain(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.on('message', (question: KeychainQuestion) => parentPort?.postMessage(answerOne(question)))
}

function answerOne(question: KeychainQuestion): KeychainAnswer {
  const { id } = question
  try {
    return { id, answer: { value: ask(question) } }
  } catch {
    return { id, answer: 'failed' } // the keychain's own words may quote names: the caller needs only the fact
  }
}

/**
 * `keytar/keytar` of this package would silently fall back to the kernel's keyring on Linux, which forgets at
 * restart: with it the store's key would be gone. Hence its entries directly, pinned to the secret service.
 */
function ask(question: KeychainQuestion): string | boolean | null {
  const entry = new Entry(question.service, question.account, { linux: { store: 'secret-service' } })
  if (question.what === 'set') {
    entry.setPassword(question.password)
    return null
  }
  return question.what === 'get' ? entry.getPassword() : entry.deletePassword()
}
