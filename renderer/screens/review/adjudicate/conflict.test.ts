import { expect, test } from 'vitest'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { type PersonId, ReadId } from '../../../../server/contract/domain/ids.ts'
import { type Read, reviewStateOf } from '../../../../server/contract/domain/reads.ts'
import { FAKE_PEOPLE, fakeId, makeFakePractice } from '../../../ports/fake-practice.ts'
import { draftOfRead, plainPurpose } from '../draft.ts'
import { agreedDraft, differencesOf, findConflict, findUnsettled, pairWith } from './conflict.ts'

const practice = makeFakePractice(1, 1_780_000_000_000)
const session = practice.sessions[0]!
const template = practice.reads[0]!
const [alma, jonas, naledi, leonhard] = FAKE_PEOPLE.map((person) => person.id) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
]
const readId = (n: number) => ReadId.parse(fakeId(40, n))

/** Read `n` is recorded at second `n` of the server's clock. */
function read(n: number, readerId: PersonId, more: Partial<Read> = {}): Read {
  const plain = { overallTracking: 1, alignerFit: 1, oralHygiene: 1, detailTags: [], notes: '' } as const
  const made = { ...template, ...plain, sessionId: session.id, readId: readId(n), readerId, recordedAtMs: n, ...more }
  return { ...made, detailTags: [...made.detailTags] }
}
function caseOf(...reads: Read[]): ReviewCase {
  return {
    session,
    patient: practice.patients[0]!,
    doctorName: null,
    priors: [],
    reads: reads.map((one) => ({ read: one, readerName: '', sent: one.recordedAtMs !== null })),
    actions: [],
    state: reviewStateOf(reads),
    history: [],
    goals: [],
    questions: [],
    secondReadId: null,
  }
}
const pairOf = (reviewCase: ReviewCase, me = alma) =>
  findConflict(reviewCase, me)?.pair.map(({ read: one }) => one.readId)
const off = { overallTracking: 3 } as const

test('two people who differ: the older read is the first', () => {
  expect(pairOf(caseOf(read(2, naledi, off), read(1, jonas)))).toEqual([readId(1), readId(2)])
})

test('a read that the server has not confirmed counts as the newest, whatever this computer’s clock says', () => {
  const waiting = read(1, jonas, { ...off, recordedAtMs: null, readAtMs: 0 })
  expect(pairOf(caseOf(waiting, read(2, naledi)))).toEqual([readId(2), readId(1)])
})

test.each([
  ['nobody has read it', caseOf()],
  ['one read', caseOf(read(1, jonas))],
  ['two that agree', caseOf(read(1, jonas), read(2, naledi, { notes: 'other words' }))],
  ['one person’s two reads, which the rule does not let anybody settle', caseOf(read(1, jonas), read(2, jonas, off))],
  [
    'it has been settled',
    caseOf(read(1, jonas), read(2, naledi, off), read(3, leonhard, { adjudicates: [readId(1), readId(2)] })),
  ],
])('nothing to settle: %s', (_, reviewCase) => {
  expect(findConflict(reviewCase, alma)).toBeUndefined()
})

test('of more than two the newest two by different people are compared', () => {
  const three = caseOf(read(1, jonas), read(2, naledi, off), read(3, naledi, { overallTracking: 2 }))
  expect(pairOf(three)).toEqual([readId(1), readId(3)])
})

test('another pair can be picked, and never becomes two reads of one person', () => {
  const reads = caseOf(read(1, jonas), read(2, naledi, off), read(3, leonhard), read(4, naledi, off))
  const conflict = findConflict(reads, alma)!
  expect(conflict.pair.map((one) => one.read.readId)).toEqual([readId(3), readId(4)])
  const other = pairWith(conflict, 0, readId(1))
  expect(findConflict(reads, alma, other)?.pair.map((one) => one.read.readId)).toEqual([readId(1), readId(4)])
  const same = findConflict(reads, alma, pairWith(conflict, 0, readId(2)))!
  expect(same.pair.map((one) => one.read.readerId)).toEqual([naledi, leonhard])
})

test('a pick that no longer stands gives way to the newest two', () => {
  const reads = caseOf(
    read(1, jonas),
    read(2, naledi, off),
    read(3, jonas, { overallTracking: 2, supersedes: readId(1) }),
  )
  expect(findConflict(reads, alma, [readId(1), readId(2)])?.pair.map((one) => one.read.readId)).toEqual([
    readId(2),
    readId(3),
  ])
})

test('one of the two may settle it, and is told that a read is theirs', () => {
  const reads = caseOf(read(1, jonas), read(2, naledi, off))
  expect(findConflict(reads, jonas)?.isOwn).toBe(true)
  expect(findConflict(reads, alma)?.isOwn).toBe(false)
})

test('it opens with what both agree about, and with nothing on what they do not', () => {
  const plaque = { code: 'plaque', teeth: [31, 41], mm: null }
  const unseat = { code: 'unseat', teeth: [22], mm: 0.5 }
  const first = read(1, jonas, { oralHygiene: 2, detailTags: [plaque, unseat], notes: 'Chewies.' })
  const second = read(2, naledi, { ...off, oralHygiene: 2, detailTags: [{ ...plaque, teeth: [41, 31] }] })
  const conflict = findConflict(caseOf(first, second), alma)!
  expect(agreedDraft(conflict, 'unknown')).toEqual({
    scores: { overallTracking: null, alignerFit: 1, oralHygiene: 2 },
    aligners: first.aligners,
    details: [plaque],
    note: '',
  })
  expect([...conflict.differing]).toEqual(['overallTracking'])
  expect(differencesOf(conflict)).toEqual({ details: true, action: false, note: true, aligners: false })
})

test('a score in dispute has to be given, unless one of the two could not judge it', () => {
  const first = read(1, jonas, { alignerFit: null })
  const conflict = findConflict(caseOf(first, read(2, naledi, { overallTracking: 2, alignerFit: 2 })), alma)!
  const open = agreedDraft(conflict, 'in')
  expect(findUnsettled(conflict, open)).toBe('overallTracking')
  expect(findUnsettled(conflict, { ...open, scores: { ...open.scores, overallTracking: 1 } })).toBeUndefined()
  expect(findUnsettled(conflict, draftOfRead(first))).toBeUndefined()
})

test('a correction of an own adjudication still names its two', () => {
  const settled = read(3, alma, { adjudicates: [readId(1), readId(2)] })
  const reads = caseOf(read(1, jonas), read(2, naledi, off), settled)
  expect(plainPurpose(reads, alma)).toEqual({ supersedes: readId(3), adjudicates: [readId(1), readId(2)] })
  const replaced = caseOf(read(1, jonas), read(2, naledi, off), settled, read(4, jonas, { supersedes: readId(1) }))
  expect(plainPurpose(replaced, alma)).toEqual({ supersedes: readId(3), adjudicates: [] })
})

test('whoever left two reads on two computers replaces the newest', () => {
  expect(plainPurpose(caseOf(read(1, jonas), read(2, jonas, off)), jonas)).toEqual({
    supersedes: readId(2),
    adjudicates: [],
  })
})
