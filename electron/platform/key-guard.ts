import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { argon2idAsync } from '@noble/hashes/argon2.js'
import { AppError } from '../../server/contract/errors.ts'
import type { Clock } from './clock.ts'
import { type Keychain, KEYCHAIN_SERVICE } from './keychain.ts'
import { type Argon2idParameters, type KeyRecord, saveKeyRecord } from './key-record.ts'

const KEY_BYTES = 32
const PASSPHRASE_LENGTH = 10

export type GuardSeams = { readonly file: string; readonly clock: Clock }

/** Makes a data key whose wrapping key lies in the operating system's keychain. */
export async function createKeychainKey(seams: GuardSeams, keychain: Keychain): Promise<Buffer> {
  const account = randomUUID()
  const wrapping = randomBytes(KEY_BYTES)
  const dataKey = randomBytes(KEY_BYTES)
  await keychain.setPassword(KEYCHAIN_SERVICE, account, wrapping.toString('base64'))
  if ((await keychain.getPassword(KEYCHAIN_SERVICE, account)) !== wrapping.toString('base64'))
    throw new AppError('internal', { reason: 'keychain-forgets' })
  const wrapped = wrap(wrapping, dataKey, `keychain:${account}`)
  await saveKeyRecord(seams.file, { guard: 'keychain', account, format: 1, createdAtMs: seams.clock.nowMs(), wrapped })
  wrapping.fill(0)
  return dataKey
}

/** @returns undefined when the keychain has lost or exchanged the wrapping key: nothing is wiped, the phase is `no-key`. */
export async function unlockWithKeychain(
  record: KeyRecord & { guard: 'keychain' },
  keychain: Keychain,
): Promise<Buffer | undefined> {
  const stored = await keychain.getPassword(KEYCHAIN_SERVICE, record.account)
  if (stored === null) return undefined
  return unwrap(Buffer.from(stored, 'base64'), record.wrapped, `keychain:${record.account}`)
}

/** Makes a data key that opens with a passphrase alone. */
export async function createPassphraseKey(seams: GuardSeams, passphrase: string): Promise<Buffer> {
  const text = passphrase.normalize('NFC')
  if (Array.from(text).length < PASSPHRASE_LENGTH) throw new AppError('input.invalid', { minimum: PASSPHRASE_LENGTH })
  const argon2id: Argon2idParameters = {
    memoryKiB: 65_536,
    passes: 3,
    lanes: 1,
    salt: randomBytes(16).toString('base64'),
  }
  const wrapping = await deriveKey(text, argon2id)
  const dataKey = randomBytes(KEY_BYTES)
  const wrapped = wrap(wrapping, dataKey, 'passphrase')
  wrapping.fill(0)
  await saveKeyRecord(seams.file, {
    guard: 'passphrase',
    argon2id,
    format: 1,
    createdAtMs: seams.clock.nowMs(),
    wrapped,
  })
  return dataKey
}

/** @throws AppError `store.passphrase` when it is not the one */
export async function unlockWithPassphrase(
  record: KeyRecord & { guard: 'passphrase' },
  passphrase: string,
): Promise<Buffer> {
  const wrapping = await deriveKey(passphrase.normalize('NFC'), record.argon2id)
  const dataKey = unwrap(wrapping, record.wrapped, 'passphrase')
  wrapping.fill(0)
  if (dataKey === undefined) throw new AppError('store.passphrase')
  return dataKey
}

async function deriveKey(text: string, parameters: Argon2idParameters): Promise<Buffer> {
  const { memoryKiB, passes, lanes, salt } = parameters
  const options = { m: memoryKiB, t: passes, p: lanes, dkLen: KEY_BYTES, maxmem: 2 ** 31 }
  return Buffer.from(await argon2idAsync(new TextEncoder().encode(text), Buffer.from(salt, 'base64'), options))
}

function wrap(wrapping: Uint8Array, dataKey: Uint8Array, bound: string): KeyRecord['wrapped'] {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrapping, iv).setAAD(Buffer.from(bound))
  const data = Buffer.concat([cipher.update(dataKey), cipher.final()])
  return { iv: iv.toString('base64'), data: data.toString('base64'), tag: cipher.getAuthTag().toString('base64') }
}

function unwrap(wrapping: Buffer, wrapped: KeyRecord['wrapped'], bound: string): Buffer | undefined {
  if (wrapping.byteLength !== KEY_BYTES) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(wrapped.iv, 'base64'), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(bound)).setAuthTag(Buffer.from(wrapped.tag, 'base64'))
    const dataKey = Buffer.concat([decipher.update(Buffer.from(wrapped.data, 'base64')), decipher.final()])
    return dataKey.byteLength === KEY_BYTES ? dataKey : undefined
  } catch {
    return undefined // another wrapping key: the caller says so in its own terms
  }
}
