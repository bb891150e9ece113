import { expect, it } from 'vitest'
import { FLAWS } from './flaws.ts'
import { readSamplePatients } from './patients.ts'
import { planPractice } from './plan.ts'

const patients = readSamplePatients()
const plan = planPractice(patients, '2026-11-21')

it('has twelve patients of different references, aged 12 to 60', () => {
  expect(new Set(patients.map((patient) => patient.reference)).size).toBe(12)
  for (const { birthDate } of patients) {
    const ageYears = (Date.parse('2026-11-21') - Date.parse(birthDate ?? '')) / (365.25 * 86_400_000)
    expect(ageYears).toBeGreaterThanOrEqual(12)
    expect(ageYears).toBeLessThan(61)
  }
})

it('has 36 sessions, 2 to 4 for each patient, on different days', () => {
  expect(plan).toHaveLength(36)
  for (const { reference } of patients) {
    const days = plan.filter((session) => session.reference === reference).map((session) => session.capturedOn)
    expect(days.length).toBeGreaterThanOrEqual(2)
    expect(days.length).toBeLessThanOrEqual(4)
    expect(new Set(days).size).toBe(days.length)
  }
})

it('begins with the newest session of every patient, none older than a week and none in the future', () => {
  const newest = plan.slice(0, 12)
  expect(new Set(newest.map((session) => session.reference)).size).toBe(12)
  for (const { capturedOn } of newest) {
    expect(capturedOn <= '2026-11-21').toBe(true)
    expect(capturedOn >= '2026-11-14').toBe(true)
  }
})

it('has every kind of flaw somewhere, and most photos without any', () => {
  const flaws = plan.flatMap((session) => session.photos.flatMap((photo) => photo.flaws))
  const seen = new Set<string>(flaws)
  if (plan.some((session) => session.photos.length < 5)) seen.add('missing')
  expect(seen).toEqual(new Set(FLAWS))
  expect(flaws.length).toBeLessThan(20)
})

it('is the same plan whenever it is made for the same day, and keeps the mouths on another day', () => {
  expect(planPractice(patients, '2026-11-21')).toEqual(plan)
  const other = planPractice(patients, '2026-12-25')
  expect(other[0]?.mouth.look).toEqual({ ...plan[0]?.mouth.look, shade: other[0]?.mouth.look.shade })
})

it('goes back one stage or more from each session to the one before', () => {
  for (const session of plan) {
    const before = plan.find((one) => one.reference === session.reference && one.age === session.age + 1)
    const stages = before === undefined ? null : (session.stage ?? 0) - (before.stage ?? 0)
    expect(session.stagesSincePrevious).toBe(stages)
  }
})
