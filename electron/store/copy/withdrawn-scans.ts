import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** What a person needs to know which scan it was. */
export type ScanWords = { readonly patientName: string; readonly reference: string; readonly capturedOn: string }

/** Whether somebody here has decided something about it that the server has not taken, or not yet. */
export function isNamedByOwnWork(db: ReadDb, sessionId: string): boolean {
  const text = `SELECT 1 FROM overlay WHERE session_id = :sessionId
    UNION ALL SELECT 1 FROM attention WHERE settled IS NULL AND args ->> '$.sessionId' = :sessionId
    UNION ALL SELECT 1 FROM brought_refusal WHERE settled_at_ms IS NULL AND args ->> '$.sessionId' = :sessionId
    LIMIT 1`
  return sql(db, text).get({ sessionId }) !== undefined
}

export function saveWithdrawnScan(tx: WriteTx, sessionId: string, words: ScanWords): void {
  sql(
    tx,
    `INSERT INTO withdrawn_scan (session_id, label) VALUES (?, ?)
     ON CONFLICT (session_id) DO UPDATE SET label = excluded.label`,
  ).run(sessionId, JSON.stringify(words))
}

export function findWithdrawnScan(db: ReadDb, sessionId: string): ScanWords | undefined {
  const text = 'SELECT label FROM withdrawn_scan WHERE session_id = ?'
  const row = sql<{ label: string }>(db, text).get(sessionId)
  return row === undefined ? undefined : (JSON.parse(row.label) as ScanWords) // written by saveWithdrawnScan alone
}
