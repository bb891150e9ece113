import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { v7 } from 'uuid'
import { BuiltInLane, type Lane, type QueueQuery, QueueSort } from '../../../preload/contract/queue.ts'
import { PersonId } from '../../../server/contract/domain/ids.ts'
import { type PracticeLane, STANDARD_RULES } from '../../../server/contract/domain/practice-rules.ts'
import { ReviewState } from '../../../server/contract/domain/reads.ts'
import { openTestStore } from '../testing.ts'
import { createQueueIndex, type QueueIndex } from './queue-index.ts'
import type { Who } from './queue-order.ts'

const NOW = 2_000_000_000_000
const [anna, ben] = [PersonId.parse(v7()), PersonId.parse(v7())]
const PEOPLE: readonly Who[] = [null, { personId: anna, mayDecide: true }, { personId: ben, mayDecide: false }]
const LANES: readonly PracticeLane[] = [
  { id: 'gaps', name: 'Gaps', conditions: [{ is: 'missing_photos' }] },
  {
    id: 'oldfirst',
    name: 'Old first scans of paused patients',
    conditions: [{ is: 'first_scan' }, { is: 'waiting_longer', hours: 12 }, { is: 'patient_status', status: 'paused' }],
  },
  { id: 'due', name: 'Goals', conditions: [{ is: 'goal_due', withinDays: 3 }] },
]
const second = { id: v7(), by: 'other', firstReaderId: ben, readBy: [] }
/** Drawn for anna at once, and in an hour. */
const SECONDS = [
  '',
  JSON.stringify([{ ...second, notBeforeMs: NOW }]),
  JSON.stringify([{ ...second, notBeforeMs: NOW + 3_600_000 }]),
]

const row = fc.record({
  name: fc.integer({ min: 0, max: 30 }),
  submittedAtMs: fc.integer({ min: NOW - 300_000_000, max: NOW }),
  stage: fc.option(fc.integer({ min: 0, max: 3 })),
  state: fc.constantFrom(...ReviewState.options),
  flags: fc.integer({ min: 0, max: 15 }),
  asked: fc.constantFrom('', '', JSON.stringify([[ben, null]]), JSON.stringify([[anna, ben]])),
  second: fc.constantFrom(...SECONDS),
})
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never
/** A patient's rows made anew, as every change does it. */
const change = fc.record({
  patient: fc.integer({ min: 0, max: 9 }),
  status: fc.constantFrom('active', 'paused'),
  dueOn: fc.constantFrom('2033-05-18', '2033-05-30'),
  rows: fc.array(row, { maxLength: 4 }),
})
const query: fc.Arbitrary<QueueQuery & { who: Who; laterMs: number }> = fc.record({
  lane: fc.constantFrom<Lane[]>(...BuiltInLane.options, 'lane:gaps', 'lane:oldfirst', 'lane:due', 'lane:gone'),
  sort: fc.constantFrom(...QueueSort.options),
  descending: fc.boolean(),
  search: fc.constantFrom('', 'a', 'ab', 'p3', 'nobody'),
  who: fc.constantFrom(...PEOPLE),
  laterMs: fc.constantFrom(0, 3_600_000, 86_400_000),
})
/** Other lanes for the practice. */
const rules = fc.record({ lanes: fc.shuffledSubarray([...LANES]) })
const step = fc.oneof(
  { weight: 4, arbitrary: change },
  { weight: 4, arbitrary: query },
  { weight: 1, arbitrary: rules },
)

function allIds(index: QueueIndex, { who, laterMs, ...asked }: QueueQuery & { who: Who; laterMs: number }): string[] {
  const view = index.view(asked, NOW + laterMs, who)
  return view.ids(0, view.total)
}

it('any list, looked at after any changes by anybody, is the list that a fresh start would make', () => {
  const store = openTestStore()
  const saveRules = store.db.prepare('INSERT OR REPLACE INTO practice_rules (id, body, generation) VALUES (?, ?, 1)')
  const setLanes = (lanes: readonly PracticeLane[]) =>
    saveRules.run('p', JSON.stringify({ ...STANDARD_RULES, id: 'p', lanes }))
  const insert = store.db.prepare(`INSERT INTO queue_row (session_id, patient_id, name_key, search, submitted_at_ms,
    stage, state, flagged, first_scan, refinement, missing, asked, second, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')`)
  const patient = store.db.prepare(`INSERT OR REPLACE INTO queue_patient VALUES (?, ?, NULL, NULL, ?)`)
  const remake = store.db.transaction((number: number, status: string, dueOn: string, rows: readonly Row[]) => {
    store.db.prepare('DELETE FROM queue_row WHERE patient_id = ?').run(`p${number}`)
    patient.run(`p${number}`, status, JSON.stringify([{ dueOn, quietUntil: null }]))
    rows.forEach(({ name, submittedAtMs, stage, state, flags, asked, second: drawn }, visit) => {
      const search = `${number % 2 === 0 ? 'ab' : 'a'} p${number}`
      const bits = [flags & 1, (flags >> 1) & 1, (flags >> 2) & 1, flags >> 3]
      const place = [`p${number}-${visit}`, `p${number}`, `n${name}`, search, submittedAtMs, stage, state]
      insert.run(...place, ...bits, asked, drawn)
    })
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      store.db.exec('DELETE FROM queue_row; DELETE FROM queue_patient')
      setLanes(LANES)
      const index = createQueueIndex(store.db)
      for (const now of steps) {
        if ('patient' in now) {
          remake(now.patient, now.status, now.dueOn, now.rows)
          index.refresh(store.db, [`p${now.patient}`])
          continue
        }
        if ('lanes' in now) {
          setLanes(now.lanes)
          index.refresh(store.db, [])
          continue
        }
        const fresh = createQueueIndex(store.db)
        const ids = allIds(index, now)
        expect(ids).toEqual(allIds(fresh, now))
        const counts = index.counts(now.search, NOW + now.laterMs, now.who)
        expect(counts[now.lane] ?? 0).toBe(ids.length)
        expect(counts).toEqual(fresh.counts(now.search, NOW + now.laterMs, now.who))
        const view = index.view(now, NOW + now.laterMs, now.who)
        expect(ids.map((id) => view.indexOf(id))).toEqual(ids.map((_, place) => place))
        expect([...view.ids(0, 3), ...view.ids(3, 100)]).toEqual(ids)
        expect(view.indexOf('unknown')).toBe(-1)
      }
    }),
    { seed: 20_260_101, numRuns: 150 },
  )
  store.remove()
})
