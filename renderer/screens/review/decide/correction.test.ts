import { expect, test } from 'vitest'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { type Action, actionOf, type Read } from '../../../../server/contract/domain/reads.ts'
import { FAKE_PEOPLE, makeFakePractice } from '../../../ports/fake-practice.ts'
import { findStanding } from './correction.ts'
import { caseWith } from './testing.ts'

const practice = makeFakePractice(1, Date.UTC(2026, 7, 17))
const [alma, jonas] = [FAKE_PEOPLE[0]!.id, FAKE_PEOPLE[3]!.id]
const read: Read = { ...practice.reads[0]!, readerId: alma, action: { kind: 'hold_aligner', days: 7 } }
const action = actionOf(read, { ...practice.actions[0]!, outcome: 'won' })
const own = { supersedes: read.readId, adjudicates: [] }
const settles = { supersedes: null, adjudicates: [read.readId, read.readId] }

function caseOf(sent = true, actions: readonly Action[] = [action]): ReviewCase {
  return caseWith({ reads: [{ read, readerName: 'Dr Alma Reyes', sent }], actions: [...actions] })
}

test('what has left is corrected by its author, with a reason', () => {
  expect(findStanding(caseOf(), own, alma, null)).toEqual({ action, correct: 'must', isHere: false })
})

test('what can still be taken back needs a reason too: sent after it, a second action would come second', () => {
  expect(findStanding(caseOf(false), own, alma, null)).toEqual({ action, correct: 'must', isHere: true })
  // Between its release and the server's answer it counts as gone.
  expect(findStanding(caseOf(false), own, alma, read.readId)?.isHere).toBe(false)
})

test('whoever settles two reads may correct, and need not', () => {
  expect(findStanding(caseOf(), settles, jonas, null)).toEqual({ action, correct: 'may', isHere: false })
})

test('a colleague’s action stands, whatever somebody decides in place of an own read', () => {
  expect(findStanding(caseOf(), own, jonas, null)?.correct).toBe('never')
})

test('there is nothing to correct where nothing stands for the patient, and for a first read', () => {
  const nothing = actionOf({ ...read, action: { kind: 'none' } }, action)
  for (const actions of [[], [nothing], [{ ...action, outcome: 'would_have_done' as const }]])
    expect(findStanding(caseOf(true, actions), own, alma, null)).toBeUndefined()
  expect(findStanding(caseOf(), { supersedes: null, adjudicates: [] }, alma, null)).toBeUndefined()
})
