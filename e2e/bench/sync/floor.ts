import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { openStore } from '../../../electron/store/open.ts'
import { inBatches, readRows } from './peers/ask.mjs'
import type { BenchRow } from './rows.ts'

const ROWS_A_TRANSACTION = 1000

/** The bare insert of the same rows into the same encrypted file: ids and texts that are in memory already. @returns rows a second */
export async function insertBare(file: string, dir: string): Promise<number> {
  const rows: { entity: string; id: string; body: string }[][] = []
  for await (const batch of inBatches(readRows(file) as AsyncIterable<BenchRow>, ROWS_A_TRANSACTION))
    rows.push(batch.map(({ entity, id, body }) => ({ entity, id, body: JSON.stringify(body) })))
  const db = openStore(path.join(dir, 'floor.db'), randomBytes(32))
  try {
    db.exec(
      'CREATE TABLE bare (entity TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (entity, id)) STRICT',
    )
    const insert = db.prepare('INSERT INTO bare (entity, id, body) VALUES (:entity, :id, :body)')
    const startMs = performance.now()
    for (const batch of rows) db.transaction(() => batch.forEach((row) => insert.run(row))).immediate()
    return (rows.flat().length / (performance.now() - startMs)) * 1000
  } finally {
    db.close()
  }
}
