import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { AppError } from '../../server/contract/errors.ts'

export type DiskTrouble = 'store.full' | 'store.read-only'

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'])
const READ_ONLY: ReadonlySet<string> = new Set(['EROFS', 'EACCES', 'EPERM', 'SQLITE_PERM'])
const READ_ONLY_FAMILIES = ['SQLITE_READONLY', 'SQLITE_CANTOPEN']

/** By the codes of the system and of SQLite; undefined for what has nothing to do with the disk. */
export function diskTroubleOf(cause: unknown): DiskTrouble | undefined {
  if (cause instanceof AppError) return undefined // somebody has given it its name already
  const { code, syscall } = cause as { code?: unknown; syscall?: unknown }
  if (code === 'ENOENT' && syscall === 'mkdir') return 'store.read-only' // Node's word for a whole path on such a disk
  if (typeof code !== 'string') return undefined
  if (FULL.has(code)) return 'store.full'
  const isReadOnly = READ_ONLY.has(code) || READ_ONLY_FAMILIES.some((family) => code.startsWith(family))
  return isReadOnly ? 'store.read-only' : undefined
}

/** @returns the trouble as an AppError, or what was given when it is none */
export function withDiskTrouble(cause: unknown): unknown {
  const trouble = diskTroubleOf(cause)
  return trouble === undefined ? cause : new AppError(trouble, {}, { cause })
}

/** What happens to whoever writes there now: SQLite says of a file only that it cannot open it. */
export function probeFolder(folder: string): DiskTrouble | undefined {
  const file = path.join(folder, `probe-${randomBytes(6).toString('hex')}.part`)
  try {
    const handle = openSync(file, 'wx', 0o600)
    try {
      writeSync(handle, randomBytes(4096))
    } finally {
      closeSync(handle)
      rmSync(file, { force: true })
    }
    return undefined
  } catch (cause) {
    return diskTroubleOf(cause)
  }
}
