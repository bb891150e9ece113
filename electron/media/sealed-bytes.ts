import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const MAGIC = Buffer.from('LPE1')
const SALT_BYTES = 16
const TAG_BYTES = 16
/** Plain bytes of one chunk: each is sealed on its own, with its number and whether it is the last. */
const CHUNK_BYTES = 1024 * 1024

/** AES-256-GCM in chunks under a key of the file's own: chunks cannot be moved, dropped or cut off unseen. */
export function seal(dataKey: Uint8Array, plain: Uint8Array): Buffer {
  const salt = randomBytes(SALT_BYTES)
  const key = fileKey(dataKey, salt)
  const count = Math.max(1, Math.ceil(plain.byteLength / CHUNK_BYTES))
  const parts: Buffer[] = [MAGIC, salt]
  for (let index = 0; index < count; index++) {
    const cipher = createCipheriv('aes-256-gcm', key, ivOf(index, index === count - 1))
    parts.push(
      cipher.update(plain.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)),
      cipher.final(),
      cipher.getAuthTag(),
    )
  }
  key.fill(0)
  return Buffer.concat(parts)
}

/** @returns undefined when the bytes are not what `seal` made with this key: damaged, cut off, exchanged */
export function unseal(dataKey: Uint8Array, sealed: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const head = MAGIC.byteLength + SALT_BYTES
  if (bytes.byteLength < head + TAG_BYTES || !bytes.subarray(0, MAGIC.byteLength).equals(MAGIC)) return undefined
  const key = fileKey(dataKey, bytes.subarray(MAGIC.byteLength, head))
  const step = CHUNK_BYTES + TAG_BYTES
  const count = Math.ceil((bytes.byteLength - head) / step)
  try {
    const parts: Buffer[] = []
    for (let index = 0; index < count; index++) {
      const chunk = bytes.subarray(head + index * step, Math.min(bytes.byteLength, head + (index + 1) * step))
      const decipher = createDecipheriv('aes-256-gcm', key, ivOf(index, index === count - 1), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAuthTag(chunk.subarray(chunk.byteLength - TAG_BYTES))
      parts.push(decipher.update(chunk.subarray(0, chunk.byteLength - TAG_BYTES)), decipher.final())
    }
    return Buffer.concat(parts)
  } catch {
    return undefined // the caller treats the file as lost and fetches it again
  } finally {
    key.fill(0)
  }
}

/** A name that says nothing to whoever sees the folder, not even whether it holds a photo they know. */
export function sealedName(dataKey: Uint8Array, ...parts: readonly string[]): string {
  const key = Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), 'loupe file names', 32))
  return createHmac('sha256', key).update(parts.join('\n')).digest('hex')
}

function fileKey(dataKey: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, salt, 'loupe file', 32))
}

function ivOf(index: number, isLast: boolean): Buffer {
  const iv = Buffer.alloc(12)
  iv.writeUInt32BE(index, 0)
  iv.writeUInt8(isLast ? 1 : 0, 4)
  return iv
}
