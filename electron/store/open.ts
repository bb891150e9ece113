import { chmodSync, closeSync, mkdirSync, openSync, readSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import { diskTroubleOf, probeFolder } from '../platform/disk-trouble.ts'
import { migrate } from './migrate.ts'

const PLAIN_HEADER = 'SQLite format 3'

/**
 * Opens the encrypted store and brings it to the newest schema.
 * @param key the raw 256-bit data key; `db.key()` would run a passphrase derivation over it, hence the pragma
 * @throws AppError `store.passphrase` when the key does not open this file; `store.full`, `store.read-only`
 */
export function openStore(file: string, key: Uint8Array): Database.Database {
  const folder = path.dirname(file)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return openFile(file, key)
  } catch (cause) {
    const trouble = diskTroubleOf(cause)
    if (trouble === undefined) throw cause
    throw new AppError(probeFolder(folder) ?? trouble, {}, { cause })
  }
}

function openFile(file: string, key: Uint8Array): Database.Database {
  const db = new Database(file)
  try {
    chmodSync(file, 0o600)
    db.pragma(`cipher='sqlcipher'`)
    db.pragma('legacy=4')
    db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
    db.pragma('temp_store = MEMORY') // temporary files would be plain text
    // One process, one connection: so the index of the write-ahead log stays in memory. As a file it is mapped, and on a
    // full disk with blocks smaller than a page writing to it ends the process (SIGBUS).
    db.pragma('locking_mode = EXCLUSIVE')
    readOnce(db)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL') // an acknowledged decision survives a power cut
    db.pragma('foreign_keys = ON')
    db.pragma('cache_size = -65536')
    db.pragma('secure_delete = ON')
    migrate(db)
    assertEncrypted(file)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

function readOnce(db: Database.Database): void {
  try {
    db.prepare('SELECT count(*) FROM sqlite_master').get()
  } catch (cause) {
    if (cause instanceof Database.SqliteError && cause.code === 'SQLITE_NOTADB')
      throw new AppError('store.passphrase', {}, { cause })
    throw cause
  }
}

function assertEncrypted(file: string): void {
  const head = Buffer.alloc(16)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, head, 0, 16, 0)
  } finally {
    closeSync(handle)
  }
  if (head.toString('latin1').startsWith(PLAIN_HEADER))
    throw new AppError('internal', { reason: 'store-not-encrypted' })
}
