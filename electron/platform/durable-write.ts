import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { withDiskTrouble } from './disk-trouble.ts'

/**
 * Write beside, fsync, rename, fsync the folder: after it returns, the file is whole or absent, also after a power cut.
 * @throws AppError `store.full`, `store.read-only`
 */
export async function writeDurably(file: string, bytes: Uint8Array | Iterable<Uint8Array>): Promise<void> {
  const folder = path.dirname(file)
  const draft = `${file}.${randomBytes(6).toString('hex')}.part`
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {}) // where nothing may be written there is none: the cause counts
    throw withDiskTrouble(cause)
  }
  await syncFolder(folder)
}

/** Makes a rename last through a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // Windows cannot open a folder for fsync; NTFS journals the rename
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
