import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { briefOf, type BriefRow, type SessionBrief } from '../queue/session-brief.ts'
import type { ReadyRow } from '../rows/ready-row.ts'
import { sql } from '../statements.ts'
import { type ScanColumns, scanOf } from './packed-scan.ts'

export function findSession(db: ReadDb, id: string): ScanSession | undefined {
  const row = sql<ScanColumns>(db, 'SELECT body, packed FROM session WHERE id = ?').get(id)
  return row === undefined ? undefined : scanOf(row)
}

export function findPatientIdOfSession(db: ReadDb, id: string): string | undefined {
  return sql<{ patientId: string }>(db, 'SELECT patient_id AS patientId FROM session WHERE id = ?').get(id)?.patientId
}

/** Oldest first: by the day the photos were taken, then by when they came in. */
export function listSessionsOfPatient(db: ReadDb, patientId: string): ScanSession[] {
  const text = 'SELECT body, packed FROM session WHERE patient_id = ? ORDER BY captured_on, submitted_at_ms'
  return sql<ScanColumns>(db, text).all(patientId).map(scanOf)
}

/** In the same order. */
export function listSessionBriefs(db: ReadDb, patientId: string): SessionBrief[] {
  const text = `SELECT id AS sessionId, captured_on AS capturedOn, submitted_at_ms AS submittedAtMs, brief,
      CASE brief WHEN '' THEN body ELSE '' END AS body FROM session
    WHERE patient_id = ? ORDER BY captured_on, submitted_at_ms`
  return sql<BriefRow>(db, text).all(patientId).map(briefOf)
}

type Saved = {
  /** False when a newer row is here already. */
  readonly saved: boolean
  /** Whose session it was before, if it was here. */
  readonly formerPatientId: string | undefined
}

export function saveSession(tx: WriteTx, row: ReadyRow<'session'>, generation: number): Saved {
  const packed = Buffer.from(row.packed.buffer, row.packed.byteOffset, row.packed.byteLength)
  const values = [row.id, row.patientId, row.capturedOn, row.submittedAtMs, packed, row.brief, row.seq, generation]
  if (sql(tx, `${INSERT} ON CONFLICT DO NOTHING`).run(...values).changes > 0)
    return { saved: true, formerPatientId: undefined }
  const formerPatientId = findPatientIdOfSession(tx, row.id)
  const { changes } = sql(
    tx,
    `${INSERT} ON CONFLICT (id) DO UPDATE SET patient_id = excluded.patient_id, captured_on = excluded.captured_on,
       submitted_at_ms = excluded.submitted_at_ms, body = '', packed = excluded.packed, brief = excluded.brief, seq = excluded.seq,
       generation = excluded.generation
     WHERE excluded.generation > session.generation OR excluded.seq >= session.seq`,
  ).run(...values)
  return { saved: changes > 0, formerPatientId }
}

const INSERT = `INSERT INTO session (id, patient_id, captured_on, submitted_at_ms, body, packed, brief, seq, generation)
  VALUES (?, ?, ?, ?, '', ?, ?, ?, ?)`
