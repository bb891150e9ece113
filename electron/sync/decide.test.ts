import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import { recordRead } from '../../server/contract/domain/reads.ts'
import { write } from '../store/db.ts'
import { claimBatch, releaseBatch } from '../store/outbox/claim.ts'
import { listWaitingInstructions, releaseUpTo } from '../store/outbox/grace.ts'
import { countWaiting, enqueue } from '../store/outbox/outbox.ts'
import { markOverlayAcknowledged } from '../store/outbox/overlay.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { sql } from '../store/statements.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, GRACE_MS, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { decideLocally, findTakeBack, HOLD_BACK_MS, takeBackLocally } from './decide.ts'

const person = aPerson()
const patient = aPatient()
const first = aSession(patient.id, { capturedOn: '2026-04-01' })
const second = aSession(patient.id)
const third = aSession(patient.id, { capturedOn: '2026-06-01' })
const BASE = aPage([
  { entity: 'person', id: person.id, body: person },
  { entity: 'patient', id: patient.id, body: patient },
  { entity: 'session', id: first.id, body: first },
  { entity: 'session', id: second.id, body: second },
])
let store: ReturnType<typeof openTestStore>
beforeEach(() => {
  store = openTestStore()
  write(store.db, (tx) => applyPage(tx, BASE))
})
afterEach(() => store.remove())

const decide = (args = aDecision(second), nowMs = 0) =>
  write(store.db, (tx) => decideLocally(tx, args, { person, nowMs }))
const stateOf = (id: string) =>
  sql<{ state: string }>(store.db, 'SELECT state FROM queue_row WHERE session_id = ?').get(id)?.state

describe('a decision', () => {
  it('is in view, in the queue and in the outbox at once', () => {
    const args = aDecision(second)
    const { read } = decide(args)
    expect(read.recordedAtMs).toBeNull()
    expect(getReviewCase(store.db, second.id).reads).toEqual([{ read, readerName: person.displayName, sent: false }])
    expect(stateOf(second.id)).toBe('reviewed')
    expect(countWaiting(store.db)).toBe(1)
  })

  it('leaves nothing behind when the transaction fails after it', () => {
    const fail = () =>
      write(store.db, (tx) => {
        decideLocally(tx, aDecision(second), { person, nowMs: 0 })
        throw new Error('disk full')
      })
    expect(fail).toThrow('disk full')
    expect(countWaiting(store.db)).toBe(0)
    expect(stateOf(second.id)).toBe('waiting')
    expect(getReviewCase(store.db, second.id).reads).toEqual([])
  })

  it('made twice with the same read is one', () => {
    const args = aDecision(second)
    decide(args)
    decide(args)
    expect(countWaiting(store.db)).toBe(1)
  })

  it('is refused to the front desk', () => {
    const staff = aPerson('Priya', ['staff'])
    expect(() => write(store.db, (tx) => decideLocally(tx, aDecision(second), { person: staff, nowMs: 0 }))).toThrow(
      'auth.denied',
    )
  })

  it('loses to a patient-facing action that the server already has', () => {
    const other = aPerson('Dr Other')
    const theirs = recordRead(
      aDecision(second),
      { session: second, reads: [], winner: undefined },
      { personId: other.id, nowMs: 5 },
    )
    const rows = [
      { entity: 'read' as const, id: theirs.read.readId, body: theirs.read },
      { entity: 'action' as const, id: theirs.action.id, body: theirs.action },
    ]
    decide()
    write(store.db, (tx) => applyPage(tx, aPage(rows, { from: 5 })))
    const view = getReviewCase(store.db, second.id)
    expect(view.actions.map((action) => action.outcome)).toEqual(['won', 'would_have_done'])
    expect(view.state).toBe('concordant')
  })
})

describe('taking back', () => {
  it('works until the decision is claimed for sending, and then no more', () => {
    const args = aDecision(second)
    decide(args)
    expect(findTakeBack(store.db, person.id, 0)?.readId).toBe(args.readId)
    write(store.db, (tx) => claimBatch(tx, person.id, GRACE_MS))
    expect(findTakeBack(store.db, person.id, 0)).toBeNull()
    expect(() => write(store.db, (tx) => takeBackLocally(tx, args.readId, person.id))).toThrow('read.already-sent')
  })

  it('leaves no gap in the numbers that the server sees', () => {
    decide(aDecision(first))
    const going = aDecision(second)
    decide(going)
    write(store.db, (tx) => takeBackLocally(tx, going.readId, person.id))
    expect(stateOf(second.id)).toBe('waiting')
    decide()
    const batch = write(store.db, (tx) => claimBatch(tx, person.id, GRACE_MS))
    expect(batch?.rows.map((row) => row.clientSeq)).toEqual([1, 2])
  })

  it('is for the last decision of the same person only', () => {
    const earlier = aDecision(first)
    decide(earlier)
    decide()
    expect(() => write(store.db, (tx) => takeBackLocally(tx, earlier.readId, person.id))).toThrow('read.already-sent')
  })

  it('works again when the request cannot have left', () => {
    const args = aDecision(second)
    decide(args)
    const batch = write(store.db, (tx) => claimBatch(tx, person.id, GRACE_MS))
    write(store.db, (tx) => releaseBatch(tx, person.id, batch?.rows ?? []))
    expect(write(store.db, (tx) => takeBackLocally(tx, args.readId, person.id)).sessionId).toBe(second.id)
  })
})

const NOTHING = { action: { kind: 'none' } }
const readsOf = (rows: readonly { readonly args: string }[] = []) =>
  rows.map((row) => (JSON.parse(row.args) as { readId: string }).readId)
const claim = (nowMs: number) => readsOf(write(store.db, (tx) => claimBatch(tx, person.id, nowMs))?.rows)

describe('the grace period', () => {
  it('is as long as the rules of the practice say, not shorter and not longer', () => {
    const rules = { ...STANDARD_RULES, id: '0198b000-0000-7000-8000-0000000000aa', graceSeconds: 25 }
    store.db
      .prepare('INSERT INTO practice_rules (id, body, generation) VALUES (?, ?, 1)')
      .run(rules.id, JSON.stringify(rules))
    const args = aDecision(second)
    decide(args, 1000)
    expect(findTakeBack(store.db, person.id, 2000)).toMatchObject({ releasesAtMs: 26_000, graceMs: 25_000 })
    expect(claim(25_999)).toEqual([])
    expect(claim(26_000)).toEqual([args.readId])
  })

  it('of a read that reaches no patient is a moment', () => {
    const args = aDecision(second, NOTHING)
    decide(args, 1000)
    expect(claim(1000 + HOLD_BACK_MS - 1)).toEqual([])
    expect(claim(1000 + HOLD_BACK_MS)).toEqual([args.readId])
  })

  it('of a decision does not end with the next one, and each of the two can be taken back, the last one first', () => {
    const [earlier, later] = [aDecision(first), aDecision(second)]
    decide(earlier, 0)
    decide(later, 100)
    expect(claim(100)).toEqual([])
    for (const { readId } of [later, earlier]) {
      expect(findTakeBack(store.db, person.id, 200)?.readId).toBe(readId)
      write(store.db, (tx) => takeBackLocally(tx, readId, person.id))
    }
    expect(countWaiting(store.db)).toBe(0)
  })

  it('says nothing to count once the time is over and only the line is missing', () => {
    decide()
    expect(findTakeBack(store.db, person.id, GRACE_MS)?.releasesAtMs).toBeNull()
  })
})

describe('while a decision waits', () => {
  beforeEach(() => {
    const page = aPage([{ entity: 'session', id: third.id, body: third }], { from: 5 })
    write(store.db, (tx) => applyPage(tx, page))
  })
  const seen = () =>
    write(store.db, (tx) =>
      enqueue(tx, 'access.record', { displayed: [] }, { personId: person.id, nowMs: 60, notBeforeMs: 0 }),
    )

  it('what is older, what reaches nobody and what the program reports go on, in gapless numbers', () => {
    const [older, waiting, noted] = [aDecision(first), aDecision(second), aDecision(third, NOTHING)]
    decide(older, -GRACE_MS)
    decide(waiting, 0)
    decide(noted, 50)
    seen()
    const rows = write(store.db, (tx) => claimBatch(tx, person.id, 50 + HOLD_BACK_MS))?.rows ?? []
    expect(rows.map(({ name, clientSeq }) => [name, clientSeq])).toEqual([
      ['read.record', 1],
      ['read.record', 2],
      ['access.record', 3],
    ])
    expect(readsOf(rows.slice(0, 2))).toEqual([older.readId, noted.readId])
  })

  it('a message never leaves before it, not even when the practice has shortened the time meanwhile', () => {
    const [hold, message] = [
      aDecision(first, { action: { kind: 'hold_aligner', days: 7 } }),
      aDecision(second, { action: { kind: 'message_patient', text: 'Please wear them longer.' } }),
    ]
    write(store.db, (tx) => decideLocally(tx, hold, { person, nowMs: 0, graceMs: 10_000 }))
    write(store.db, (tx) => decideLocally(tx, message, { person, nowMs: 100, graceMs: 0 }))
    expect(claim(9999)).toEqual([])
    expect(claim(10_000)).toEqual([hold.readId, message.readId])
  })

  it('a later read of the same scan waits with it, even one that reaches nobody', () => {
    const waiting = aDecision(second)
    decide(waiting, 0)
    const noted = aDecision(second, { ...NOTHING, supersedes: waiting.readId })
    decide(noted, 100)
    expect(claim(GRACE_MS - 1)).toEqual([])
    expect(claim(GRACE_MS)).toEqual([waiting.readId, noted.readId])
  })

  it('letting one go lets go what is older, and nothing newer', () => {
    const [earlier, middle, last] = [aDecision(first), aDecision(second), aDecision(third)]
    for (const [index, args] of [earlier, middle, last].entries()) decide(args, index)
    const [, middleRow] = listWaitingInstructions(store.db, person.id, 10)
    write(store.db, (tx) => releaseUpTo(tx, person.id, middleRow?.position ?? 0))
    expect(claim(10)).toEqual([earlier.readId, middle.readId])
    expect(listWaitingInstructions(store.db, person.id, 10)).toMatchObject([{ subject: last.sessionId }])
  })
})

describe('the overlay', () => {
  it('stays until the feed has reached the acknowledged position', () => {
    decide()
    const batch = write(store.db, (tx) => claimBatch(tx, person.id, GRACE_MS))
    write(store.db, (tx) => markOverlayAcknowledged(tx, batch?.rows[0]?.mutationId ?? '', 6))
    write(store.db, (tx) => applyPage(tx, aPage([{ entity: 'person', id: person.id, body: person }], { from: 5 })))
    expect(getReviewCase(store.db, second.id).reads).toHaveLength(1)
    write(store.db, (tx) => applyPage(tx, aPage([{ entity: 'read', id: person.id, body: null }], { from: 6 })))
    expect(getReviewCase(store.db, second.id).reads).toEqual([])
  })
})

describe('a page of the feed', () => {
  it('that skips a row is refused whole', () => {
    const page = aPage([{ entity: 'person', id: person.id, body: person }], { from: 6 })
    expect(() => write(store.db, (tx) => applyPage(tx, page))).toThrow('server.unreachable')
  })

  it('of another epoch asks for a bootstrap', () => {
    const page = aPage([], { from: 5, epoch: 2 })
    expect(() => write(store.db, (tx) => applyPage(tx, page))).toThrow('sync.epoch')
  })

  it('with a body that no schema knows changes nothing', () => {
    const page = aPage([
      { entity: 'person', id: person.id, body: aPerson('Changed') },
      { entity: 'patient', id: patient.id, body: { nonsense: true } },
    ])
    expect(() => write(store.db, (tx) => applyPage(tx, { ...page, from: 5, to: 6 }))).toThrow('server.unreachable')
    expect(getReviewCase(store.db, second.id).patient).toEqual(patient)
  })
})
