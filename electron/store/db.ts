import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import { diskTroubleOf, withDiskTrouble } from '../platform/disk-trouble.ts'
import { isReserveWhole, releaseReserveOf } from './reserve.ts'

export type ReadDb = Pick<Database, 'prepare'>

declare const insideTransaction: unique symbol
/** Proof that a transaction is open. Only `write` makes one, so no repository can write outside it. */
export type WriteTx = ReadDb & { readonly [insideTransaction]: true }

/**
 * All of `work` or nothing. On a full disk it is begun once more with a part of the reserve, so that what people do is
 * kept: `work` changes nothing but the store.
 * @throws AppError `store.full` when the disk takes no more; `store.read-only`
 */
export function write<T>(db: Database, work: (tx: WriteTx) => T): T {
  for (;;) {
    try {
      return inTransaction(db, work)
    } catch (cause) {
      if (diskTroubleOf(cause) === 'store.full' && releaseReserveOf(db)) continue
      throw withDiskTrouble(cause)
    }
  }
}

/**
 * As `write`, for what the server can send again: it leaves the reserve to what people do.
 * @throws AppError `store.full`, also while the reserve is not whole and the disk has no room for it
 */
export function writeIfRoom<T>(db: Database, work: (tx: WriteTx) => T): T {
  if (!isReserveWhole(db)) throw new AppError('store.full', { reason: 'reserve' })
  try {
    return inTransaction(db, work)
  } catch (cause) {
    throw withDiskTrouble(cause)
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
