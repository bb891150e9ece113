import path from 'node:path'
import Database from 'better-sqlite3'
import { unlockWithPassphrase } from '../../electron/platform/key-guard.ts'
import { findKeyRecord } from '../../electron/platform/key-record.ts'

/** The store's data key, once: its derivation is slow on purpose. */
export async function readKey(dataDir: string, passphrase: string): Promise<Buffer> {
  const record = await findKeyRecord(path.join(dataDir, 'key.json'))
  if (record?.guard !== 'passphrase') throw new Error('the store is not guarded by a passphrase')
  return unlockWithPassphrase(record, passphrase)
}

/** While no data process has it open: the file has one user at a time. */
export function openKeyed(file: string, key: Buffer): Database.Database {
  const db = new Database(file, { fileMustExist: true })
  db.pragma(`cipher='sqlcipher'`)
  db.pragma('legacy=4')
  db.pragma(`key = "x'${key.toString('hex')}'"`)
  return db
}
