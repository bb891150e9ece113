import {
  type PatientChange,
  PatientFields,
  PatientStatus,
  TreatmentType,
} from '../../server/contract/domain/patients.ts'
import type { TextKey } from '../text/table.ts'

/** Fields that a person edits here: all of them, in the order of the form. */
export const EDITABLE_FIELDS = [
  'familyName',
  'givenName',
  'reference',
  'birthDate',
  'status',
  'treatmentType',
  'alignerBrand',
  'currentStage',
  'totalStages',
  'scanFrequencyDays',
  'doctorId',
] as const satisfies readonly (keyof PatientFields)[]
export type EditableField = (typeof EDITABLE_FIELDS)[number]

/** What stands in the form's fields, as text; empty for nothing. */
export type PatientDraft = Readonly<Record<EditableField, string>>
/** What is changed, field by field. */
export type PatientSet = PatientChange['set']
export type PatientErrors = Readonly<Partial<Record<EditableField, TextKey>>>

const NUMBERS: readonly EditableField[] = ['currentStage', 'totalStages', 'scanFrequencyDays']
export const CHOICES = { status: PatientStatus.options, treatmentType: TreatmentType.options } as const
export const MAY_BE_EMPTY: readonly EditableField[] = EDITABLE_FIELDS.filter(
  (field) => PatientFields.shape[field].safeParse(null).success,
)

export function draftOfPatient(patient: PatientFields): PatientDraft {
  const text = (field: EditableField) => String(patient[field] ?? '')
  return Object.fromEntries(EDITABLE_FIELDS.map((field) => [field, text(field)])) as PatientDraft // one entry per field
}

/**
 * What the form would change of what stands now: only fields whose value differs, so that a colleague's change of
 * another field is never touched. `errors` by the contract's own schema.
 */
export function readDraft(
  draft: PatientDraft,
  now: PatientFields,
): {
  readonly set: PatientSet
  readonly errors: PatientErrors
} {
  const set: Record<string, unknown> = {}
  const errors: Partial<Record<EditableField, TextKey>> = {}
  for (const field of EDITABLE_FIELDS) {
    const parsed = PatientFields.shape[field].safeParse(valueOf(field, draft[field]))
    if (!parsed.success) errors[field] = `patient.wrong.${field}`
    else if (parsed.data !== now[field]) set[field] = parsed.data
  }
  return { set: PatientFields.partial().parse(set), errors }
}

function valueOf(field: EditableField, text: string): unknown {
  const typed = text.trim()
  if (typed === '' && MAY_BE_EMPTY.includes(field)) return null
  if (!NUMBERS.includes(field)) return typed
  // `1e2`, `0x1f` and `1.5` are numbers to JavaScript, and no aligner to anybody.
  return /^\d+$/.test(typed) ? Number(typed) : Number.NaN
}
