import type { WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** Tables that hold a row as it came, by its id alone. */
type Table = 'practice_rules'
/** Tables whose rows are found by what they are about as well. */
type TableAbout = 'goal' | 'question' | 'second_read'
type Row = { readonly id: string; readonly body: string; readonly seq: number }

const TAKE = 'body = excluded.body, seq = excluded.seq, generation = excluded.generation'

/** @returns false when a newer row is here already */
export function saveRow(tx: WriteTx, table: Table, { id, body, seq }: Row, generation: number): boolean {
  const text = `INSERT INTO ${table} (id, body, seq, generation) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET ${TAKE} WHERE excluded.generation > ${table}.generation OR excluded.seq >= ${table}.seq`
  return sql(tx, text).run(id, body, seq, generation).changes > 0
}

/**
 * @param column what the row is about: `patient_id` or `session_id`
 * @returns false when a newer row is here already
 */
export function saveRowAbout(
  tx: WriteTx,
  { table, column }: { readonly table: TableAbout; readonly column: 'patient_id' | 'session_id' },
  { id, body, seq, about }: Row & { readonly about: string },
  generation: number,
): boolean {
  const text = `INSERT INTO ${table} (id, ${column}, body, seq, generation) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET ${column} = excluded.${column}, ${TAKE}
    WHERE excluded.generation > ${table}.generation OR excluded.seq >= ${table}.seq`
  return sql(tx, text).run(id, about, body, seq, generation).changes > 0
}
