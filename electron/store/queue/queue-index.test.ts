import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OVERDUE_AFTER_MS, type QueueQuery } from '../../../preload/contract/queue.ts'
import type { LaneCondition } from '../../../server/contract/domain/practice-rules.ts'
import { applyPage } from '../../sync/apply.ts'
import { decideLocally } from '../../sync/decide.ts'
import { write } from '../db.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../testing.ts'
import { createQueueIndex, type QueueIndex } from './queue-index.ts'
import { listQueueRows } from './queue-rows.ts'

const NOW = 2_000_000_000_000
const doctor = aPerson('Dr Íñigo Ruiz')
const muller = aPatient({ givenName: 'Änne', familyName: 'Müller', doctorId: doctor.id })
const okafor = aPatient({ givenName: 'Adaeze', familyName: 'Okafor', status: 'refinement' })
const [old] = [aSession(muller.id, { capturedOn: '2026-01-01', submittedAtMs: NOW - OVERDUE_AFTER_MS - 1 })]
const recent = aSession(muller.id, { capturedOn: '2026-02-01', submittedAtMs: NOW - OVERDUE_AFTER_MS })
const bad = aSession(okafor.id, { submittedAtMs: NOW - 1000, stage: 9, images: [] })
let store: ReturnType<typeof openTestStore>
let queue: QueueIndex
beforeEach(() => {
  store = openTestStore()
  const page = aPage([
    { entity: 'person', id: doctor.id, body: doctor },
    ...[muller, okafor].map((body) => ({ entity: 'patient' as const, id: body.id, body })),
    ...[old, recent, bad].map((body) => ({ entity: 'session' as const, id: body.id, body })),
  ])
  write(store.db, (tx) => applyPage(tx, page))
  queue = createQueueIndex(store.db)
})
afterEach(() => store.remove())

const all = (from: QueueIndex, query: QueueQuery) => {
  const view = from.view(query, NOW)
  return view.ids(0, view.total)
}
const list = (query: Partial<QueueQuery> = {}) =>
  all(queue, { lane: 'all', sort: 'submitted', descending: false, search: '', ...query })

describe('the queue', () => {
  it('finds every word in names, reference and doctor, without accents and case', () => {
    expect(list({ search: 'MULLER inigo' })).toEqual([old.id, recent.id])
    expect(list({ search: 'muller okafor' })).toEqual([])
    expect(list({ search: okafor.reference })).toEqual([bad.id])
  })

  it('knows its lanes, at the border of overdue too', () => {
    expect(list({ lane: 'overdue' })).toEqual([old.id])
    expect(list({ lane: 'flagged' })).toEqual([bad.id])
    expect(list({ lane: 'refinement' })).toEqual([bad.id])
    expect(list({ lane: 'first_scan' })).toEqual([old.id, bad.id])
    expect(queue.counts('', NOW)).toEqual({
      waiting: 3,
      flagged: 1,
      overdue: 1,
      first_scan: 2,
      refinement: 1,
      asked: 0,
      adjudicate: 0,
      reviewed: 0,
      all: 3,
    })
  })

  it('shows the longest wait first when descending by wait', () => {
    expect(list({ sort: 'wait', descending: true })).toEqual([old.id, recent.id, bad.id])
    expect(list({ sort: 'patient' })).toEqual([old.id, recent.id, bad.id])
  })

  it('says how many scans a lane would hold before there is one', () => {
    const holds = (...conditions: LaneCondition[]) => queue.wouldHold({ conditions }, NOW)
    expect(holds({ is: 'first_scan' })).toBe(2)
    expect(holds({ is: 'first_scan' }, { is: 'patient_status', status: 'refinement' })).toBe(1)
    expect(holds({ is: 'waiting_longer', hours: 48 }, { is: 'doctor', personId: doctor.id })).toBe(1)
    expect(holds({ is: 'goal_due', withinDays: 365 })).toBe(0)
  })

  it('moves a row when it is decided, as if the order had been made anew', () => {
    list({ sort: 'state' })
    list({ lane: 'waiting', sort: 'wait' })
    const { changes } = write(store.db, (tx) => decideLocally(tx, aDecision(old), { person: doctor, nowMs: 0 }))
    queue.refresh(store.db, changes.patientIds)
    const fresh = createQueueIndex(store.db)
    for (const sort of ['wait', 'submitted', 'patient', 'stage', 'state'] as const) {
      const query = { lane: 'all' as const, sort, descending: true, search: '' }
      expect(all(queue, query)).toEqual(all(fresh, query))
    }
    expect(list({ lane: 'reviewed' })).toEqual([old.id])
    for (let change = 0; change < 50; change++) queue.refresh(store.db, [muller.id]) // an order left alone is made anew
    const query = { lane: 'all' as const, sort: 'state' as const, descending: false, search: '' }
    expect(all(queue, query)).toEqual(all(fresh, query))
    expect(listQueueRows(store.db, [recent.id])[0]?.lastRead).toMatchObject({ action: 'approve_progression' })
  })
})

describe('the plans of hot queries', () => {
  it.each([
    [
      'the order of the queue',
      'SELECT session_id, patient_id, search, state FROM queue_row INDEXED BY queue_row_order',
    ],
    ['a queue row', 'SELECT body FROM queue_row WHERE session_id = ?'],
    ['the rows of a patient', 'SELECT session_id FROM queue_row WHERE patient_id = ?'],
    [
      'the sessions of a patient',
      'SELECT body, packed FROM session WHERE patient_id = ? ORDER BY captured_on, submitted_at_ms',
    ],
    ['the reads of a session', 'SELECT body FROM read WHERE session_id = ?'],
    ['the actions of a session', 'SELECT body FROM action WHERE session_id = ?'],
    ['the overlay of a session', 'SELECT args FROM overlay WHERE session_id = ? ORDER BY position'],
    ['what is in flight', `SELECT args FROM outbox WHERE person_id = ? AND state = 'in_flight'`],
    [
      'the next photos',
      'SELECT hash FROM wanted_photo WHERE retry_at_ms <= ? OR retry_at_ms > 9e15 ORDER BY rank, need_ms DESC LIMIT 16',
    ],
    [
      'the facts of a photo',
      'SELECT s.body, s.packed FROM session_photo p JOIN session s ON s.id = p.session_id WHERE p.photo = ?',
    ],
  ])('%s comes by index without sorting the table', (_name, text) => {
    const plan = store.db
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(...(text.includes('?') ? ['x'] : []))
      .map((row) => row.detail)
      .join('; ')
    expect(plan).not.toMatch(/SCAN (?!wanted_photo USING INDEX|queue_row USING COVERING INDEX)/)
    expect(plan).not.toContain('TEMP B-TREE')
  })
})
