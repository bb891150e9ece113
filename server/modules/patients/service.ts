import { isDeepStrictEqual } from 'node:util'
import { v7 as uuidV7 } from 'uuid'
import { PatientId, type PracticeId } from '../../contract/domain/ids.ts'
import {
  changedFields,
  type NewPatient,
  type Patient,
  type PatientChange,
  type PatientFields,
  staleFields,
} from '../../contract/domain/patients.ts'
import { AppError } from '../../contract/errors.ts'
import type { MutationArgs } from '../../contract/sync/mutations.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import type { FeedWriter, MutationContext } from '../sync/service.ts'
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

/** A change over HTTP: refused when anything of the patient changed since the revision that it names. */
export function changePatient(
  context: ChangeContext,
  id: PatientId,
  { baseRevision, set }: PatientChange,
): Promise<Patient> {
  return setFields(context, id, set, ({ revision }) => {
    if (revision !== baseRevision) throw new AppError('patient.stale', { patientId: id, revision })
  })
}

/** A change from a workstation: refused when one of its own fields changed since, so that two people offline can change different ones. */
export async function applyChangePatient(
  context: MutationContext,
  { patientId, set }: MutationArgs<'patient.change'>,
): Promise<void> {
  await setFields(context, patientId, set, (current) => {
    const stale = staleFields(current, context.base, set)
    if (stale.length > 0) throw new AppError('patient.stale', { patientId, fields: stale.join(' ') })
  })
}

/** Whether the practice has such a patient. */
export async function hasPatient(tx: PracticeTx, practiceId: PracticeId, id: PatientId): Promise<boolean> {
  return (await findPatient(tx, practiceId, id)) !== undefined
}

type ChangeContext = Pick<MutationContext, 'tx' | 'feed' | 'caller'>

/** @param refuse throws when the change was made on something that is no longer so; runs with the patient locked */
async function setFields(
  { tx, feed, caller }: ChangeContext,
  patientId: PatientId,
  set: PatientChange['set'],
  refuse: (current: Patient) => void,
): Promise<Patient> {
  const { practiceId } = caller
  const patient = await saveChange(tx, feed, practiceId, patientId, set, refuse)
  const subject = { patientId, revision: patient.revision, fields: changedFields(set).join(' ') }
  feed.audit(caller, { action: 'patient.change', outcome: 'done', subject })
  return patient
}

async function saveChange(
  tx: PracticeTx,
  feed: FeedWriter,
  practiceId: PracticeId,
  patientId: PatientId,
  set: PatientChange['set'],
  refuse: (current: Patient) => void,
): Promise<Patient> {
  const current = await lockPatient(tx, practiceId, patientId)
  if (current === undefined) throw new AppError('not-found', { patientId })
  refuse(current)
  const given = Object.fromEntries(changedFields(set).map((field) => [field, set[field]]))
  const patient: Patient = { ...current, ...given, revision: current.revision + 1 }
  await savePatient(tx, practiceId, patient)
  feed.put('patient', patientId, patient)
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
  return saveChange(tx, feed, practiceId, known.id, fields, () => {})
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
