import { expect, test } from 'vitest'
import { PatientFields } from '../../server/contract/domain/patients.ts'
import { makeFakePractice } from '../ports/fake-practice.ts'
import { draftOfPatient, EDITABLE_FIELDS, type PatientDraft, readDraft } from './patient-draft.ts'

const patient = makeFakePractice(1, 1_780_000_000_000).patients[0]!
const read = (change: Partial<PatientDraft>) => readDraft({ ...draftOfPatient(patient), ...change }, patient)

test('an untouched form changes nothing', () => {
  expect(read({})).toEqual({ set: {}, errors: {} })
})

test('every field can be edited', () => {
  expect(EDITABLE_FIELDS.toSorted()).toEqual(PatientFields.keyof().options.toSorted())
})

test('only what differs is sent, as the value that it means', () => {
  expect(read({ givenName: '  Ada ', currentStage: '9', alignerBrand: '' }).set).toEqual({
    givenName: 'Ada',
    currentStage: 9,
    alignerBrand: null,
  })
  expect(read({ givenName: ` ${patient.givenName} ` }).set).toEqual({})
})

test.each([
  ['familyName', ' '],
  ['familyName', 'x'.repeat(101)],
  ['reference', ''],
  ['birthDate', '2009-02-29'],
  ['currentStage', '201'],
  ['currentStage', '1.5'],
  ['currentStage', '1e2'],
  ['currentStage', '-1'],
  ['totalStages', '0'],
  ['scanFrequencyDays', 'often'],
  ['status', ''],
  ['treatmentType', 'surgery'],
  ['alignerBrand', 'x'.repeat(61)],
] as const)('%s as "%s" is wrong at its own field, and is not sent', (field, text) => {
  const { set, errors } = read({ [field]: text })
  expect(errors).toEqual({ [field]: `patient.wrong.${field}` })
  expect(set).toEqual({})
})

test.each(['birthDate', 'treatmentType', 'alignerBrand', 'currentStage', 'totalStages', 'scanFrequencyDays'] as const)(
  '%s may be empty',
  (field) => {
    expect(read({ [field]: '' })).toEqual({ set: { [field]: null }, errors: {} })
  },
)
