import type { EntityName } from '../../../server/contract/sync/entities.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** More than these in one transaction would hold up the screens. */
export const SWEPT_AT_ONCE = 200

/**
 * Notes the rows of this range of keys that the copy did not bring. They stay in view until the copy is complete.
 * @param range from the key after `after` (null: from the first) up to `last` (null: to the end)
 */
export function noteUnseen(
  tx: WriteTx,
  entity: EntityName,
  range: { readonly after: string | null; readonly last: string | null },
  brought: ReadonlySet<string>,
): void {
  const text = `SELECT id FROM ${entity} WHERE id > ? AND id <= ?`
  const note = sql(tx, 'INSERT INTO copy_unseen (entity, id) VALUES (?, ?) ON CONFLICT DO NOTHING')
  for (const { id } of sql<{ id: string }>(tx, text).all(range.after ?? '', range.last ?? '~'))
    if (!brought.has(id)) note.run(entity, id)
}

export function listUnseen(db: ReadDb, atMost: number): { entity: EntityName; id: string }[] {
  return sql<{ entity: EntityName; id: string }>(db, 'SELECT entity, id FROM copy_unseen LIMIT ?').all(atMost)
}

export function hasManyUnseen(db: ReadDb): boolean {
  return listUnseen(db, SWEPT_AT_ONCE + 1).length > SWEPT_AT_ONCE
}

export function forgetUnseen(tx: WriteTx): void {
  sql(tx, 'DELETE FROM copy_unseen').run()
}

export function forgetUnseenOne(tx: WriteTx, { entity, id }: { entity: EntityName; id: string }): void {
  sql(tx, 'DELETE FROM copy_unseen WHERE entity = ? AND id = ?').run(entity, id)
}
