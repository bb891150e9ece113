import type { Database } from 'better-sqlite3'
import { AppError } from '../../server/contract/errors.ts'
import { openStore } from './open.ts'
import { openReserve, useReserve } from './reserve.ts'

/** The store with room laid up for what people do: also opening it may need some of it. @throws as `openStore` */
export function openWithReserve(file: string, key: Uint8Array, reserveFile: string): Database {
  const reserve = openReserve(reserveFile)
  for (;;) {
    try {
      const db = openStore(file, key)
      useReserve(db, reserve)
      reserve.refill()
      return db
    } catch (cause) {
      if (!(cause instanceof AppError) || cause.code !== 'store.full' || !reserve.release()) throw cause
    }
  }
}
