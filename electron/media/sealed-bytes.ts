import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const MAGIC_BYTES = 4
const SALT_BYTES = 16
const TAG_BYTES = 16
const NONCE_BYTES = 12

/** How a sealed file begins: which layout, and the salt of its own key. */
export const HEAD_BYTES = MAGIC_BYTES + SALT_BYTES
/** Plain bytes of one chunk: each is sealed on its own, with its number and whether it is the last. */
export const CHUNK_BYTES = 256 * 1024
/** What a whole chunk takes in the file. */
export const SEALED_CHUNK_BYTES = NONCE_BYTES + CHUNK_BYTES + TAG_BYTES

type Layout = { readonly magic: Buffer; readonly chunkBytes: number; readonly nonceBytes: number }
/** The first version's: the nonce is the chunk's number, so no chunk may ever be written twice. Only read. */
const FIRST: Layout = { magic: Buffer.from('LPE1'), chunkBytes: 1024 * 1024, nonceBytes: 0 }
/** A nonce drawn for each writing: what broke off may be written again, and with other bytes. */
const PRESENT: Layout = { magic: Buffer.from('LPE2'), chunkBytes: CHUNK_BYTES, nonceBytes: NONCE_BYTES }

/** Which chunk of its file: one that was moved, dropped or cut off is known by it. */
export type ChunkPlace = { readonly index: number; readonly isLast: boolean }
/** The key of one file. */
export type Seal = {
  readonly head: Buffer
  readonly isPresent: boolean
  close(place: ChunkPlace, plain: Uint8Array): Buffer
  /** Undefined when it is not what `close` made of this place. */
  open(place: ChunkPlace, sealed: Buffer): Buffer | undefined
  /** Wipes the key. */
  forget(): void
}

export function newSeal(dataKey: Uint8Array): Seal {
  const head = Buffer.concat([PRESENT.magic, randomBytes(SALT_BYTES)])
  return sealOf(dataKey, head, PRESENT)
}

/** Undefined when no sealed file begins so. */
export function readSeal(dataKey: Uint8Array, head: Buffer): Seal | undefined {
  const layout = [PRESENT, FIRST].find(({ magic }) => head.subarray(0, MAGIC_BYTES).equals(magic))
  if (layout === undefined || head.byteLength !== HEAD_BYTES) return undefined
  return sealOf(dataKey, Buffer.from(head), layout)
}

/** AES-256-GCM in chunks under a key of the file's own, piece by piece: nothing is held twice. */
export function* sealInPieces(dataKey: Uint8Array, plain: Uint8Array): Generator<Buffer> {
  const seal = newSeal(dataKey)
  try {
    yield seal.head
    const count = Math.max(1, Math.ceil(plain.byteLength / CHUNK_BYTES))
    for (let index = 0; index < count; index++) {
      const chunk = plain.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)
      yield seal.close({ index, isLast: index === count - 1 }, chunk)
    }
  } finally {
    seal.forget()
  }
}

export function seal(dataKey: Uint8Array, plain: Uint8Array): Buffer {
  return Buffer.concat([...sealInPieces(dataKey, plain)])
}

/** @returns undefined when the bytes are not what `seal` made with this key: damaged, cut off, exchanged */
export function unseal(dataKey: Uint8Array, sealed: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const key = readSeal(dataKey, bytes.subarray(0, HEAD_BYTES))
  if (key === undefined) return undefined
  const { chunkBytes, nonceBytes } = key.isPresent ? PRESENT : FIRST
  const step = nonceBytes + chunkBytes + TAG_BYTES
  const count = Math.ceil((bytes.byteLength - HEAD_BYTES) / step)
  const parts: Buffer[] = []
  for (let index = 0; index < count; index++) {
    const from = HEAD_BYTES + index * step
    const part = key.open({ index, isLast: index === count - 1 }, bytes.subarray(from, from + step))
    if (part === undefined) break
    parts.push(part)
  }
  key.forget()
  return count > 0 && parts.length === count ? Buffer.concat(parts) : undefined
}

/** A name that says nothing to whoever sees the folder, not even whether it holds a photo they know. */
export function sealedName(dataKey: Uint8Array, ...parts: readonly string[]): string {
  const key = Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), 'loupe file names', 32))
  return createHmac('sha256', key).update(parts.join('\n')).digest('hex')
}

function sealOf(dataKey: Uint8Array, head: Buffer, layout: Layout): Seal {
  const key = Buffer.from(hkdfSync('sha256', dataKey, head.subarray(MAGIC_BYTES), 'loupe file', 32))
  return {
    head,
    isPresent: layout === PRESENT,
    close: (place, plain) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(placeBytes(place))
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open: (place, sealed) => {
      if (sealed.byteLength < layout.nonceBytes + TAG_BYTES) return undefined
      const isNumbered = layout.nonceBytes === 0
      const nonce = isNumbered ? placeBytes(place) : sealed.subarray(0, NONCE_BYTES)
      const end = sealed.byteLength - TAG_BYTES
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      if (!isNumbered) decipher.setAAD(placeBytes(place))
      decipher.setAuthTag(sealed.subarray(end))
      const plain = decipher.update(sealed.subarray(layout.nonceBytes, end))
      try {
        decipher.final()
        return plain
      } catch {
        return undefined // the caller treats the file as lost and fetches it again
      }
    },
    forget: () => void key.fill(0),
  }
}

/** As long as a nonce, which it is in the first layout. */
function placeBytes({ index, isLast }: ChunkPlace): Buffer {
  const bytes = Buffer.alloc(NONCE_BYTES)
  bytes.writeUInt32BE(index, 0)
  bytes.writeUInt8(isLast ? 1 : 0, 4)
  return bytes
}
