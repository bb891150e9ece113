import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import { diskTroubleOf, withDiskTrouble } from '../platform/disk-trouble.ts'
import { isReserveWhole, releaseReserveOf } from './reserve.ts'

export type ReadDb = Pick<Database, 'prepare'>

declare const insideTransaction: unique symbol
/** Proof that a transaction is open. Only `write` makes one, so no repository can write outside it. */
export type WriteTx = ReadDb & { readonly [insideTransaction]: true }

/**
 * All of `work` or nothing. On a full disk it is begun again, in the room that the log of earlier commits can do
 * without, and then with a part of the reserve, so that what people do is kept: `work` changes nothing but the store.
 * @throws AppError `store.full` when the disk takes no more; `store.read-only`
 */
export function write<T>(db: Database, work: (tx: WriteTx) => T): T {
  for (let isLogEmpty = false; ; ) {
    try {
      return inTransaction(db, work)
    } catch (cause) {
      if (diskTroubleOf(cause) !== 'store.full') throw withDiskTrouble(cause)
      const wasEmpty: boolean = isLogEmpty
      isLogEmpty = !wasEmpty && emptyLog(db)
      if (isLogEmpty) continue
      if (!releaseReserveOf(db)) throw withDiskTrouble(cause)
      isLogEmpty = emptyLog(db) // the new room goes to the store's pages before the log takes it
    }
  }
}

/** Moves what was committed into the store's own pages, so that the log begins at its start again: it keeps its size. */
function emptyLog(db: Database): boolean {
  try {
    db.pragma('wal_checkpoint(RESTART)')
    return true
  } catch (cause) {
    if (diskTroubleOf(cause) === undefined) throw cause
    return false // not even for that is there room
  }
}

/**
 * As `write`, for what the server can send again: it leaves the reserve to what people do, and it does not wait for
 * the disk. A power cut may take back the last of these, rows with their cursor; the next `write` puts all before it on
 * the disk too.
 * @throws AppError `store.full`, also while the reserve is not whole and the disk has no room for it
 */
export function writeIfRoom<T>(db: Database, work: (tx: WriteTx) => T): T {
  if (!isReserveWhole(db)) throw new AppError('store.full', { reason: 'reserve' })
  db.pragma('synchronous = NORMAL')
  try {
    return inTransaction(db, work)
  } catch (cause) {
    throw withDiskTrouble(cause)
  } finally {
    db.pragma('synchronous = FULL')
  }
}

function inTransaction<T>(db: Database, work: (tx: WriteTx) => T): T {
  // The brand exists in types alone: the transaction that this line opens is what it proves.
  return db.transaction(() => work(db as unknown as WriteTx)).immediate()
}

/** Body columns hold JSON of a value that its own schema parsed on the way in; the host parses every answer again. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the schema its column was written by
export function bodyOf<T>(text: string): T {
  return JSON.parse(text) as T
}
