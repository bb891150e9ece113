import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export function findSession(db: ReadDb, id: string): ScanSession | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM session WHERE id = ?').get(id)
  return row === undefined ? undefined : bodyOf<ScanSession>(row.body)
}

export function findPatientIdOfSession(db: ReadDb, id: string): string | undefined {
  return sql<{ patientId: string }>(db, 'SELECT patient_id AS patientId FROM session WHERE id = ?').get(id)?.patientId
}

/** Oldest first: by the day the photos were taken, then by when they came in. */
export function listSessionsOfPatient(db: ReadDb, patientId: string): ScanSession[] {
  return sql<{ body: string }>(
    db,
    'SELECT body FROM session WHERE patient_id = ? ORDER BY captured_on, submitted_at_ms',
  )
    .all(patientId)
    .map((row) => bodyOf<ScanSession>(row.body))
}

export function saveSession(tx: WriteTx, session: ScanSession, generation: number): void {
  sql(
    tx,
    `INSERT INTO session (id, patient_id, captured_on, submitted_at_ms, body, generation) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET patient_id = excluded.patient_id, captured_on = excluded.captured_on,
       submitted_at_ms = excluded.submitted_at_ms, body = excluded.body, generation = excluded.generation`,
  ).run(session.id, session.patientId, session.capturedOn, session.submittedAtMs, JSON.stringify(session), generation)
}
