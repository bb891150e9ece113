import { type Patient } from '../../../server/contract/domain/patients.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { wordsOf } from '../fold.ts'
import { listPatientOverlay } from '../outbox/overlay.ts'
import { type ReadyRow, searchOf } from '../rows/ready-row.ts'
import { sql } from '../statements.ts'

const MAX_FOUND = 50

/** As this workstation sees them: the server's row with the changes made here on top. */
export function findPatient(db: ReadDb, id: string): Patient | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM patient WHERE id = ?').get(id)
  return row === undefined ? undefined : overlaid(db, bodyOf<Patient>(row.body))
}

/** Changes of one patient that are still on the way replay in the order they were made, each over the one before. */
function overlaid(db: ReadDb, patient: Patient): Patient {
  return listPatientOverlay(db, patient.id).reduce((seen, { args }) => ({ ...seen, ...args.set }), patient)
}

/** @returns false when a newer row is here already */
export function savePatient(tx: WriteTx, row: ReadyRow<'patient'>, generation: number): boolean {
  const { changes } = sql(
    tx,
    `INSERT INTO patient (id, doctor_id, search, body, seq, generation) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET doctor_id = excluded.doctor_id, search = excluded.search, body = excluded.body,
       seq = excluded.seq, generation = excluded.generation
     WHERE excluded.generation > patient.generation OR excluded.seq >= patient.seq`,
  ).run(row.id, row.doctorId, row.search, row.body, row.seq, generation)
  if (listPatientOverlay(tx, row.id).length > 0) refreshPatientSearch(tx, row.id)
  return changes > 0
}

/** After a change came on top of the row, or left it: found by what is seen. */
export function refreshPatientSearch(tx: WriteTx, id: string): void {
  const seen = findPatient(tx, id)
  if (seen === undefined) return
  sql(tx, 'UPDATE patient SET doctor_id = ?, search = ? WHERE id = ?').run(seen.doctorId, searchOf(seen), id)
}

/** Every word must occur in name or reference; accents and case ignored. */
export function searchPatients(db: ReadDb, text: string): Patient[] {
  const words = wordsOf(text)
  const where = words.length === 0 ? '1' : words.map(() => 'instr(search, ?) > 0').join(' AND ')
  return sql<{ body: string }>(db, `SELECT body FROM patient WHERE ${where} ORDER BY search LIMIT ${MAX_FOUND}`)
    .all(...words)
    .map((row) => overlaid(db, bodyOf<Patient>(row.body)))
}
