import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from './clock.ts'
import { createKeychainKey, createPassphraseKey, unlockWithKeychain, unlockWithPassphrase } from './key-guard.ts'
import { findKeyRecord, type KeyRecord } from './key-record.ts'
import { type Keychain, keychainWorks } from './keychain.ts'

let folder: string
const seams = () => ({ file: path.join(folder, 'key.json'), clock: systemClock })
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'loupe-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function memoryKeychain(): Keychain & { entries: Map<string, string> } {
  const entries = new Map<string, string>()
  return {
    entries,
    getPassword: async (service, account) => entries.get(service + account) ?? null,
    setPassword: async (service, account, password) => void entries.set(service + account, password),
    deletePassword: async (service, account) => entries.delete(service + account),
  }
}
const recordAs = async <G extends KeyRecord['guard']>(guard: G) => {
  const record = await findKeyRecord(seams().file)
  if (record?.guard !== guard) throw new Error('wrong guard recorded')
  return record as KeyRecord & { guard: G }
}

describe('a passphrase', () => {
  it('opens in either Unicode form, and another one does not', async () => {
    const key = await createPassphraseKey(seams(), 'Z\u00fcrich am See')
    const record = await recordAs('passphrase')
    expect(await unlockWithPassphrase(record, 'Zu\u0308rich am See')).toEqual(key)
    await expect(unlockWithPassphrase(record, 'zurich am see')).rejects.toMatchObject({ code: 'store.passphrase' })
    expect(readFileSync(seams().file, 'utf8')).not.toContain(key.toString('base64'))
  })

  it('shorter than ten characters is refused and nothing is written', async () => {
    await expect(createPassphraseKey(seams(), 'short')).rejects.toMatchObject({ code: 'input.invalid' })
    expect(existsSync(seams().file)).toBe(false)
  })
})

describe('a keychain', () => {
  it('gives the key back, and nothing once it has lost or exchanged it', async () => {
    const keychain = memoryKeychain()
    const key = await createKeychainKey(seams(), keychain)
    const record = await recordAs('keychain')
    expect(await unlockWithKeychain(record, keychain)).toEqual(key)
    for (const account of keychain.entries.keys()) keychain.entries.set(account, Buffer.alloc(32).toString('base64'))
    expect(await unlockWithKeychain(record, keychain)).toBeUndefined()
    keychain.entries.clear()
    expect(await unlockWithKeychain(record, keychain)).toBeUndefined()
  })

  it('that forgets or fails does not count as one', async () => {
    expect(await keychainWorks({ ...memoryKeychain(), getPassword: async () => null })).toBe(false)
    const failing = { ...memoryKeychain(), setPassword: () => Promise.reject(new Error('locked')) }
    expect(await keychainWorks(failing)).toBe(false)
  })
})

const missing = ['dbus-run-session', 'gnome-keyring-daemon'].filter(
  (tool) => spawnSync('which', [tool], { stdio: 'ignore' }).status !== 0,
)
if (missing.length > 0) process.stderr.write(`skipped: the real keychain (no ${missing.join(', ')} here)\n`)

describe.skipIf(missing.length > 0)('the secret service of Linux', () => {
  const probe = (home: string, prefix: string) =>
    spawnSync('dbus-run-session', ['--', 'sh', '-c', `${prefix} "$0" "$1"`, process.execPath, PROBE], {
      env: { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home },
      encoding: 'utf8',
      timeout: 30_000,
    })
  const PROBE = path.join(import.meta.dirname, 'keychain-probe.ts')

  it('is used when it works', () => {
    const result = probe(folder, 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;')
    expect(result.stdout.trim()).toBe('works')
  })

  it('is not replaced by the forgetful kernel keyring when there is none', () => {
    const env = { PATH: process.env['PATH'], HOME: folder, DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/none` }
    const result = spawnSync(process.execPath, [PROBE], { env, encoding: 'utf8', timeout: 30_000 })
    expect(result.stdout.trim()).toBe('absent')
  })
})
