import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../../contract/errors.ts'

/** Writes or replaces: whole and on the disk when it returns. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = await openTemporary(path)
  try {
    await writeAndSync(temporary.path, [bytes])
    await rename(temporary.path, path)
  } catch (cause) {
    await dropQuietly(temporary.path)
    throw cause
  }
  await syncFolder(dirname(path))
}

/**
 * Writes a new file from a stream, checking its exact length and SHA-256 on the way. Of racing writers one wins.
 * @throws AppError `upload.exists`; `upload.length` when the bytes are not those that were announced
 */
export async function createFile(
  path: string,
  body: AsyncIterable<Uint8Array>,
  announced: { readonly bytes: number; readonly sha256: string },
): Promise<void> {
  const temporary = await openTemporary(path)
  try {
    await writeAndSync(temporary.path, checked(body, announced))
    await link(temporary.path, path) // unlike rename it fails when the name is taken
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw new AppError('upload.exists', {}, { cause })
    throw cause
  } finally {
    await dropQuietly(temporary.path)
  }
  await syncFolder(dirname(path))
}

async function* checked(
  body: AsyncIterable<Uint8Array>,
  announced: { readonly bytes: number; readonly sha256: string },
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > announced.bytes) throw new AppError('upload.length', { announced: announced.bytes })
    hash.update(chunk)
    yield chunk
  }
  if (bytes !== announced.bytes || hash.digest('hex') !== announced.sha256)
    throw new AppError('upload.length', { announced: announced.bytes, received: bytes })
}

async function openTemporary(path: string): Promise<{ path: string }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return { path: `${path}.${randomUUID()}.part` }
}

async function writeAndSync(path: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of chunks) await file.writeFile(chunk)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function dropQuietly(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
  }
}
