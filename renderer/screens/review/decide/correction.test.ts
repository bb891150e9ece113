import { expect, test } from 'vitest'
import { makeFakePractice } from '../../../ports/fake-practice.ts'
import { findCorrected, NOTE_MAX, noteWithReason } from './correction.ts'
import { caseWith } from './testing.ts'

const read = makeFakePractice(1, Date.UTC(2026, 7, 17)).reads[0]!
const purpose = { supersedes: read.readId, adjudicates: [] }
const withRead = (sent: boolean, change = {}) =>
  caseWith({ reads: [{ read: { ...read, ...change }, readerName: 'Dr Alma Reyes', sent }] })

test('a read that has left is corrected; one that is still here is simply replaced', () => {
  expect(findCorrected(withRead(true), purpose, null)?.readId).toBe(read.readId)
  expect(findCorrected(withRead(false), purpose, null)).toBeUndefined()
})

test('between its release and the server’s answer it counts as gone', () => {
  expect(findCorrected(withRead(false), purpose, read.readId)?.readId).toBe(read.readId)
})

test('a read without an action reached nobody: no reason is asked for', () => {
  expect(findCorrected(withRead(true, { action: { kind: 'none' } }), purpose, null)).toBeUndefined()
})

test('a first read, or the third of a dispute, corrects nothing', () => {
  expect(findCorrected(withRead(true), { supersedes: null, adjudicates: [] }, null)).toBeUndefined()
})

test('the reason comes first in the note, and the note stays within what a read may carry', () => {
  expect(noteWithReason(' Chewies. ', 'Correction: 22')).toBe('Correction: 22\nChewies.')
  expect(noteWithReason('', 'Correction: 22')).toBe('Correction: 22')
  expect(noteWithReason('x'.repeat(NOTE_MAX), 'Correction: 22')).toHaveLength(NOTE_MAX)
})
