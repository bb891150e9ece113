import { isDeepStrictEqual } from 'node:util'
import { v7 as uuidV7 } from 'uuid'
import { PatientId, type PracticeId } from '../../contract/domain/ids.ts'
import type { NewPatient, Patient, PatientChange, PatientFields } from '../../contract/domain/patients.ts'
import { AppError } from '../../contract/errors.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { FeedWriter } from '../sync/service.ts'
import { findPatient, findPatientByReference, insertPatient, lockPatient, savePatient } from './repository.ts'

/** For read models of other modules that join the patient. */
export { PATIENT_COLUMNS, patientOf } from './repository.ts'

/** The same id with the same contents again is the same patient; with others, or with a taken reference, a conflict. */
export async function createPatient(
  tx: PracticeTx,
  feed: FeedWriter,
  practiceId: PracticeId,
  fields: NewPatient,
): Promise<Patient> {
  const patient: Patient = { ...fields, revision: 1 }
  if (await insertPatient(tx, practiceId, patient)) {
    feed.put('patient', patient.id, patient)
    return patient
  }
  const existing = await findPatient(tx, practiceId, patient.id)
  if (existing !== undefined && isDeepStrictEqual({ ...existing, revision: 1 }, patient)) return existing
  throw new AppError('conflict.exists', { patientId: patient.id })
}

export async function changePatient(
  tx: PracticeTx,
  feed: FeedWriter,
  practiceId: PracticeId,
  id: PatientId,
  change: PatientChange,
): Promise<Patient> {
  const current = await lockPatient(tx, practiceId, id)
  if (current === undefined) throw new AppError('not-found', { patientId: id })
  if (current.revision !== change.baseRevision) {
    throw new AppError('patient.stale', { patientId: id, revision: current.revision })
  }
  const given = Object.fromEntries(Object.entries(change.set).filter(([, value]) => value !== undefined))
  const patient: Patient = { ...current, ...given, revision: current.revision + 1 }
  await savePatient(tx, practiceId, patient)
  feed.put('patient', patient.id, patient)
  return patient
}

/** The patient an intake means. A reference nobody has entered yet becomes an `unregistered` patient of that name. */
export async function findOrAdmitPatient(
  tx: PracticeTx,
  feed: FeedWriter,
  practiceId: PracticeId,
  target: { id: PatientId } | { reference: string },
): Promise<Patient> {
  if ('id' in target) {
    const patient = await findPatient(tx, practiceId, target.id)
    if (patient === undefined) throw new AppError('not-found', { patientId: target.id })
    return patient
  }
  const known = await findPatientByReference(tx, practiceId, target.reference)
  if (known !== undefined) return known
  const patient = unregistered(target.reference)
  if (await insertPatient(tx, practiceId, patient)) {
    feed.put('patient', patient.id, patient)
    return patient
  }
  const raced = await findPatientByReference(tx, practiceId, target.reference)
  if (raced === undefined) throw new AppError('server.busy')
  return raced
}

/** Enters a patient under their reference; one who came in by photos alone gets these fields, any other stays as it is. */
export async function registerPatient(
  tx: PracticeTx,
  feed: FeedWriter,
  practiceId: PracticeId,
  fields: PatientFields,
): Promise<Patient> {
  const known = await findPatientByReference(tx, practiceId, fields.reference)
  if (known === undefined) {
    return createPatient(tx, feed, practiceId, { ...fields, id: PatientId.parse(uuidV7()) })
  }
  if (known.status !== 'unregistered') return known
  return changePatient(tx, feed, practiceId, known.id, { baseRevision: known.revision, set: fields })
}

function unregistered(reference: string): Patient {
  return {
    id: PatientId.parse(uuidV7()),
    reference,
    givenName: '',
    familyName: reference,
    birthDate: null,
    treatmentType: null,
    alignerBrand: null,
    currentStage: null,
    totalStages: null,
    scanFrequencyDays: null,
    status: 'unregistered',
    doctorId: null,
    revision: 1,
  }
}
