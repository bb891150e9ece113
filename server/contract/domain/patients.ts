import { z } from 'zod'
import { PatientId, PersonId } from './ids.ts'
import { CalendarDay } from './time.ts'

export const TreatmentType = z.enum(['aligners', 'braces', 'retention', 'observation'])
export type TreatmentType = z.infer<typeof TreatmentType>

/**
 * - `unregistered`: first seen in an intake under a reference nobody had entered yet
 * - `refinement`: wearing additional aligners after a first series
 */
export const PatientStatus = z.enum(['unregistered', 'active', 'refinement', 'paused', 'finished'])
export type PatientStatus = z.infer<typeof PatientStatus>

export const Patient = z.strictObject({
  id: PatientId,
  /** The practice's own number or reference; unique within the practice. */
  reference: z.string().trim().min(1).max(100),
  givenName: z.string().trim().max(100),
  familyName: z.string().trim().min(1).max(100),
  birthDate: CalendarDay.nullable(),
  treatmentType: TreatmentType.nullable(),
  alignerBrand: z.string().trim().min(1).max(60).nullable(),
  currentStage: z.int().min(0).max(200).nullable(),
  totalStages: z.int().min(1).max(200).nullable(),
  scanFrequencyDays: z.int().min(1).max(365).nullable(),
  status: PatientStatus,
  doctorId: PersonId.nullable(),
  /** Changes accepted so far; the server's number. A change names the revision it was made on. */
  revision: z.int().positive(),
})
export type Patient = z.infer<typeof Patient>

/** Fields a person may set; the rest belongs to the server. */
export const PatientFields = Patient.omit({ id: true, revision: true })
export type PatientFields = z.infer<typeof PatientFields>

export const NewPatient = PatientFields.extend({ id: PatientId })
export type NewPatient = z.infer<typeof NewPatient>

export const PatientChange = z.strictObject({
  baseRevision: z.int().positive(),
  set: PatientFields.partial().refine((set) => Object.keys(set).length > 0, 'Nothing to change'),
})
export type PatientChange = z.infer<typeof PatientChange>

/**
 * Which fields of a change somebody else has changed since: the value that it was made on (`base`) is no longer there.
 * A field that already has the wanted value is no conflict. The server decides by it, the workstation shows it.
 * @param base a value for each field of `set`, as a workstation sent it; one that is missing counts as changed
 */
export function staleFields(
  current: PatientFields,
  base: Readonly<Record<string, unknown>>,
  set: PatientChange['set'],
): (keyof PatientFields)[] {
  return changedFields(set).filter((field) => {
    if (current[field] === set[field]) return false // every field is a scalar or null
    return !Object.hasOwn(base, field) || base[field] !== current[field]
  })
}

/** The fields that a change names. */
export function changedFields(set: PatientChange['set']): (keyof PatientFields)[] {
  return PatientFields.keyof().options.filter((field) => set[field] !== undefined)
}

/** `Okafor, Adaeze`: the way lists show a name. A patient known by reference alone shows the reference. */
export function listName(patient: Pick<Patient, 'givenName' | 'familyName'>): string {
  return patient.givenName === '' ? patient.familyName : `${patient.familyName}, ${patient.givenName}`
}
