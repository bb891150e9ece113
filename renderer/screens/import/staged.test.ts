import { expect, test } from 'vitest'
import { PhotoHash } from '../../../server/contract/domain/ids.ts'
import type { StagedPhoto } from '../../../preload/contract/import.ts'
import { findImportGap } from './import-form.ts'
import { addStaged, assignView, type Staged } from './staged.ts'

const nowMs = new Date(2026, 7, 3, 12).getTime()
function photo(digit: string, more: Partial<StagedPhoto> = {}): StagedPhoto {
  return {
    hash: PhotoHash.parse(digit.repeat(64)),
    name: `${digit}.jpg`,
    byteCount: 9,
    mediaType: 'image/jpeg',
    refusal: null,
    guessedView: null,
    ...more,
  }
}
const add = (photos: readonly Staged[], next: StagedPhoto) => addStaged(photos, next, 'blob:x')

test('a view belongs to one photo: giving it again takes it from the first', () => {
  const two = add(add([], photo('a', { guessedView: 'frontal' })), photo('b', { guessedView: 'frontal' }))
  expect(two.map((staged) => staged.view)).toEqual(['frontal', null])
  expect(assignView(two, 'b'.repeat(64), 'frontal').map((staged) => staged.view)).toEqual([null, 'frontal'])
})

test('a refused photo never gets a view, and the same photo is taken once', () => {
  const one = add([], photo('a', { refusal: 'damaged', mediaType: null, guessedView: 'frontal' }))
  expect(assignView(one, 'a'.repeat(64), 'frontal')[0]?.view).toBeNull()
  expect(add(one, photo('a'))).toBe(one)
})

test('an import starts only with a photo, a patient and a day that has come', () => {
  const photos = assignView(add([], photo('a')), 'a'.repeat(64), 'frontal')
  const form = {
    patient: { input: { reference: 'N-1' }, label: 'N-1' },
    capturedOn: '2026-08-03',
    stage: '',
    aligners: 'in',
  } as const
  expect(findImportGap(form, photos, nowMs)).toBeNull()
  expect(findImportGap(form, [], nowMs)).toBe('import.needPhotos')
  expect(findImportGap({ ...form, patient: null }, photos, nowMs)).toBe('import.needPatient')
  expect(findImportGap({ ...form, capturedOn: '2026-08-04' }, photos, nowMs)).toBe('import.needDate')
  expect(findImportGap({ ...form, capturedOn: '2026-02-30' }, photos, nowMs)).toBe('import.needDate')
  expect(findImportGap({ ...form, stage: '201' }, photos, nowMs)).toBe('import.needStage')
})
