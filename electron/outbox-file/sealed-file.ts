import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../server/contract/errors.ts'
import { OutboxContents } from './contents.ts'

/**
 * An exported outbox, version 1: one line of JSON that says how the key was made, then AES-256-GCM over the contents,
 * then its tag. The line is authenticated with them: nothing in the file can be exchanged without being noticed.
 */
const KEY_BYTES = 32
const TAG_BYTES = 16
const MAX_HEADER_BYTES = 1024
const NEWLINE = 0x0a

const bytesOf = (count: number) =>
  z.base64().refine((text) => Buffer.from(text, 'base64').byteLength === count, 'Of another length')

/** A floor, so that a made-up file cannot weaken its passphrase, and a ceiling: 128 MiB, so that it cannot eat the machine. */
const Header = z.strictObject({
  format: z.literal('loupe-outbox'),
  version: z.literal(1),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    cost: z.union([z.literal(2 ** 16), z.literal(2 ** 17)]),
    blockSize: z.literal(8),
    parallelization: z.literal(1),
    salt: bytesOf(16),
  }),
  nonce: bytesOf(12),
})
type Header = z.infer<typeof Header>

export async function sealOutbox(contents: OutboxContents, passphrase: string): Promise<Buffer> {
  const salt = randomBytes(16).toString('base64')
  const header: Header = {
    format: 'loupe-outbox',
    version: 1,
    kdf: { name: 'scrypt', cost: 2 ** 17, blockSize: 8, parallelization: 1, salt },
    nonce: randomBytes(12).toString('base64'),
  }
  const line = Buffer.from(`${JSON.stringify(header)}\n`)
  const key = await deriveKey(passphrase, header)
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.from(header.nonce, 'base64')).setAAD(line)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(contents), 'utf8'), cipher.final()])
  key.fill(0)
  return Buffer.concat([line, sealed, cipher.getAuthTag()])
}

/** @throws AppError `outbox.unreadable`: no such file, changed since, or another passphrase; which one nobody can tell */
export async function openOutbox(file: Uint8Array, passphrase: string): Promise<OutboxContents> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const lineEnd = bytes.subarray(0, MAX_HEADER_BYTES).indexOf(NEWLINE) + 1
  const header = Header.safeParse(parseJson(bytes.subarray(0, lineEnd).toString('utf8')))
  if (!header.success || bytes.byteLength <= lineEnd + TAG_BYTES) throw new AppError('outbox.unreadable')
  const key = await deriveKey(passphrase, header.data)
  const plain = unseal(key, header.data, bytes, lineEnd)
  key.fill(0)
  const contents = OutboxContents.safeParse(parseJson(plain?.toString('utf8') ?? ''))
  if (!contents.success) throw new AppError('outbox.unreadable')
  return contents.data
}

function unseal(key: Buffer, { nonce }: Header, bytes: Buffer, lineEnd: number): Buffer | undefined {
  const tagAt = bytes.byteLength - TAG_BYTES
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), { authTagLength: TAG_BYTES })
    decipher.setAAD(bytes.subarray(0, lineEnd)).setAuthTag(bytes.subarray(tagAt))
    return Buffer.concat([decipher.update(bytes.subarray(lineEnd, tagAt)), decipher.final()])
  } catch {
    return undefined // the tag does not fit: the caller says so in its own terms
  }
}

function deriveKey(passphrase: string, { kdf }: Header): Promise<Buffer> {
  const { cost, blockSize, parallelization, salt } = kdf
  const options = { cost, blockSize, parallelization, maxmem: 2 * 128 * cost * blockSize }
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), KEY_BYTES, options, (cause, key) =>
    cause === null ? resolve(key) : reject(cause),
  )
  return promise
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the caller reports a file that cannot be read
  }
}
