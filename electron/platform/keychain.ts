import { randomBytes } from 'node:crypto'
import { AsyncEntry } from 'keytar'

/** The keytar interface, as far as Loupe uses it. */
export type Keychain = {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

export const KEYCHAIN_SERVICE = 'Loupe workstation'
/** A keychain that asks the user something may take long; one that answers nothing at all must not hold the start. */
const ANSWER_WITHIN_MS = 60_000
const PROBE_WITHIN_MS = 5000

/**
 * `keytar/keytar` of this package would silently fall back to the kernel's keyring on Linux, which forgets at
 * restart: with it the store's key would be gone. Hence its entries directly, pinned to the secret service.
 */
function entry(service: string, account: string): AsyncEntry {
  return new AsyncEntry(service, account, { linux: { store: 'secret-service' } })
}

export const systemKeychain: Keychain = {
  getPassword: (service, account) => entry(service, account).getPassword(AbortSignal.timeout(ANSWER_WITHIN_MS)),
  setPassword: (service, account, password) =>
    entry(service, account).setPassword(password, AbortSignal.timeout(ANSWER_WITHIN_MS)),
  deletePassword: (service, account) => entry(service, account).deletePassword(AbortSignal.timeout(ANSWER_WITHIN_MS)),
}

/** True when a secret can be set, read back and deleted. Anything else (none, locked, mute) means: use a passphrase. */
export async function keychainWorks(keychain: Keychain): Promise<boolean> {
  const account = `probe-${randomBytes(8).toString('hex')}`
  const secret = randomBytes(16).toString('base64')
  try {
    return await within(PROBE_WITHIN_MS, async () => {
      await keychain.setPassword(KEYCHAIN_SERVICE, account, secret)
      const same = (await keychain.getPassword(KEYCHAIN_SERVICE, account)) === secret
      const deleted = await keychain.deletePassword(KEYCHAIN_SERVICE, account)
      return same && deleted && (await keychain.getPassword(KEYCHAIN_SERVICE, account)) === null
    })
  } catch {
    return false // no keychain here: the caller falls back to a passphrase and says so
  }
}

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('keychain timeout')), ms)
  try {
    return await Promise.race([work(), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
