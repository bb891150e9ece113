import { PhotoBudgetGib } from '../../../preload/contract/storage.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

const STANDARD: PhotoBudgetGib = '8'

/** How much of the disk photos may take on this workstation, whoever is signed in. */
export function getPhotoBudget(db: ReadDb): PhotoBudgetGib {
  const row = sql<{ value: string }>(db, `SELECT value FROM sync_state WHERE name = 'photoBudgetGib'`).get()
  const parsed = PhotoBudgetGib.safeParse(row?.value)
  return parsed.success ? parsed.data : STANDARD
}

export function savePhotoBudget(tx: WriteTx, gib: PhotoBudgetGib): void {
  sql(
    tx,
    `INSERT INTO sync_state (name, value) VALUES ('photoBudgetGib', ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  ).run(gib)
}

export function photoBudgetBytes(db: ReadDb): number {
  return Number(getPhotoBudget(db)) * 1024 ** 3
}
