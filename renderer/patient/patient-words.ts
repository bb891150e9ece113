import type { PatientFields } from '../../server/contract/domain/patients.ts'
import type { Translate } from '../text/text-context.tsx'
import type { Times } from '../text/times.ts'

/** A field's value as people read it; a dash for nothing. The doctor is an id without a name here. */
export function fieldWords(
  field: keyof PatientFields,
  value: PatientFields[keyof PatientFields] | undefined,
  { t, times, nowMs }: { readonly t: Translate; readonly times: Times; readonly nowMs: number },
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
      return t('patient.someDoctor')
    case 'familyName':
    case 'givenName':
    case 'reference':
    case 'alignerBrand':
    case 'currentStage':
    case 'totalStages':
      return String(value)
  }
}
