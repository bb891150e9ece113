import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import type { RowAt } from '../sync-state/sync-state.ts'

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

/** @returns false when a newer row is here already */
export function saveSession(tx: WriteTx, session: ScanSession, { seq, generation }: RowAt): boolean {
  const { changes } = sql(
    tx,
    `INSERT INTO session (id, patient_id, captured_on, submitted_at_ms, body, seq, generation)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET patient_id = excluded.patient_id, captured_on = excluded.captured_on,
       submitted_at_ms = excluded.submitted_at_ms, body = excluded.body, seq = excluded.seq,
       generation = excluded.generation
     WHERE excluded.generation > session.generation OR excluded.seq >= session.seq`,
  ).run(
    session.id,
    session.patientId,
    session.capturedOn,
    session.submittedAtMs,
    JSON.stringify(session),
    seq,
    generation,
  )
  return changes > 0
}
