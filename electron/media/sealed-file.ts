import { type FileHandle, open } from 'node:fs/promises'
import { CHUNK_BYTES, HEAD_BYTES, readSeal, type Seal, SEALED_CHUNK_BYTES, unseal } from './sealed-bytes.ts'

/** Chunk by chunk into one buffer: a large original is held once. Undefined when it is absent or damaged. */
export async function readSealedFile(file: string, dataKey: Uint8Array): Promise<Buffer | undefined> {
  const handle = await openIfThere(file)
  if (handle === undefined) return undefined
  try {
    const { size } = await handle.stat()
    const first = await readAt(handle, 0, HEAD_BYTES + SEALED_CHUNK_BYTES) // a thumbnail is one reading
    const seal = readSeal(dataKey, first.subarray(0, HEAD_BYTES))
    if (seal === undefined) return undefined
    if (!seal.isPresent) return unseal(dataKey, await handle.readFile())
    const plain = await readChunks(handle, seal, size, first.subarray(HEAD_BYTES))
    seal.forget()
    return plain
  } finally {
    await handle.close()
  }
}

async function readChunks(handle: FileHandle, seal: Seal, size: number, first: Buffer): Promise<Buffer | undefined> {
  const count = Math.ceil((size - HEAD_BYTES) / SEALED_CHUNK_BYTES)
  if (count < 1) return undefined
  const only = count === 1 ? seal.open({ index: 0, isLast: true }, first) : undefined
  if (count === 1) return only
  const overheadBytes = HEAD_BYTES + count * (SEALED_CHUNK_BYTES - CHUNK_BYTES)
  if (size < overheadBytes) return undefined
  const plain = Buffer.allocUnsafe(size - overheadBytes)
  for (let index = 0; index < count; index++) {
    const sealed = index === 0 ? first : await readChunk(handle, index)
    const part = seal.open({ index, isLast: index === count - 1 }, sealed)
    if (part === undefined) return undefined
    part.copy(plain, index * CHUNK_BYTES)
  }
  return plain
}

/** What is there of it, which at the end of the file may be less. */
export function readChunk(handle: FileHandle, index: number): Promise<Buffer> {
  return readAt(handle, HEAD_BYTES + index * SEALED_CHUNK_BYTES, SEALED_CHUNK_BYTES)
}

export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r')
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'ENOENT') return undefined
    throw cause
  }
}
