import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../server/contract/errors.ts'

/**
 * Write beside, fsync, rename, fsync the folder: after it returns, the file is whole or absent, also after a power cut.
 * @throws AppError `store.full`
 */
export async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(6).toString('hex')}.part`
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true })
    throw isDiskFull(cause) ? new AppError('store.full', {}, { cause }) : cause
  }
  await syncFolder(folder)
}

function isDiskFull(cause: unknown): boolean {
  const code = (cause as { code?: unknown }).code
  return code === 'ENOSPC' || code === 'EDQUOT'
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // Windows cannot open a folder for fsync; NTFS journals the rename
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
