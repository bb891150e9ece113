import { createHash } from 'node:crypto'
import { constants, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../server/contract/errors.ts'
import { withDiskTrouble } from '../platform/disk-trouble.ts'
import { syncFolder } from '../platform/durable-write.ts'
import { CHUNK_BYTES, HEAD_BYTES, newSeal, readSeal, SEALED_CHUNK_BYTES } from './sealed-bytes.ts'
import { readAt, readChunk } from './sealed-file.ts'

/** Beside the file it becomes, encrypted like it: the first chunks of the same file. */
export const PARTIAL = '.partial'

/**
 * A file that comes piece by piece, and goes on after a broken line or a kill with the last whole chunk on disk. One
 * writer at a time.
 */
export type PartialFile = {
  /** Plain bytes on disk. What follows them is appended next. */
  haveBytes(): number
  /** @throws AppError `store.full`, `store.read-only`, `server.not-loupe` when it is more than the whole */
  append(plain: Uint8Array): Promise<void>
  /** Back to nothing: what is there is not the beginning of what comes. */
  restart(): Promise<void>
  /** Of everything appended, before a break too; hex. */
  sha256(): string
  /** Whole and right: fsync, rename, fsync of the folder. Call `close` afterwards. */
  keep(): Promise<void>
  remove(): Promise<void>
  close(): Promise<void>
}

/** @param wholeBytes how long the plain file will be */
export async function openPartialFile(file: string, dataKey: Uint8Array, wholeBytes: number): Promise<PartialFile> {
  const draft = file + PARTIAL
  const handle = await onDisk(async () => {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    return open(draft, constants.O_RDWR | constants.O_CREAT, 0o600)
  })
  const waiting = { bytes: Buffer.alloc(Math.min(CHUNK_BYTES, wholeBytes)), length: 0 }
  const state = { seal: newSeal(dataKey), hash: createHash('sha256'), index: 0, haveBytes: 0 }
  const lastIndex = Math.max(0, Math.ceil(wholeBytes / CHUNK_BYTES) - 1)

  const restart = async () => {
    state.seal.forget()
    Object.assign(state, { seal: newSeal(dataKey), hash: createHash('sha256'), index: 0, haveBytes: 0 })
    waiting.length = 0
    await handle.truncate(0)
    await writeAt(handle, 0, state.seal.head)
  }
  const resume = async () => {
    const known = readSeal(dataKey, await readAt(handle, 0, HEAD_BYTES))
    if (known === undefined || !known.isPresent) return restart()
    state.seal.forget()
    state.seal = known
    for (; state.haveBytes < wholeBytes; state.index++) {
      const plain = known.open(place(), cutTo(await readChunk(handle, state.index), nextBytes()))
      if (plain === undefined) break
      state.hash.update(plain)
      state.haveBytes += plain.byteLength
    }
    await handle.truncate(HEAD_BYTES + state.index * SEALED_CHUNK_BYTES) // a chunk that was torn
  }
  const place = () => ({ index: state.index, isLast: state.index === lastIndex })
  const nextBytes = () => Math.min(CHUNK_BYTES, wholeBytes - state.haveBytes)
  const saveWaiting = async () => {
    const plain = waiting.bytes.subarray(0, waiting.length)
    await writeAt(handle, HEAD_BYTES + state.index * SEALED_CHUNK_BYTES, state.seal.close(place(), plain))
    state.hash.update(plain)
    state.haveBytes += plain.byteLength
    state.index += 1
    waiting.length = 0
  }
  const append = async (plain: Uint8Array) => {
    for (let rest = plain; rest.byteLength > 0; ) {
      const room = nextBytes() - waiting.length
      if (room <= 0) throw new AppError('server.not-loupe', { reason: 'answer-too-large' })
      const part = rest.subarray(0, room)
      waiting.bytes.set(part, waiting.length)
      waiting.length += part.byteLength
      rest = rest.subarray(part.byteLength)
      if (part.byteLength === room) await saveWaiting()
    }
  }
  await onDisk(resume).catch(async (cause: unknown) => {
    await handle.close()
    throw cause
  })
  return {
    haveBytes: () => state.haveBytes,
    append: (plain) => onDisk(() => append(plain)),
    restart: () => onDisk(restart),
    sha256: () => state.hash.copy().digest('hex'),
    keep: () =>
      onDisk(async () => {
        await handle.sync()
        await rename(draft, file)
        await syncFolder(path.dirname(file))
      }),
    remove: () => onDisk(() => rm(draft, { force: true })),
    close: async () => {
      state.seal.forget()
      waiting.bytes.fill(0)
      await handle.close()
    },
  }
}

/** The last chunk is shorter; bytes behind it are not its own. */
function cutTo(sealed: Buffer, plainBytes: number): Buffer {
  return sealed.subarray(0, SEALED_CHUNK_BYTES - CHUNK_BYTES + plainBytes)
}

async function writeAt(handle: FileHandle, position: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done)
    done += bytesWritten
  }
}

/** What the disk says keeps its name even inside a download, whose other errors are the line's. */
async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw AppError.from(withDiskTrouble(cause))
  }
}
