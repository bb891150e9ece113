import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { type AttentionRow, MAX_LISTED } from './attention.ts'

/** What the server refused of a colleague's work that this person brought by file; `personId` is who brought it. */
export type BroughtRow = AttentionRow & { readonly authorName: string }
export type Brought = Pick<BroughtRow, 'mutationId' | 'name' | 'args' | 'base' | 'code' | 'atMs' | 'authorName'> & {
  readonly status: 'rejected' | 'parked'
}

const COLUMNS = `mutation_id AS mutationId, brought_by AS personId, author_name AS authorName, name, args, base, status,
  code, at_ms AS atMs`
/** Somebody's own file: once the answer is among their own entries, that one says it and offers more. */
const OPEN = `FROM brought_refusal b WHERE brought_by = ? AND settled_at_ms IS NULL
  AND NOT EXISTS (SELECT 1 FROM attention a WHERE a.mutation_id = b.mutation_id AND a.person_id = b.brought_by)`

/** The same file brought again tells the same once: what was seen stays seen. */
export function saveBrought(tx: WriteTx, broughtBy: string, row: Brought): void {
  const { mutationId, authorName, name, args, base, status, code, atMs } = row
  sql(
    tx,
    `INSERT INTO brought_refusal (mutation_id, brought_by, author_name, name, args, base, status, code, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(mutationId, broughtBy, authorName, name, args, base, status, code, atMs)
}

export function countBrought(db: ReadDb, personId: string): number {
  return sql<{ count: number }>(db, `SELECT count(*) AS count ${OPEN}`).get(personId)?.count ?? 0
}

/** Newest first. */
export function listBrought(db: ReadDb, personId: string): BroughtRow[] {
  const text = `SELECT ${COLUMNS} ${OPEN} ORDER BY at_ms DESC, mutation_id DESC LIMIT ${MAX_LISTED}`
  return sql<BroughtRow>(db, text).all(personId)
}

/** The author's copy on the server stays theirs to settle. @returns false when this person has none under the id */
export function settleBrought(
  tx: WriteTx,
  mutationId: string,
  by: { readonly personId: string; readonly nowMs: number; readonly remark: string },
): boolean {
  const text = `UPDATE brought_refusal SET settled_at_ms = ?, remark = ?
    WHERE mutation_id = ? AND brought_by = ? AND settled_at_ms IS NULL`
  return sql(tx, text).run(by.nowMs, by.remark, mutationId, by.personId).changes === 1
}
