import type { Statement } from 'better-sqlite3'
import type { ReadDb } from './db.ts'

const prepared = new WeakMap<object, Map<string, Statement>>()

/** The prepared statement of this text on this connection: preparing costs more than a point read. */
export function sql<Row = unknown>(db: ReadDb, text: string): Statement<unknown[], Row> {
  let ofDb = prepared.get(db)
  if (ofDb === undefined) prepared.set(db, (ofDb = new Map()))
  let statement = ofDb.get(text)
  if (statement === undefined) ofDb.set(text, (statement = db.prepare(text)))
  return statement as Statement<unknown[], Row> // the caller states the columns of its own query
}
