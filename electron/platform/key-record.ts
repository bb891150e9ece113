import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../../server/contract/errors.ts'
import { writeDurably } from './durable-write.ts'

const Base64 = z.base64()
const Wrapped = z.strictObject({ iv: Base64, data: Base64, tag: Base64 })
const common = { format: z.literal(1), createdAtMs: z.int(), wrapped: Wrapped }

/** Floors, so that an exchanged record cannot weaken the guard; ceilings, so that it cannot exhaust the machine. */
export const Argon2idParameters = z.strictObject({
  memoryKiB: z.int().min(65_536).max(1_048_576),
  passes: z.int().min(3).max(20),
  lanes: z.literal(1),
  salt: Base64,
})
export type Argon2idParameters = z.infer<typeof Argon2idParameters>

/** `key.json`: who guards the data key, and the wrapped key itself. Holds no secret. */
export const KeyRecord = z.discriminatedUnion('guard', [
  z.strictObject({ guard: z.literal('keychain'), account: z.string().min(1).max(100), ...common }),
  z.strictObject({ guard: z.literal('passphrase'), argon2id: Argon2idParameters, ...common }),
])
export type KeyRecord = z.infer<typeof KeyRecord>

/** @throws AppError `internal` when the file is there but no key record: it is never overwritten. */
export async function findKeyRecord(file: string): Promise<KeyRecord | undefined> {
  if (!existsSync(file)) return undefined
  const parsed = KeyRecord.safeParse(parseJson(await readFile(file, 'utf8')))
  if (!parsed.success) throw new AppError('internal', { reason: 'key-record-unreadable' })
  return parsed.data
}

export async function saveKeyRecord(file: string, record: KeyRecord): Promise<void> {
  await writeDurably(file, Buffer.from(`${JSON.stringify(record, null, 2)}\n`))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the caller reports an unreadable record
  }
}
