import { PatientStatus, TreatmentType } from '../../../../server/contract/domain/patients.ts'
import type { LaneCondition } from '../../../../server/contract/domain/practice-rules.ts'
import type { Person } from '../../../../server/contract/domain/people.ts'
import { mayDecide } from '../../../../server/contract/domain/roles.ts'
import type { Translate } from '../../../text/text-context.tsx'

export const CONDITION_KINDS = [
  'missing_photos',
  'flagged',
  'first_scan',
  'waiting_longer',
  'patient_status',
  'treatment',
  'doctor',
  'goal_due',
] as const satisfies readonly LaneCondition['is'][]
export type ConditionKind = (typeof CONDITION_KINDS)[number]

/** What a condition says first when it is chosen: the value that most practices want. */
export function newCondition(is: ConditionKind): LaneCondition {
  switch (is) {
    case 'missing_photos':
    case 'flagged':
    case 'first_scan':
      return { is }
    case 'waiting_longer':
      return { is, hours: 24 }
    case 'patient_status':
      return { is, status: 'refinement' }
    case 'treatment':
      return { is, treatment: 'aligners' }
    case 'doctor':
      return { is, personId: null }
    case 'goal_due':
      return { is, withinDays: 7 }
  }
}

/** `doctor is Dr Alma Reyes`: the whole condition in one phrase. */
export function conditionWords(condition: LaneCondition, people: readonly Person[], t: Translate): string {
  const value = valueWords(condition, people, t)
  return value === null ? t(`practice.is.${condition.is}`) : `${t(`practice.is.${condition.is}`)} ${value}`
}

/** The value alone; null for a condition that has none. */
export function valueWords(condition: LaneCondition, people: readonly Person[], t: Translate): string | null {
  switch (condition.is) {
    case 'missing_photos':
    case 'flagged':
    case 'first_scan':
      return null
    case 'waiting_longer':
      return condition.hours % 24 === 0 && condition.hours > 24
        ? t('practice.days', { count: condition.hours / 24 })
        : t('practice.hours', { count: condition.hours })
    case 'patient_status':
      return t(`patientStatus.${condition.status}`)
    case 'treatment':
      return t(`treatment.${condition.treatment}`)
    case 'doctor':
      return doctorWords(condition.personId, people, t)
    case 'goal_due':
      return condition.withinDays === 0 ? t('practice.today') : t('practice.days', { count: condition.withinDays })
  }
}

function doctorWords(personId: string | null, people: readonly Person[], t: Translate): string {
  if (personId === null) return t('practice.noDoctor')
  return people.find(({ id }) => id === personId)?.displayName ?? t('practice.formerDoctor')
}

const HOURS = [4, 8, 12, 24, 48, 72, 96, 168, 336, 720] as const
const DAYS = [0, 1, 3, 7, 14, 30, 60, 90, 180] as const

/** Every value that the condition may be given, the present one among them. */
export function valuesOf(condition: LaneCondition, people: readonly Person[]): LaneCondition[] {
  const all = standardValues(condition, people)
  const isNow = (other: LaneCondition) => JSON.stringify(other) === JSON.stringify(condition)
  return all.length === 0 || all.some(isNow) ? all : [...all, condition]
}

function standardValues(condition: LaneCondition, people: readonly Person[]): LaneCondition[] {
  switch (condition.is) {
    case 'missing_photos':
    case 'flagged':
    case 'first_scan':
      return []
    case 'waiting_longer':
      return HOURS.map((hours) => ({ is: 'waiting_longer', hours }))
    case 'patient_status':
      return PatientStatus.options.map((status) => ({ is: 'patient_status', status }))
    case 'treatment':
      return TreatmentType.options.map((treatment) => ({ is: 'treatment', treatment }))
    case 'doctor':
      return [null, ...people.filter(({ roles }) => mayDecide(roles)).map(({ id }) => id)].map((personId) => ({
        is: 'doctor',
        personId,
      }))
    case 'goal_due':
      return DAYS.map((withinDays) => ({ is: 'goal_due', withinDays }))
  }
}
