import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unlockWithKeychain } from '../platform/key-guard.ts'
import { findKeyRecord } from '../platform/key-record.ts'
import { workstationPaths } from '../platform/paths.ts'
import { openStore } from '../store/open.ts'
import { aDecision } from '../store/testing.ts'
import type { DataChild } from './testing/data-child.ts'
import { listMissingPrograms, startKeyring } from './testing/keyring.ts'
import { openTinyWorkplace } from './testing/tiny-workplace.ts'

const missing = listMissingPrograms()
if (missing.length > 0)
  process.stderr.write(`skipped: the store under a real keyring (no ${missing.join(', ')} here)\n`)

describe.skipIf(missing.length > 0)('under a real keyring', () => {
  let keyring: Awaited<ReturnType<typeof startKeyring>>
  let place: Awaited<ReturnType<typeof openTinyWorkplace>>
  beforeEach(async () => {
    keyring = await startKeyring()
    place = await openTinyWorkplace()
  })
  afterEach(async () => {
    await place.close()
    await keyring.close()
  })

  const phaseOf = async (child: DataChild) => (await child.call('app.state', null)).phase
  const beginWithOneDecision = async () => {
    const child = await place.start(keyring.env)
    expect(await child.call('app.state', null)).toMatchObject({ phase: 'signed-out', keyGuard: 'keychain' })
    await place.signIn(child, place.alma)
    await child.until(async () => (await child.call('sync.status', null)).lastSyncedAtMs !== null)
    const args = aDecision(place.sessions[0] ?? expect.fail('no session'))
    await child.call('review.decide', args)
    await child.stop()
    return args
  }
  const recordHere = async () => {
    const record = await findKeyRecord(workstationPaths(place.dataDir).keyRecord)
    return record?.guard === 'keychain' ? record : expect.fail('no record of a keychain')
  }
  const fingerprint = () =>
    readdirSync(place.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted()
      .map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')])

  it('the store opens again by itself, under a key that lies nowhere but wrapped', async () => {
    const args = await beginWithOneDecision()
    const [secret, ...others] = keyring.listSecrets()
    expect(others).toEqual([]) // what the probe put there is gone
    const asKeychain = { getPassword: async () => secret ?? null, setPassword: fails, deletePassword: fails }
    const key = (await unlockWithKeychain(await recordHere(), asKeychain)) ?? Buffer.alloc(32)
    openStore(workstationPaths(place.dataDir).store, key).close()
    for (const form of [key, key.toString('base64'), key.toString('hex'), secret ?? ''])
      for (const [file] of fingerprint()) expect(readFileSync(file ?? '').includes(form), file).toBe(false)

    const child = await place.start(keyring.env)
    expect(await phaseOf(child)).toBe('ready')
    expect((await child.call('review.open', { sessionId: args.sessionId })).reads).toHaveLength(1)
  })

  it('nothing is wiped while the keyring is gone, and all is there when it comes back', async () => {
    const args = await beginWithOneDecision()
    const before = fingerprint()
    await keyring.end()
    const child = await place.start(keyring.env)
    expect(await phaseOf(child)).toBe('no-key')
    expect((await child.call('app.unlock', { passphrase: null })).phase).toBe('no-key')
    await expect(child.call('app.choosePassphrase', { passphrase: 'quite another one' })).rejects.toMatchObject({
      code: 'auth.denied',
    })
    expect(fingerprint()).toEqual(before)
    await keyring.startAgain()
    expect((await child.call('app.unlock', { passphrase: null })).phase).toBe('ready')
    expect((await child.call('review.open', { sessionId: args.sessionId })).reads).toHaveLength(1)
  })

  it('nothing is wiped when the keyring has forgotten the secret', async () => {
    await beginWithOneDecision()
    const before = fingerprint()
    expect(keyring.forgetSecrets()).toHaveLength(1)
    expect(keyring.listSecrets()).toEqual([])
    const child = await place.start(keyring.env)
    expect(await phaseOf(child)).toBe('no-key')
    expect(fingerprint()).toEqual(before)
  })
})

function fails(): Promise<never> {
  return Promise.reject(new Error('only read here'))
}
