import { expect, it } from 'vitest'
import { PersonId } from './ids.ts'
import { type LaneCondition, matchesLane, type PatientFacts, type ScanFacts } from './practice-rules.ts'

const NOW = 1_790_000_000_000
const HOUR = 3_600_000
const doctor = PersonId.parse('019f0000-0000-7000-8000-000000000001')
const scan: ScanFacts = { missingViews: 0, flagged: false, firstScan: false, submittedAtMs: NOW - 10 * HOUR }
const patient: PatientFacts = { status: 'active', treatment: 'aligners', doctorId: doctor, goals: [] }
const at = { nowMs: NOW, today: '2026-11-21' }
const holds = (conditions: LaneCondition[], about: Partial<ScanFacts> = {}, of: Partial<PatientFacts> = {}) =>
  matchesLane({ conditions }, { ...scan, ...about }, { ...patient, ...of }, at)

it.each<[LaneCondition, Partial<ScanFacts>, Partial<PatientFacts>]>([
  [{ is: 'missing_photos' }, { missingViews: 2 }, {}],
  [{ is: 'flagged' }, { flagged: true }, {}],
  [{ is: 'first_scan' }, { firstScan: true }, {}],
  [{ is: 'waiting_longer', hours: 10 }, { submittedAtMs: NOW - 10 * HOUR - 1 }, {}],
  [{ is: 'patient_status', status: 'refinement' }, {}, { status: 'refinement' }],
  [{ is: 'treatment', treatment: 'braces' }, {}, { treatment: 'braces' }],
  [{ is: 'doctor', personId: null }, {}, { doctorId: null }],
  [{ is: 'goal_due', withinDays: 10 }, {}, { goals: [{ dueOn: '2026-12-01', quietUntil: null }] }],
])('%j holds the scan that answers it with yes, and no other', (condition, about, of) => {
  expect([holds([condition], about, of), holds([condition])]).toEqual([true, false])
})

it('a lane holds what meets every one of its conditions', () => {
  const both: LaneCondition[] = [{ is: 'flagged' }, { is: 'doctor', personId: doctor }]
  expect(holds(both, { flagged: true })).toBe(true)
  expect(holds(both, { flagged: true }, { doctorId: null })).toBe(false)
})

it.each([
  ['a day later than asked', '2026-12-02', null, false],
  ['long over', '2026-01-01', null, true],
  ['without a day', null, null, false],
  ['in its quiet period', '2026-11-22', '2026-11-22', false],
  ['on the day when its quiet period ends', '2026-11-22', '2026-11-21', true],
])('a goal %s', (_name, dueOn, quietUntil, isDue) => {
  expect(holds([{ is: 'goal_due', withinDays: 10 }], {}, { goals: [{ dueOn, quietUntil }] })).toBe(isDue)
})

it('counts days over the end of a month and of a year', () => {
  const goals = [{ dueOn: '2027-01-02', quietUntil: null }]
  const due = (today: string, withinDays: number) =>
    matchesLane({ conditions: [{ is: 'goal_due', withinDays }] }, scan, { ...patient, goals }, { ...at, today })
  expect([due('2026-12-30', 2), due('2026-12-30', 3), due('2026-12-31', 2)]).toEqual([false, true, true])
})
