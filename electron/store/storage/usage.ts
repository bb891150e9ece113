import type { StorageUsage } from '../../../preload/contract/storage.ts'
import { BOOTSTRAP_ORDER } from '../../../server/contract/sync/wire.ts'
import type { ReadDb } from '../db.ts'
import { sql } from '../statements.ts'
import { findLastCheck } from '../sync-state/sync-state.ts'
import { getPhotoBudget } from './photo-budget.ts'

type Amount = { readonly count: number; readonly bytes: number }

const KINDS = [
  ['thumbnails', '512'],
  ['review', '2048'],
  ['originals', 'original'],
] as const

/** What lies on this computer, by the store's own books; the disk's figures come from the caller. */
export function describeUsage(db: ReadDb, disk: { storeBytes: number; freeBytes: number }): StorageUsage {
  const check = findLastCheck(db)
  const staged = amountOf(db, 'SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM staged_photo')
  return {
    rows: BOOTSTRAP_ORDER.map((entity) => ({ entity, count: countOf(db, `SELECT count(*) AS count FROM ${entity}`) })),
    photos: KINDS.map(([kind, size]) => ({ kind, ...amountOfSize(db, size) })),
    photoBudgetGib: getPhotoBudget(db),
    unsent: {
      changes: countOf(db, 'SELECT count(*) AS count FROM outbox'),
      photos: staged.count,
      photoBytes: staged.bytes,
    },
    lastCheck: check === null ? null : { atMs: check.atMs, repaired: [...check.repaired] },
    ...disk,
  }
}

function amountOfSize(db: ReadDb, size: string): Amount {
  const text = 'SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM cached_photo WHERE size = ?'
  return sql<Amount>(db, text).get(size) ?? { count: 0, bytes: 0 }
}

function amountOf(db: ReadDb, text: string): Amount {
  return sql<Amount>(db, text).get() ?? { count: 0, bytes: 0 }
}

function countOf(db: ReadDb, text: string): number {
  return sql<{ count: number }>(db, text).get()?.count ?? 0
}
