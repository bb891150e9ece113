import { randomBytes } from 'node:crypto'

/** The keytar interface, as far as Loupe uses it. */
export type Keychain = {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

export const KEYCHAIN_SERVICE = 'Loupe workstation'
const PROBE_WITHIN_MS = 5000

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

export async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('keychain timeout')), ms)
  try {
    return await Promise.race([work(), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
