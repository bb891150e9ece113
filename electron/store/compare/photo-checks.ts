import { CHECK_RECIPE, PhotoCheck } from '../../../preload/contract/photo-check.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** As many photos; beyond it the oldest are checked again when they are needed. Some 50 MB. */
export const MAX_CHECKS = 200_000

/** Of the present recipe only. A photo that was handed in for two views has an answer for each. */
export function findChecks(db: ReadDb, hashes: readonly string[]): PhotoCheck[] {
  return hashes.flatMap((hash) =>
    sql<{ body: string }>(db, 'SELECT body FROM photo_check WHERE hash = ? ORDER BY view')
      .all(hash)
      .flatMap(({ body }) => PhotoCheck.safeParse(JSON.parse(body)).data ?? [])
      .filter(({ recipe }) => recipe === CHECK_RECIPE),
  )
}

export function saveCheck(tx: WriteTx, check: PhotoCheck, nowMs: number): void {
  sql(
    tx,
    `INSERT INTO photo_check (hash, view, body, saved_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET body = excluded.body, saved_at_ms = excluded.saved_at_ms`,
  ).run(check.hash, check.view, JSON.stringify(check), nowMs)
}

export function trimChecks(tx: WriteTx, atMost: number = MAX_CHECKS): number {
  const count = sql<{ count: number }>(tx, 'SELECT count(*) AS count FROM photo_check').get()?.count ?? 0
  if (count <= atMost) return 0
  const oldest = 'SELECT hash, view FROM photo_check ORDER BY saved_at_ms LIMIT ?'
  return sql(tx, `DELETE FROM photo_check WHERE (hash, view) IN (${oldest})`).run(count - atMost).changes
}

export function forgetChecksOf(tx: WriteTx, hash: string): void {
  sql(tx, 'DELETE FROM photo_check WHERE hash = ?').run(hash)
}
