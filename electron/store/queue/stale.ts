import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'
import { refreshQueueOfPatient } from './queue-rows.ts'

/** These patients' queue rows are made anew soon, in small steps: see {@link refreshStale}. */
export function markStale(tx: WriteTx, patientIds: Iterable<string>): void {
  const mark = sql(tx, 'INSERT INTO queue_stale (patient_id) VALUES (?) ON CONFLICT DO NOTHING')
  for (const id of patientIds) mark.run(id)
}

/** Whose name stands on all rows of their patients. */
export function markStaleOfDoctor(tx: WriteTx, doctorId: string): void {
  sql(tx, 'INSERT INTO queue_stale (patient_id) SELECT id FROM patient WHERE doctor_id = ? ON CONFLICT DO NOTHING').run(
    doctorId,
  )
}

export function isAnyStale(db: ReadDb): boolean {
  return sql(db, 'SELECT 1 FROM queue_stale LIMIT 1').get() !== undefined
}

/** @returns the patients whose rows are up to date now; none when nothing was stale */
export function refreshStale(tx: WriteTx, atMost: number): string[] {
  const ids = sql<{ id: string }>(tx, 'SELECT patient_id AS id FROM queue_stale LIMIT ?')
    .all(atMost)
    .map((row) => row.id)
  const done = sql(tx, 'DELETE FROM queue_stale WHERE patient_id = ?')
  for (const id of ids) {
    refreshQueueOfPatient(tx, id)
    done.run(id)
  }
  return ids
}
