import type { WriteTx } from './db.ts'
import type { Changes } from './changes.ts'
import { sql } from './statements.ts'

const TABLES = ['practice', 'person', 'patient', 'session', 'read', 'action'] as const

/** After a bootstrap: rows that it has not seen are gone on the server. */
export function sweepOlderGenerations(tx: WriteTx, generation: number, changes: Changes): void {
  const patients = sql<{ id: string }>(
    tx,
    `SELECT id FROM patient WHERE generation < :generation
     UNION SELECT patient_id FROM session WHERE generation < :generation
     UNION SELECT s.patient_id FROM read r JOIN session s ON s.id = r.session_id WHERE r.generation < :generation
     UNION SELECT s.patient_id FROM action a JOIN session s ON s.id = a.session_id WHERE a.generation < :generation`,
  ).all({ generation })
  for (const { id } of patients) changes.patientIds.add(id)
  for (const table of TABLES) sql(tx, `DELETE FROM ${table} WHERE generation < ?`).run(generation)
  if (patients.length > 0) Object.assign(changes.touched, { patients: true, sessions: true, reads: true })
}
