import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Action, actionOf, type Read, type RecordRead } from '../../server/contract/domain/reads.ts'
import { listAttentionEntries } from '../store/attention/attention-entries.ts'
import { write } from '../store/db.ts'
import { countAttention } from '../store/outbox/attention.ts'
import { ASK_AFTER_MS } from '../store/outbox/instruction.ts'
import { winnerOf } from '../store/review/session-view.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, GRACE_MS, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { discardLocally } from './attend.ts'
import { decideLocally, takeBackLocally } from './decide.ts'
import { pushOnce } from './push.ts'
import { bringCopy } from './testing.ts'
import { answerAll, createServerStub, type ServerStub } from './testing-server-stub.ts'

const person = aPerson()
const patient = aPatient()
const session = aSession(patient.id)
const HOLD = { kind: 'hold_aligner', days: 7 }
const MESSAGE = { kind: 'message_patient', text: 'Please wear them longer.' }

let store: ReturnType<typeof openTestStore>
let server: ServerStub
/** The next position of the feed. */
let from = 1
beforeEach(() => {
  from = 1
  store = openTestStore()
  server = createServerStub()
  bring([
    { entity: 'person', id: person.id, body: person },
    { entity: 'patient', id: patient.id, body: patient },
    { entity: 'session', id: session.id, body: session },
  ])
})
afterEach(() => store.remove())

function bring(rows: Parameters<typeof aPage>[0]): void {
  write(store.db, (tx) => applyPage(tx, aPage(rows, { from })))
  from += rows.length
}
const decide = (args: RecordRead, nowMs = 0) => {
  write(store.db, (tx) => decideLocally(tx, args, { person, nowMs }))
  return args
}
const correcting = (former: RecordRead, action: object = HOLD) =>
  aDecision(session, {
    supersedes: former.readId,
    action,
    corrects: { actionId: former.actionId, reason: 'Looked at 22 again' },
  })
/** What the server makes of it. */
const made = (args: RecordRead, outcome: Action['outcome'], recordedAtMs: number, by = person) => {
  const { actionId: id, ...fields } = args
  const read: Read = { ...fields, readerId: by.id, recordedAtMs }
  return { read, action: actionOf(read, { id, patientId: patient.id, outcome }) }
}
const readRow = ({ read }: { read: Read }) => ({ entity: 'read' as const, id: read.readId, body: read })
const actionRow = ({ action }: { action: Action }, change: Partial<Action> = {}) => ({
  entity: 'action' as const,
  id: action.id,
  body: { ...action, ...change },
})
const actions = () => getReviewCase(store.db, session.id).actions
const outcomes = () => actions().map(({ id, outcome }) => [id, outcome])
const push = (nowMs: number) => pushOnce({ db: store.db, api: server.api }, person.id, () => nowMs, 100)
const list = (nowMs: number) => listAttentionEntries(store.db, person.id, nowMs)

describe('a correction', () => {
  it('takes the place at once, without a connection; taken back, what it corrected stands again', () => {
    const first = decide(aDecision(session))
    const second = decide(correcting(first))
    expect(outcomes()).toEqual([
      [first.actionId, 'corrected'],
      [second.actionId, 'won'],
    ])
    write(store.db, (tx) => takeBackLocally(tx, second.readId, person.id))
    expect(outcomes()).toEqual([[first.actionId, 'won']])
  })

  it('leaves the replaced read in the case, with when it was replaced', () => {
    const first = decide(aDecision(session))
    const before = made(first, 'corrected', 50)
    const after = made(correcting(first), 'won', 60)
    bring([readRow(before), readRow(after), actionRow(before), actionRow(after)])
    const { reads, replacedReads } = getReviewCase(store.db, session.id)
    expect(reads.map(({ read }) => read.readId)).toEqual([after.read.readId])
    expect(replacedReads).toEqual([{ read: before.read, readerName: person.displayName, replacedAtMs: 60 }])
  })

  it('of a correction of a correction: one stands', () => {
    const first = decide(aDecision(session))
    const second = decide(correcting(first))
    const third = decide(correcting(second, MESSAGE))
    expect(outcomes()).toEqual([
      [first.actionId, 'corrected'],
      [second.actionId, 'corrected'],
      [third.actionId, 'won'],
    ])
  })

  it('that the server took needs nobody’s attention, and two never stand, not even between two pages', async () => {
    const first = decide(aDecision(session))
    const before = made(first, 'won', 50)
    bring([readRow(before), actionRow(before)])
    const second = decide(correcting(first), 100)
    server.behave.answer = answerAll({ status: 'applied', code: null, feedSeq: from + 2 })
    await push(100 + GRACE_MS)
    const after = made(second, 'won', 60)
    for (const row of [readRow(after), actionRow(before, { outcome: 'corrected' }), actionRow(after)]) {
      bring([row])
      expect(actions().filter(({ outcome }) => outcome === 'won').length).toBeLessThan(2)
    }
    expect(outcomes()).toEqual([
      [first.actionId, 'corrected'],
      [second.actionId, 'won'],
    ])
    expect(actions()[1]).toMatchObject({ corrects: { reason: 'Looked at 22 again' } })
    expect(countAttention(store.db, person.id)).toBe(0)
  })

  it('that came after another one is told its author, with what stands now', async () => {
    const first = decide(aDecision(session))
    const before = made(first, 'won', 50)
    bring([readRow(before), actionRow(before)])
    const late = decide(correcting(first), 100)
    // The same person at another workstation was faster.
    const faster = made(correcting(first, MESSAGE), 'won', 55)
    bring([readRow(faster), actionRow(before, { outcome: 'corrected' }), actionRow(faster)])
    expect(winnerOf(actions())?.id).toBe(faster.action.id)
    expect(actions().find(({ id }) => id === late.actionId)?.outcome).toBe('would_have_done')
    server.behave.answer = answerAll({ status: 'applied', code: null, feedSeq: from + 1 })
    await push(100 + GRACE_MS)
    const lost = made(late, 'would_have_done', 60)
    bring([readRow(lost), actionRow(lost)])
    expect(list(200)).toMatchObject([
      { status: 'lost', wanted: { corrects: { actionId: first.actionId } }, winner: { action: MESSAGE, mine: true } },
    ])
  })

  it('that waited for 30 days says what it takes the place of before its author sends it', () => {
    const first = decide(aDecision(session))
    const before = made(first, 'won', 50)
    bring([readRow(before), actionRow(before)])
    decide(correcting(first), 100)
    expect(list(100 + 30 * ASK_AFTER_MS)).toMatchObject([
      { status: 'stale', winner: { action: first.action, mine: true, isCorrected: true } },
    ])
  })

  it('of an instruction that was let go before it left corrects what that was to correct', () => {
    const zeroth = decide(aDecision(session))
    const sent = made(zeroth, 'won', 50)
    bring([readRow(sent), actionRow(sent)])
    const first = decide(correcting(zeroth), 100)
    const second = decide(correcting(first, MESSAGE), 200)
    const late = 200 + ASK_AFTER_MS + 1
    const old = list(late).find(({ wanted }) => wanted?.readId === first.readId)
    write(store.db, (tx) => discardLocally(tx, old?.mutationId ?? '', 'not needed', { person, nowMs: late }))
    expect(outcomes()).toEqual([
      [zeroth.actionId, 'corrected'],
      [second.actionId, 'won'],
    ])
    expect(list(late)).toMatchObject([{ wanted: { corrects: { actionId: zeroth.actionId } } }])
  })

  it('of one that was let go and corrected nothing is an ordinary action', () => {
    const first = decide(aDecision(session), 100)
    const second = decide(correcting(first), 200)
    const late = 200 + ASK_AFTER_MS + 1
    const old = list(late).find(({ wanted }) => wanted?.readId === first.readId)
    write(store.db, (tx) => discardLocally(tx, old?.mutationId ?? '', 'not needed', { person, nowMs: late }))
    expect(outcomes()).toEqual([[second.actionId, 'won']])
    expect(list(late)[0]?.wanted).not.toHaveProperty('corrects')
  })

  it('by a colleague who settles nothing is refused here already', () => {
    const first = decide(aDecision(session))
    const colleague = aPerson('Dr Other')
    const theirs = aDecision(session, { corrects: { actionId: first.actionId, reason: 'x' } })
    expect(() => write(store.db, (tx) => decideLocally(tx, theirs, { person: colleague, nowMs: 0 }))).toThrow(
      'read.correction-invalid',
    )
  })
})

describe('a decision that a colleague corrected, who settled two reads', () => {
  const other = aPerson('Dr Other')
  const settling = (former: RecordRead, change: object = {}) =>
    aDecision(session, { action: HOLD, corrects: { actionId: former.actionId, reason: 'Looked at 22' }, ...change })
  const people = [person, other].map((body) => ({ entity: 'person' as const, id: body.id, body }))
  const rows = [
    ...people,
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
  ]
  const stands = { action: HOLD, deciderName: 'Dr Other', mine: false, because: 'Looked at 22' }
  /** Decided here, and taken by the server. */
  const sent = async () => {
    const mine = decide(aDecision(session))
    server.behave.answer = answerAll({ status: 'applied', code: null, feedSeq: from + 1 })
    await push(GRACE_MS)
    return mine
  }
  beforeEach(() => bring(people))

  it('tells its author what stands now, by whom and why, and what theirs was; once', async () => {
    const mine = await sent()
    const before = made(mine, 'won', 50)
    bring([readRow(before), actionRow(before)])
    const after = made(settling(mine), 'won', 70, other)
    const corrected = [readRow(after), actionRow(before, { outcome: 'corrected' }), actionRow(after)]
    bring(corrected)
    expect(list(200)).toEqual([
      expect.objectContaining({ status: 'corrected', atMs: 70, wanted: mine, mayRetry: false, mayEdit: false }),
    ])
    expect(list(200)).toMatchObject([{ winner: stands }])
    expect(countAttention(store.db, other.id)).toBe(0)
    write(store.db, (tx) => discardLocally(tx, list(200)[0]?.mutationId ?? '', '', { person, nowMs: 200 }))
    bringCopy(store.db, [...rows, readRow(before), ...corrected], 2)
    expect(list(300)).toEqual([])
  })

  it.each(['00000000-0000-7000-8000-000000000001', 'ffffffff-ffff-7fff-bfff-ffffffffffff'])(
    'is told as well when a copy brings both at once, in the order of %s',
    async (actionId) => {
      const mine = await sent()
      const before = made(mine, 'corrected', 50)
      const after = made(settling(mine, { actionId }), 'won', 70, other)
      bringCopy(store.db, [...rows, readRow(before), readRow(after), actionRow(before), actionRow(after)], 2)
      expect(list(200)).toMatchObject([{ status: 'corrected', wanted: mine, winner: stands }])
    },
  )

  it('is no entry when they corrected it themselves at another computer, or decided it at another one', async () => {
    const before = made(await sent(), 'corrected', 50)
    const after = made(settling({ ...before.read, actionId: before.action.id }), 'won', 70)
    const elsewhere = made(aDecision(session), 'corrected', 80)
    const theirs = made(settling({ ...elsewhere.read, actionId: elsewhere.action.id }), 'won', 90, other)
    for (const one of [before, after, elsewhere, theirs]) bring([readRow(one), actionRow(one)])
    expect(list(200)).toEqual([])
  })
})
