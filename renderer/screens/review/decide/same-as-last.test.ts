import { expect, test } from 'vitest'
import type { HistoryEntry } from '../../../../preload/contract/review.ts'
import { makeFakePractice } from '../../../ports/fake-practice.ts'
import { openDraft, setAligners, setScore } from '../draft.ts'
import { fillAsLast } from './same-as-last.ts'
import { caseWith } from './testing.ts'

const read = makeFakePractice(1, Date.UTC(2026, 7, 17)).reads[0]!
const last: HistoryEntry = {
  capturedOn: '2026-08-03',
  readerName: 'Dr Jonas Adler',
  read: {
    ...read,
    overallTracking: 2,
    alignerFit: 3,
    oralHygiene: null,
    notes: 'Chewies on 22.',
    detailTags: [
      { code: 'unseat', teeth: [22], mm: 0.5 },
      { code: 'retake_blur', teeth: [], mm: null },
      { code: 'x_old', teeth: [], mm: null },
      { code: 'x_new', teeth: [], mm: null },
    ],
  },
}
const own = [
  { code: 'x_old', label: 'Old', teeth: false, mm: false, retired: true },
  { code: 'x_new', label: 'New', teeth: false, mm: false, retired: false },
]
const empty = openDraft(caseWith(), undefined)

test('scores and details are filled; the note, the reasons for a retake and retired words stay with their day', () => {
  expect(fillAsLast(empty, last, own)).toMatchObject({
    scores: { overallTracking: 2, alignerFit: 3, oralHygiene: null },
    note: '',
    details: [{ code: 'unseat', teeth: [22], mm: 0.5 }, { code: 'x_new' }],
  })
})

test('a score that was not given last time leaves what was entered today', () => {
  const entered = setScore(empty, 'oralHygiene', 3)
  expect(fillAsLast(entered, last, own).scores).toEqual({ overallTracking: 2, alignerFit: 3, oralHygiene: 3 })
})

test('with the aligners out today there is no fit, whatever it was last time', () => {
  expect(fillAsLast(setAligners(empty, 'out'), last, own).scores.alignerFit).toBeNull()
})
