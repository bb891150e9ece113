import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'

export type ReadDb = Pick<Database, 'prepare'>

declare const insideTransaction: unique symbol
/** Proof that a transaction is open. Only `write` makes one, so no repository can write outside it. */
export type WriteTx = ReadDb & { readonly [insideTransaction]: true }

/** All of `work` or nothing. @throws AppError `store.full` when the disk takes no more */
export function write<T>(db: Database, work: (tx: WriteTx) => T): T {
  try {
    // The brand exists in types alone: the transaction that this line opens is what it proves.
    return db.transaction(() => work(db as unknown as WriteTx)).immediate()
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'SQLITE_FULL') throw new AppError('store.full', {}, { cause })
    throw cause
  }
}

/** Body columns hold JSON of a value that its own schema parsed on the way in; the host parses every answer again. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the schema its column was written by
export function bodyOf<T>(text: string): T {
  return JSON.parse(text) as T
}
