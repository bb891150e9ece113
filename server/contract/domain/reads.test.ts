import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ActionId, PatientId, PersonId, ReadId, SecondReadId, SessionId } from './ids.ts'
import {
  type Action,
  actionOf,
  findCorrection,
  isFirstRead,
  type Read,
  RecordRead as RecordReadSchema,
  type RecordRead,
  recordRead,
  reviewStateOf,
  standingReads,
} from './reads.ts'
import { drawnSecondRead, OWN_CASE_AFTER_MS, type SecondRead } from './second-reads.ts'
import type { ActionTaken } from './tags.ts'

const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const readId = (n: number) => ReadId.parse(uuid(n))
const [alma, jonas, naledi] = [1, 2, 3].map((n) => PersonId.parse(uuid(100 + n))) as [PersonId, PersonId, PersonId]
const patientId = PatientId.parse(uuid(900))
const sessionId = SessionId.parse(uuid(800))

const args: RecordRead = {
  readId: readId(1),
  actionId: ActionId.parse(uuid(700)),
  sessionId,
  sessionVersion: 2,
  overallTracking: 1,
  alignerFit: 1,
  oralHygiene: 1,
  aligners: 'in',
  detailTags: [],
  action: { kind: 'none' },
  notes: '',
  aiSuggested: false,
  aiOverridden: false,
  supersedes: null,
  adjudicates: [],
  readAtMs: 1_780_000_000_000,
}

function read(n: number, readerId: PersonId, more: Partial<Read> = {}): Read {
  const { actionId: _, ...fields } = args
  return { ...fields, readId: readId(n), readerId, recordedAtMs: n, ...more }
}

function record(more: Partial<RecordRead>, reads: Read[] = [], winner?: Pick<Action, 'id' | 'decidedBy'>) {
  const context = { session: { patientId, version: 2 }, reads, winner }
  return recordRead({ ...args, ...more }, context, { personId: alma, nowMs: 5 })
}

describe('where a session stands', () => {
  const off = { overallTracking: 3 } as const
  test.each([
    { what: 'no read', reads: [], state: 'waiting' },
    { what: 'one read', reads: [read(1, alma)], state: 'reviewed' },
    { what: 'two that agree', reads: [read(1, alma), read(2, jonas)], state: 'concordant' },
    { what: 'two that differ', reads: [read(1, alma), read(2, jonas, off)], state: 'discordant' },
    {
      what: 'two that differ in fit alone',
      reads: [read(1, alma), read(2, jonas, { alignerFit: null })],
      state: 'discordant',
    },
    {
      what: 'two that differ in hygiene alone',
      reads: [read(1, alma), read(2, jonas, { oralHygiene: 2 })],
      state: 'discordant',
    },
    { what: 'the third disagrees', reads: [read(1, alma), read(2, jonas), read(3, naledi, off)], state: 'discordant' },
    {
      what: 'notes differ, scores do not',
      reads: [read(1, alma), read(2, jonas, { notes: 'x' })],
      state: 'concordant',
    },
    {
      what: 'a read replaced by its author',
      reads: [read(1, alma), read(2, alma, { supersedes: readId(1) })],
      state: 'reviewed',
    },
    {
      what: 'a replacement that settles the difference',
      reads: [read(1, alma), read(2, jonas, off), read(3, jonas, { supersedes: readId(2) })],
      state: 'concordant',
    },
    {
      what: 'a claim to replace a colleague',
      reads: [read(1, alma), read(2, jonas, { ...off, supersedes: readId(1) })],
      state: 'discordant',
    },
    {
      what: 'a third read naming both',
      reads: [read(1, alma), read(2, jonas, off), read(3, naledi, { adjudicates: [readId(1), readId(2)] })],
      state: 'adjudicated',
    },
    {
      what: 'an adjudication that its author replaced by a plain read',
      reads: [
        read(1, alma),
        read(2, jonas, off),
        read(3, naledi, { adjudicates: [readId(1), readId(2)] }),
        read(4, naledi, { supersedes: readId(3) }),
      ],
      state: 'discordant',
    },
  ])('$what → $state', ({ reads, state }) => {
    expect(reviewStateOf(reads)).toBe(state)
  })

  test('it does not depend on the order in which reads arrive', () => {
    const score = fc.constantFrom(1 as const, 2 as const, 3 as const, null)
    const reads = fc
      .array(
        fc.record({ by: fc.constantFrom(alma, jonas, naledi), score, earlier: fc.nat(6), adjudicates: fc.boolean() }),
        { maxLength: 6 },
      )
      .map((list) =>
        list.map(({ by, score: overallTracking, earlier, adjudicates }, i) =>
          read(i + 1, by, {
            overallTracking,
            supersedes: earlier < i ? readId(earlier + 1) : null,
            adjudicates: adjudicates && i >= 2 ? [readId(1), readId(2)] : [],
          }),
        ),
      )
    fc.assert(
      fc.property(reads, fc.infiniteStream(fc.nat()), (list, stream) => {
        const keys = new Map(list.map((each) => [each, stream.next().value ?? 0]))
        const shuffled = list.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
        expect(reviewStateOf(shuffled)).toBe(reviewStateOf(list))
        const standing = standingReads(list)
        for (const each of list) {
          const replaced = list.some((later) => later.supersedes === each.readId && later.readerId === each.readerId)
          expect(standing.includes(each)).toBe(!replaced)
        }
      }),
      { seed: 20_260_601, numRuns: 300 },
    )
  })
})

describe('recording a read', () => {
  test('the read and its action carry the same ids on every retry', () => {
    expect(record({})).toEqual(record({}))
    const { read: made, action } = record({ action: { kind: 'hold_aligner', days: 7 } })
    expect(made).toMatchObject({ readId: args.readId, readerId: alma, recordedAtMs: 5 })
    expect(made).not.toHaveProperty('actionId')
    expect(action).toMatchObject({
      id: args.actionId,
      readId: args.readId,
      patientId,
      kind: 'hold_aligner',
      outcome: 'won',
    })
  })

  test.each([
    { aligners: 'in', fit: 1, code: null },
    { aligners: 'unknown', fit: 2, code: null },
    { aligners: 'out', fit: null, code: null },
    { aligners: 'in', fit: null, code: null },
    { aligners: 'out', fit: 1, code: 'read.fit-without-aligners' },
  ] as const)('aligners $aligners with fit $fit → $code', ({ aligners, fit, code }) => {
    expect(codeOf(() => record({ aligners, alignerFit: fit }))).toBe(code)
  })

  test.each([
    [1, null],
    [2, null],
    [3, 'read.version-unknown'],
  ] as const)('version %i of a session at version 2 → %s', (sessionVersion, code) => {
    expect(codeOf(() => record({ sessionVersion }))).toBe(code)
  })

  test.each([
    { what: 'an own read', supersedes: readId(2), code: null },
    { what: 'a colleague’s read', supersedes: readId(3), code: 'read.supersede-foreign' },
    { what: 'a read that is not there', supersedes: readId(9), code: 'read.supersede-foreign' },
  ])('replacing $what → $code', ({ supersedes, code }) => {
    expect(codeOf(() => record({ supersedes }, [read(2, alma), read(3, jonas)]))).toBe(code)
  })

  test.each([
    { what: 'two people’s reads', names: [2, 3], code: null },
    { what: 'one read', names: [2], code: 'read.adjudication-invalid' },
    { what: 'the same read twice', names: [2, 2], code: 'read.adjudication-invalid' },
    { what: 'two reads of one person', names: [2, 5], code: 'read.adjudication-invalid' },
    { what: 'a replaced read', names: [4, 2], code: 'read.adjudication-invalid' },
    { what: 'a read of elsewhere', names: [2, 9], code: 'read.adjudication-invalid' },
  ])('adjudicating $what → $code', ({ names, code }) => {
    const reads = [
      read(2, jonas),
      read(3, naledi),
      read(4, naledi),
      read(5, jonas),
      read(6, naledi, { supersedes: readId(4) }),
    ]
    expect(codeOf(() => record({ adjudicates: names.map(readId) }, reads))).toBe(code)
  })

  test('a patient-facing action that comes second is kept as what would have been done', () => {
    const winner = { id: ActionId.parse(uuid(701)), decidedBy: jonas }
    const patientFacing: ActionTaken[] = [
      { kind: 'approve_progression', toStage: 5 },
      { kind: 'hold_aligner', days: 7 },
      { kind: 'request_retake', views: ['frontal'], reasons: [] },
      { kind: 'message_patient', text: 'Well done' },
      { kind: 'schedule_appointment', withinDays: 7 },
      { kind: 'refer', reason: 'x' },
    ]
    for (const action of patientFacing) {
      expect(record({ action }, [], winner).action.outcome).toBe('would_have_done')
      expect(record({ action }).action.outcome).toBe('won')
    }
    expect(record({ action: { kind: 'none' } }, [], winner).action.outcome).toBe('won')
  })
})

describe('a correction', () => {
  const hold: ActionTaken = { kind: 'hold_aligner', days: 7 }
  const [stands, elsewhere] = [701, 702].map((n) => ActionId.parse(uuid(n))) as [ActionId, ActionId]
  const naming = (actionId: ActionId) => ({ action: hold, corrects: { actionId, reason: 'Looked at 22 again' } })
  const reads = [read(1, alma), read(2, jonas), read(3, naledi)]
  const [own, settling] = [{ supersedes: readId(1) }, { adjudicates: [readId(2), readId(3)] }]
  const correct = (more: Partial<RecordRead>, decidedBy: PersonId = alma) =>
    record({ readId: readId(9), ...more }, reads, { id: stands, decidedBy })

  test.each<[string, Partial<RecordRead>, PersonId]>([
    ['its author, by a read that replaces an own one', own, alma],
    ['whoever settles two reads', settling, jonas],
    ['its author, who settles the two', settling, alma],
    ['whoever replaces an own settlement', { ...own, ...settling }, jonas],
  ])('takes the place of what stands: by %s', (_, purpose, author) => {
    const made = correct({ ...purpose, ...naming(stands) }, author)
    expect(made.correctedId).toBe(stands)
    expect(made.action).toMatchObject({ outcome: 'won', corrects: naming(stands).corrects })
    expect(made.read.corrects).toEqual(naming(stands).corrects)
  })

  test.each<[string, Partial<RecordRead>, PersonId]>([
    ['by a colleague', { ...own, ...naming(stands) }, jonas],
    ['by its author in a read that replaces none', naming(stands), alma],
    ['by nothing for the patient', { ...own, ...naming(stands), action: { kind: 'none' } }, alma],
  ])('of what stands is refused %s', (_, more, author) => {
    expect(codeOf(() => correct(more, author))).toBe('read.correction-invalid')
  })

  test.each<[string, Partial<RecordRead>]>([
    ['that names what stands no longer, or never did', { ...own, ...naming(elsewhere) }],
    ['of which nobody said what it corrects, or why', { ...own, action: hold }],
  ])('%s comes second like any other action', (_, more) => {
    const made = correct(more)
    expect([made.action.outcome, made.correctedId]).toEqual(['would_have_done', null])
  })

  test('of an action that never arrived is the first one', () => {
    const made = record({ ...own, ...naming(elsewhere) }, reads)
    expect([made.action.outcome, made.correctedId]).toEqual(['won', null])
  })

  test('has a reason', () => {
    for (const reason of ['', '  ', 'x'.repeat(301)])
      expect(RecordReadSchema.safeParse({ ...args, corrects: { actionId: stands, reason } }).success).toBe(false)
  })

  test('is found for the action that it corrected, not for one that stands or came second', () => {
    const action = (id: ActionId, outcome: Action['outcome'], corrects?: ActionId) => ({
      ...actionOf(read(1, alma, { action: hold }), { id, patientId, outcome }),
      ...(corrects !== undefined && { corrects: { actionId: corrects, reason: 'x' } }),
    })
    const [first, second, third, late] = [1, 2, 3, 4].map((n) => ActionId.parse(uuid(710 + n)))
    const all = [
      action(first!, 'corrected'),
      action(late!, 'would_have_done', first),
      action(second!, 'corrected', first),
      action(third!, 'won', second),
    ]
    expect(all.map((one) => findCorrection(all, one)?.id)).toEqual([second, undefined, third, undefined])
  })
})

function codeOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (cause) {
    return (cause as { code: string }).code
  }
}

describe('a second read', () => {
  const secondReadId = SecondReadId.parse(uuid(600))
  const draw = (by: SecondRead['by'], change: Partial<SecondRead> = {}): SecondRead => ({
    ...drawnSecondRead(secondReadId, { sessionId, readId: readId(1), readerId: alma }, by, 100),
    ...change,
  })
  const answer = (
    second: SecondRead | undefined,
    more: Partial<RecordRead> = {},
    by: { personId: PersonId; nowMs: number | null } = { personId: jonas, nowMs: 100 },
  ) => {
    const context = { session: { patientId, version: 2 }, reads: [read(1, alma)], winner: undefined, second }
    return recordRead({ ...args, readId: readId(2), secondReadId, ...more }, context, by)
  }

  test('counts like any other read and keeps the draw that it answers', () => {
    const { read: made } = answer(draw('other'))
    expect(made).toMatchObject({ readerId: jonas, secondReadId })
    expect(reviewStateOf([read(1, alma), made])).toBe('concordant')
  })

  test.each<[string, SecondRead | undefined, Partial<RecordRead>]>([
    ['nobody drew it', undefined, {}],
    ['another draw', draw('other', { id: SecondReadId.parse(uuid(601)) }), {}],
    ['of another session', draw('other', { sessionId: SessionId.parse(uuid(801)) }), {}],
    ['done already', draw('other', { doneReadId: readId(7) }), {}],
    ['not for this reader', draw('same'), {}],
    ['too early', draw('other', { notBeforeMs: 101 }), {}],
    ['it decides for the patient', draw('other'), { action: { kind: 'hold_aligner', days: 7 } }],
    ['it settles two reads', draw('other'), { adjudicates: [readId(1), readId(2)] }],
  ])('%s: refused', (_, second, more) => {
    expect(() => answer(second, more)).toThrow(
      expect.objectContaining({
        code: more.adjudicates === undefined ? 'read.second-read-invalid' : 'read.adjudication-invalid',
      }),
    )
  })

  test('the workstation, which does not know the server’s clock, judges by its own', () => {
    const second = draw('same')
    const at = (readAtMs: number) => () => answer(second, { readAtMs }, { personId: alma, nowMs: null })
    expect(at(100 + OWN_CASE_AFTER_MS - 1)).toThrow(expect.objectContaining({ code: 'read.second-read-invalid' }))
    expect(at(100 + OWN_CASE_AFTER_MS)).not.toThrow()
  })

  test.each<[string, Partial<RecordRead>, Read[], boolean]>([
    ['the first one', {}, [], true],
    ['a colleague’s after it', {}, [read(1, jonas)], false],
    ['a correction', { supersedes: readId(1) }, [read(1, alma)], false],
    ['one that answers a draw', { secondReadId }, [], false],
  ])('may be drawn from %s of a session', (_, more, reads, may) => {
    expect(isFirstRead({ ...args, ...more }, reads)).toBe(may)
  })
})
