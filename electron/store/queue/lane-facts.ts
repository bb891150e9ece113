import type { Goal } from '../../../server/contract/domain/goals.ts'
import type { PersonId } from '../../../server/contract/domain/ids.ts'
import type { Patient } from '../../../server/contract/domain/patients.ts'
import type { PatientFacts } from '../../../server/contract/domain/practice-rules.ts'
import type { Read } from '../../../server/contract/domain/reads.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { listOpenGoals } from '../practice/goals.ts'
import { listQuestions, listSessionsWithQuestions } from '../practice/questions.ts'
import { listSecondReads, listSessionsDrawn, openSeconds, type OpenSecond } from '../practice/second-reads.ts'
import { sql } from '../statements.ts'

/** An open question about a scan: who asked it, and of whom; null for any clinician. */
export type OpenQuestion = readonly [askedBy: PersonId, askedOf: PersonId | null]
/** JSON of a scan's open questions and open second reads; empty for none, which nearly every scan has. */
export type LaneColumns = { readonly asked: string; readonly second: string }

/** Of one patient's scans: asked once for all of them, since most patients have none. */
export function createLaneFacts(db: ReadDb, patientId: string) {
  const questioned = new Set(listSessionsWithQuestions(db, patientId))
  const drawn = new Set(listSessionsDrawn(db, patientId))
  return {
    of: (sessionId: string, reads: readonly Read[]): LaneColumns => ({
      asked: questioned.has(sessionId) ? textOf(listOpenQuestions(db, sessionId)) : '',
      second: drawn.has(sessionId) ? textOf(openSeconds(listSecondReads(db, sessionId), reads)) : '',
    }),
  }
}

export function askedIn(text: string): readonly OpenQuestion[] {
  return text === '' ? [] : bodyOf<OpenQuestion[]>(text)
}

export function secondsIn(text: string): readonly OpenSecond[] {
  return text === '' ? [] : bodyOf<OpenSecond[]>(text)
}

function listOpenQuestions(db: ReadDb, sessionId: string): OpenQuestion[] {
  return listQuestions(db, sessionId).flatMap(({ answer, askedBy, askedOf }) =>
    answer === null ? [[askedBy, askedOf] as const] : [],
  )
}

function textOf(list: readonly unknown[]): string {
  return list.length === 0 ? '' : JSON.stringify(list)
}

type Row = Omit<PatientFacts, 'goals'> & { readonly patientId: string; readonly goals: string }
const COLUMNS = 'patient_id AS patientId, status, treatment, doctor_id AS doctorId, goals'

export function deleteQueuePatient(tx: WriteTx, patientId: string): void {
  sql(tx, 'DELETE FROM queue_patient WHERE patient_id = ?').run(patientId)
}

/** What lanes ask of the patient. @param patient as they are seen here, changes on top included */
export function saveQueuePatient(tx: WriteTx, patient: Patient): void {
  const goals = listOpenGoals(tx, patient.id).map(({ dueOn, quietUntil }) => ({ dueOn, quietUntil }))
  const values = [patient.status, patient.treatmentType, patient.doctorId, JSON.stringify(goals)]
  sql(
    tx,
    `INSERT INTO queue_patient (patient_id, status, treatment, doctor_id, goals) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (patient_id) DO UPDATE
       SET status = excluded.status, treatment = excluded.treatment, doctor_id = excluded.doctor_id, goals = excluded.goals
       WHERE (status, treatment, doctor_id, goals)
         IS NOT (excluded.status, excluded.treatment, excluded.doctor_id, excluded.goals)`,
  ).run(patient.id, ...values)
}

export function findQueuePatient(db: ReadDb, patientId: string): PatientFacts | undefined {
  const row = sql<Row>(db, `SELECT ${COLUMNS} FROM queue_patient WHERE patient_id = ?`).get(patientId)
  return row === undefined ? undefined : factsOf(row)
}

export function listQueuePatients(db: ReadDb): Map<string, PatientFacts> {
  return new Map(
    sql<Row>(db, `SELECT ${COLUMNS} FROM queue_patient`)
      .all()
      .map((row) => [row.patientId, factsOf(row)]),
  )
}

const NONE: PatientFacts['goals'] = []

function factsOf({ status, treatment, doctorId, goals }: Row): PatientFacts {
  const parsed = goals === '[]' ? NONE : bodyOf<Pick<Goal, 'dueOn' | 'quietUntil'>[]>(goals)
  return { status, treatment, doctorId, goals: parsed }
}
