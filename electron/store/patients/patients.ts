import { type Patient } from '../../../server/contract/domain/patients.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { fold, wordsOf } from '../fold.ts'
import { sql } from '../statements.ts'

const MAX_FOUND = 50

export function findPatient(db: ReadDb, id: string): Patient | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM patient WHERE id = ?').get(id)
  return row === undefined ? undefined : bodyOf<Patient>(row.body)
}

export function savePatient(tx: WriteTx, patient: Patient, generation: number): void {
  const search = fold(`${patient.familyName} ${patient.givenName} ${patient.reference}`)
  sql(
    tx,
    `INSERT INTO patient (id, doctor_id, search, body, generation) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET doctor_id = excluded.doctor_id, search = excluded.search, body = excluded.body, generation = excluded.generation`,
  ).run(patient.id, patient.doctorId, search, JSON.stringify(patient), generation)
}

export function listPatientIdsOfDoctor(db: ReadDb, doctorId: string): string[] {
  return sql<{ id: string }>(db, 'SELECT id FROM patient WHERE doctor_id = ?')
    .all(doctorId)
    .map((row) => row.id)
}

/** Every word must occur in name or reference; accents and case ignored. */
export function searchPatients(db: ReadDb, text: string): Patient[] {
  const words = wordsOf(text)
  const where = words.length === 0 ? '1' : words.map(() => 'instr(search, ?) > 0').join(' AND ')
  return sql<{ body: string }>(db, `SELECT body FROM patient WHERE ${where} ORDER BY search LIMIT ${MAX_FOUND}`)
    .all(...words)
    .map((row) => bodyOf<Patient>(row.body))
}
