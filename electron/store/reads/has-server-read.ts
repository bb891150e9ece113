import type { ReadDb } from '../db.ts'
import { sql } from '../statements.ts'

/** The feed has brought it: it is in force. */
export function hasServerRead(db: ReadDb, readId: string): boolean {
  return sql(db, 'SELECT 1 FROM read WHERE id = ?').get(readId) !== undefined
}
