import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import { openStore } from './open.ts'
import { type Reserve, useReserve } from './reserve.ts'

/** The store with room laid up for what people do: also opening it may need some of it. @throws as `openStore` */
export function openWithReserve(file: string, key: Uint8Array, reserve: Reserve): Database {
  const db = openFalling(file, key, reserve)
  useReserve(db, reserve)
  reserve.refill()
  return db
}

function openFalling(file: string, key: Uint8Array, reserve: Reserve): Database {
  for (;;) {
    try {
      return openStore(file, key)
    } catch (cause) {
      if (!(cause instanceof AppError) || cause.code !== 'store.full' || !reserve.release('opening')) throw cause
    }
  }
}
