import { describe, expect, test } from 'vitest'
import { changedFields, listName, NewPatient, Patient, PatientChange, staleFields } from './patients.ts'

const patient = {
  id: '01890000-0000-7000-8000-000000000001',
  reference: 'N-1042',
  givenName: 'Adaeze',
  familyName: 'Okafor',
  birthDate: '2008-02-29',
  treatmentType: 'aligners',
  alignerBrand: null,
  currentStage: 4,
  totalStages: 22,
  scanFrequencyDays: 7,
  status: 'active',
  doctorId: null,
  revision: 1,
}

test('lists show the family name first', () => {
  expect(listName({ givenName: 'Adaeze', familyName: 'Okafor' })).toBe('Okafor, Adaeze')
})

test('a patient known by reference alone is listed by it, without a comma', () => {
  expect(listName({ givenName: '', familyName: 'N-1042' })).toBe('N-1042')
})

test('surrounding blanks are no part of a name or reference', () => {
  expect(Patient.parse({ ...patient, reference: ' N-1042 ', givenName: ' Adaeze ' })).toEqual(patient)
})

test.each([
  ['a birth date that does not exist', { birthDate: '2009-02-29' }],
  ['a blank family name', { familyName: '  ' }],
  ['a stage beyond 200', { currentStage: 201 }],
  ['no stages at all', { totalStages: 0 }],
  ['a field nobody knows', { favouriteColour: 'blue' }],
  ['revision 0', { revision: 0 }],
])('%s is refused', (_, wrong) => {
  expect(Patient.safeParse({ ...patient, ...wrong }).success).toBe(false)
})

test('a change sets at least one field, and neither id nor revision', () => {
  expect(PatientChange.safeParse({ baseRevision: 1, set: {} }).success).toBe(false)
  expect(PatientChange.safeParse({ baseRevision: 1, set: { revision: 9 } }).success).toBe(false)
  expect(PatientChange.safeParse({ baseRevision: 1, set: { id: patient.id } }).success).toBe(false)
  expect(PatientChange.parse({ baseRevision: 1, set: { currentStage: null } }).set).toEqual({ currentStage: null })
})

describe('a change that was made offline', () => {
  const current = Patient.parse({ ...patient, alignerBrand: 'Clear' })

  test.each([
    ['nothing changed meanwhile', { currentStage: 4 }, { currentStage: 5 }, []],
    ['another field changed meanwhile', { currentStage: 4 }, { currentStage: 5 }, []],
    ['the field changed meanwhile', { currentStage: 3 }, { currentStage: 5 }, ['currentStage']],
    ['somebody else has set the same', { currentStage: 3 }, { currentStage: 4 }, []],
    ['somebody else has set the same, and the base is not named', {}, { currentStage: 4 }, []],
    ['the base is not named', {}, { currentStage: 5 }, ['currentStage']],
    ['it was empty and is no longer', { alignerBrand: null }, { alignerBrand: 'Other' }, ['alignerBrand']],
    ['it is to be emptied', { alignerBrand: 'Clear' }, { alignerBrand: null }, []],
    ['it is empty and is filled', { doctorId: null }, { doctorId: patient.id }, []],
    ['the base is of another kind', { currentStage: '4' }, { currentStage: 5 }, ['currentStage']],
    ['the base is an object', { currentStage: { valueOf: 4 } }, { currentStage: 5 }, ['currentStage']],
    [
      'one of two changed',
      { status: 'active', totalStages: 9 },
      { status: 'paused', totalStages: 30 },
      ['totalStages'],
    ],
  ])('%s', (_, base, set, stale) => {
    const change = PatientChange.parse({ baseRevision: 1, set })
    expect(staleFields(current, base, change.set)).toEqual(stale)
  })

  test('a base that is only inherited is none', () => {
    const base: Record<string, unknown> = Object.create({ currentStage: 4 })
    expect(staleFields(current, base, { currentStage: 5 })).toEqual(['currentStage'])
  })

  test('its fields are those that it sets, null included', () => {
    expect(changedFields({ currentStage: null, givenName: 'A', familyName: undefined })).toEqual([
      'givenName',
      'currentStage',
    ])
  })
})

test('a new patient does not choose its revision', () => {
  const { revision: _, ...fields } = patient
  expect(NewPatient.safeParse(fields).success).toBe(true)
  expect(NewPatient.safeParse(patient).success).toBe(false)
})
