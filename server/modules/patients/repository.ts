import { PatientId, PersonId, type PracticeId } from '../../contract/domain/ids.ts'
import type { Patient } from '../../contract/domain/patients.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { Tables } from '../../platform/database/tables.ts'

type Row = Tables['patient']
export const PATIENT_COLUMNS = [
  'patient_id',
  'reference',
  'given_name',
  'family_name',
  'birth_date',
  'treatment_type',
  'aligner_brand',
  'current_stage',
  'total_stages',
  'scan_frequency_days',
  'status',
  'doctor_id',
  'revision',
] as const satisfies (keyof Row)[]

export function patientOf(row: Omit<Row, 'practice_id'>): Patient {
  return {
    id: PatientId.parse(row.patient_id),
    reference: row.reference,
    givenName: row.given_name,
    familyName: row.family_name,
    birthDate: row.birth_date,
    treatmentType: row.treatment_type,
    alignerBrand: row.aligner_brand,
    currentStage: row.current_stage,
    totalStages: row.total_stages,
    scanFrequencyDays: row.scan_frequency_days,
    status: row.status,
    doctorId: row.doctor_id === null ? null : PersonId.parse(row.doctor_id),
    revision: row.revision,
  }
}

function rowOf(practiceId: PracticeId, patient: Patient): Row {
  return {
    practice_id: practiceId,
    patient_id: patient.id,
    reference: patient.reference,
    given_name: patient.givenName,
    family_name: patient.familyName,
    birth_date: patient.birthDate,
    treatment_type: patient.treatmentType,
    aligner_brand: patient.alignerBrand,
    current_stage: patient.currentStage,
    total_stages: patient.totalStages,
    scan_frequency_days: patient.scanFrequencyDays,
    status: patient.status,
    doctor_id: patient.doctorId,
    revision: patient.revision,
  }
}

function select(tx: PracticeTx, practiceId: PracticeId) {
  return tx.selectFrom('patient').select(PATIENT_COLUMNS).where('practice_id', '=', practiceId)
}

export async function findPatient(tx: PracticeTx, practiceId: PracticeId, id: PatientId): Promise<Patient | undefined> {
  const row = await select(tx, practiceId).where('patient_id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : patientOf(row)
}

export async function lockPatient(tx: PracticeTx, practiceId: PracticeId, id: PatientId): Promise<Patient | undefined> {
  const row = await select(tx, practiceId).where('patient_id', '=', id).forUpdate().executeTakeFirst()
  return row === undefined ? undefined : patientOf(row)
}

export async function findPatientByReference(
  tx: PracticeTx,
  practiceId: PracticeId,
  reference: string,
): Promise<Patient | undefined> {
  const row = await select(tx, practiceId).where('reference', '=', reference).executeTakeFirst()
  return row === undefined ? undefined : patientOf(row)
}

export async function listPatients(
  tx: PracticeTx,
  practiceId: PracticeId,
  page: { limit: number; after?: string | undefined },
): Promise<Patient[]> {
  let query = select(tx, practiceId).orderBy('reference').limit(page.limit)
  if (page.after !== undefined) query = query.where('reference', '>', page.after)
  return (await query.execute()).map(patientOf)
}

/** False when the id or the reference is taken already; waits for a colleague who is just taking it. */
export async function insertPatient(tx: PracticeTx, practiceId: PracticeId, patient: Patient): Promise<boolean> {
  const done = await tx
    .insertInto('patient')
    .values(rowOf(practiceId, patient))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function savePatient(tx: PracticeTx, practiceId: PracticeId, patient: Patient): Promise<void> {
  await tx
    .updateTable('patient')
    .set(rowOf(practiceId, patient))
    .where('practice_id', '=', practiceId)
    .where('patient_id', '=', patient.id)
    .execute()
}
