import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Draft } from '../../../preload/contract/draft.ts'
import { SessionId } from '../../../server/contract/domain/ids.ts'
import { decideLocally, takeBackLocally } from '../../sync/decide.ts'
import { applyPage } from '../../sync/apply.ts'
import { deleteRow } from '../copy/delete-row.ts'
import { newChanges } from '../changes.ts'
import { write } from '../db.ts'
import { getReviewCase } from '../review/review-case.ts'
import { sql } from '../statements.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../testing.ts'
import { saveDraft } from './drafts.ts'

const alma = aPerson('Dr Alma Reyes')
const jonas = aPerson('Dr Jonas Keller')
const patient = aPatient()
const session = aSession(patient.id)
const other = aSession(patient.id, { capturedOn: '2026-06-01' })

let store: ReturnType<typeof openTestStore>
beforeEach(() => {
  store = openTestStore()
  const people = [alma, jonas].map((body) => ({ entity: 'person' as const, id: body.id, body }))
  const scans = [session, other].map((body) => ({ entity: 'session' as const, id: body.id, body }))
  const rows = [...people, { entity: 'patient' as const, id: patient.id, body: patient }, ...scans]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
})
afterEach(() => store.remove())

const draft: Draft = {
  scores: { overallTracking: 2, alignerFit: null, oralHygiene: 1 },
  aligners: 'in',
  details: [{ code: 'unseat', teeth: [22], mm: 0.5 }],
  note: 'Chewies on 22',
  texts: { message: 'Please wear th' },
}
const keep = (entered: Draft | null, { whose = alma, sessionId = session.id, nowMs = 7000 } = {}) =>
  write(store.db, (tx) => saveDraft(tx, { sessionId, personId: whose.id }, entered, nowMs))
const draftOf = (whose = alma, sessionId: string = session.id) =>
  getReviewCase(store.db, sessionId, { personId: whose.id, mayDecide: true, nowMs: 9000 }).draft
const decide = (whose = alma) => {
  const args = aDecision(session)
  write(store.db, (tx) => decideLocally(tx, args, { person: whose, nowMs: 8000 }))
  return args
}
const countDrafts = () => sql<{ n: number }>(store.db, 'SELECT count(*) AS n FROM draft').get()?.n

describe('what somebody entered for a scan', () => {
  it('is there when they open it again, with when, and for nobody else or nobody in particular', () => {
    keep(draft)
    expect(draftOf()).toEqual({ entered: draft, changedAtMs: 7000 })
    expect(draftOf(jonas)).toBeUndefined()
    expect(draftOf(alma, other.id)).toBeUndefined()
    expect(getReviewCase(store.db, session.id).draft).toBeUndefined()
  })

  it('gives way to what they enter next, and goes when there is nothing left of it', () => {
    keep(draft)
    keep({ ...draft, note: '' }, { nowMs: 7500 })
    expect(draftOf()).toEqual({ entered: { ...draft, note: '' }, changedAtMs: 7500 })
    keep(null)
    expect(countDrafts()).toBe(0)
  })

  it('goes with their decision, and stays when a colleague decides', () => {
    keep(draft)
    keep(draft, { whose: jonas })
    decide(alma)
    expect(draftOf(alma)).toBeUndefined()
    expect(draftOf(jonas)?.entered).toEqual(draft)
  })

  it('is not shown over a read of theirs that was made elsewhere since', () => {
    keep(draft)
    const read = { ...aDecision(session), readerId: alma.id, recordedAtMs: 8000 }
    const { actionId: _, ...body } = read
    write(store.db, (tx) => applyPage(tx, aPage([{ entity: 'read', id: read.readId, body }], { from: 6 })))
    expect(draftOf()).toBeUndefined()
  })

  it('begun to correct their own read stays, until that one is taken back', () => {
    const { readId } = decide()
    keep(draft)
    expect(draftOf()?.entered).toEqual(draft)
    write(store.db, (tx) => takeBackLocally(tx, readId, alma.id))
    expect(draftOf()).toBeUndefined()
  })

  it('goes with the scan', () => {
    keep(draft)
    keep(draft, { whose: jonas })
    const at = { seq: 99, generation: 1 }
    write(store.db, (tx) => deleteRow(tx, { entity: 'session', id: session.id }, at, newChanges()))
    expect(countDrafts()).toBe(0)
  })

  it('of a scan that is not here is refused', () => {
    expect(() => keep(draft, { sessionId: SessionId.parse(v7()) })).toThrow('not-found')
  })

  it('in a form that this Loupe cannot read is as if it were not there', () => {
    keep(draft)
    sql(store.db, `UPDATE draft SET body = '{"scores":7}'`).run()
    expect(draftOf()).toBeUndefined()
  })
})

it('of more drafts than anybody leaves the oldest go', () => {
  const insert = sql(store.db, `INSERT INTO draft VALUES (?, ?, NULL, '{}', ?)`)
  for (let i = 0; i < 500; i++) insert.run(v7(), alma.id, i)
  keep(draft)
  expect(countDrafts()).toBe(500)
  expect(sql<{ at: number }>(store.db, 'SELECT min(changed_at_ms) AS at FROM draft').get()?.at).toBe(1)
  expect(draftOf()?.entered).toEqual(draft)
})
