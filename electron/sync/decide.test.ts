import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordRead } from '../../server/contract/domain/reads.ts'
import { write } from '../store/db.ts'
import { claimBatch, releaseBatch } from '../store/outbox/claim.ts'
import { countWaiting } from '../store/outbox/outbox.ts'
import { markOverlayAcknowledged } from '../store/outbox/overlay.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { sql } from '../store/statements.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { decideLocally, findTakeBack, HOLD_BACK_MS, takeBackLocally } from './decide.ts'

const person = aPerson()
const patient = aPatient()
const first = aSession(patient.id, { capturedOn: '2026-04-01' })
const second = aSession(patient.id)
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
    expect(findTakeBack(store.db, person.id)?.readId).toBe(args.readId)
    write(store.db, (tx) => claimBatch(tx, person.id, HOLD_BACK_MS))
    expect(findTakeBack(store.db, person.id)).toBeNull()
    expect(() => write(store.db, (tx) => takeBackLocally(tx, args.readId, person.id))).toThrow('read.already-sent')
  })

  it('leaves no gap in the numbers that the server sees', () => {
    decide(aDecision(first))
    const going = aDecision(second)
    decide(going)
    write(store.db, (tx) => takeBackLocally(tx, going.readId, person.id))
    expect(stateOf(second.id)).toBe('waiting')
    decide()
    const batch = write(store.db, (tx) => claimBatch(tx, person.id, HOLD_BACK_MS))
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
    const batch = write(store.db, (tx) => claimBatch(tx, person.id, HOLD_BACK_MS))
    write(store.db, (tx) => releaseBatch(tx, person.id, batch?.rows ?? []))
    expect(write(store.db, (tx) => takeBackLocally(tx, args.readId, person.id)).sessionId).toBe(second.id)
  })
})

describe('the hold-back', () => {
  it('ends after 800 ms, not before', () => {
    decide(aDecision(second), 1000)
    expect(write(store.db, (tx) => claimBatch(tx, person.id, 1799))).toBeUndefined()
    expect(write(store.db, (tx) => claimBatch(tx, person.id, 1800))?.rows).toHaveLength(1)
  })

  it('keeps the last decision and lets the one before go', () => {
    const earlier = aDecision(first)
    decide(earlier, 0)
    decide(aDecision(second), 100)
    const rows = write(store.db, (tx) => claimBatch(tx, person.id, 100))?.rows
    expect(rows?.map((row) => JSON.parse(row.args).readId)).toEqual([earlier.readId])
  })

  it('does not hold for ever when the clock was set back', () => {
    decide(aDecision(first), 60_000)
    expect(write(store.db, (tx) => claimBatch(tx, person.id, 0))?.rows).toHaveLength(1)
  })
})

describe('the overlay', () => {
  it('stays until the feed has reached the acknowledged position', () => {
    decide()
    const batch = write(store.db, (tx) => claimBatch(tx, person.id, HOLD_BACK_MS))
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
