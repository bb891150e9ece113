import { changedFields, type Patient, type PatientFields } from '../../server/contract/domain/patients.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import type { Role } from '../../server/contract/domain/roles.ts'
import { AppError } from '../../server/contract/errors.ts'
import { type ChangePatient, MUTATIONS } from '../../server/contract/sync/mutations.ts'
import { type Changes, changePatientRow, newChanges, settleChanges } from '../store/changes.ts'
import type { WriteTx } from '../store/db.ts'
import { enqueue } from '../store/outbox/outbox.ts'
import { savePatientOverlay } from '../store/outbox/overlay.ts'
import { findPatient } from '../store/patients/patients.ts'

const MAY_CHANGE = MUTATIONS['patient.change'].who

type By = { readonly person: Person; readonly nowMs: number }
type Changed = {
  readonly patient: Patient
  readonly changes: Changes
  /** Null when every field was so already. */
  readonly mutationId: string | null
}

/**
 * Fields of a patient in the caller's one transaction: seen at once, in the outbox with the values they were made on.
 * Fields that are so already are left out, so that they cannot meet a colleague's change.
 * @throws AppError `not-found`; `auth.denied`
 */
export function changePatientLocally(tx: WriteTx, args: ChangePatient, by: By): Changed {
  const before = getPatient(tx, args.patientId)
  const fields = changedFields(args.set).filter((field) => args.set[field] !== before[field])
  if (fields.length === 0) return { patient: before, changes: newChanges(), mutationId: null }
  return queueChange(tx, { ...args, set: pick(args.set, fields) }, pick(before, fields), by)
}

/**
 * The same, in place of a change that the server did not take: queued whole, on what stands now, even where that is
 * what was wanted already. So there always is a change that the refused one can point to.
 */
export function changePatientAnew(tx: WriteTx, args: ChangePatient, by: By): Changed & { readonly mutationId: string } {
  return queueChange(tx, args, pick(getPatient(tx, args.patientId), changedFields(args.set)), by)
}

function queueChange(
  tx: WriteTx,
  args: ChangePatient,
  base: Partial<PatientFields>,
  { person, nowMs }: By,
): Changed & { readonly mutationId: string } {
  if (!person.roles.some((role) => (MAY_CHANGE as readonly Role[]).includes(role)))
    throw new AppError('auth.denied', { patientId: args.patientId })
  const sender = { personId: person.id, nowMs, notBeforeMs: 0 }
  const queued = enqueue(tx, 'patient.change', args, sender, { subject: args.patientId, base })
  savePatientOverlay(tx, { ...queued, personId: person.id, args })
  const changes = newChanges()
  changePatientRow(tx, changes, args.patientId)
  settleChanges(tx, changes)
  return { patient: getPatient(tx, args.patientId), changes, mutationId: queued.mutationId }
}

function getPatient(tx: WriteTx, id: string): Patient {
  const patient = findPatient(tx, id)
  if (patient === undefined) throw new AppError('not-found', { patientId: id })
  return patient
}

function pick(from: ChangePatient['set'], fields: readonly (keyof PatientFields)[]): Partial<PatientFields> {
  return Object.fromEntries(fields.map((field) => [field, from[field]]))
}
