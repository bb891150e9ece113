import type { PatientFields } from '../../server/contract/domain/patients.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import type { Translate } from '../text/text-context.tsx'
import type { Times } from '../text/times.ts'

type Words = {
  readonly t: Translate
  readonly times: Times
  readonly nowMs: number
  /** Who works here: the doctor is an id. */
  readonly people: readonly Pick<Person, 'id' | 'displayName'>[]
}

/** A field's value as people read it; a dash for nothing. */
export function fieldWords(
  field: keyof PatientFields,
  value: PatientFields[keyof PatientFields] | undefined,
  { t, times, nowMs, people }: Words,
): string {
  if (value === undefined || value === null || value === '') return '–'
  switch (field) {
    case 'status':
      return t(`patientStatus.${value as PatientFields['status']}`) // the field's own values
    case 'treatmentType':
      return t(`treatment.${value as NonNullable<PatientFields['treatmentType']>}`) // the field's own values
    case 'birthDate':
      return times.day(String(value), nowMs)
    case 'scanFrequencyDays':
      return t('patient.everyDays', { count: Number(value) })
    case 'doctorId':
      return people.find(({ id }) => id === value)?.displayName ?? t('patient.someDoctor')
    case 'familyName':
    case 'givenName':
    case 'reference':
    case 'alignerBrand':
    case 'currentStage':
    case 'totalStages':
      return String(value)
  }
}
