import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { BuiltInLane, type QueueQuery, QueueSort } from '../../../preload/contract/queue.ts'
import { ReviewState } from '../../../server/contract/domain/reads.ts'
import { openTestStore } from '../testing.ts'
import { createQueueIndex, type QueueIndex } from './queue-index.ts'

const NOW = 2_000_000_000_000
const row = fc.record({
  name: fc.integer({ min: 0, max: 30 }),
  submittedAtMs: fc.integer({ min: NOW - 300_000_000, max: NOW }),
  stage: fc.option(fc.integer({ min: 0, max: 3 })),
  state: fc.constantFrom(...ReviewState.options),
  flags: fc.integer({ min: 0, max: 7 }),
})
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never
/** A patient's rows made anew, as every change does it. */
const change = fc.record({ patient: fc.integer({ min: 0, max: 9 }), rows: fc.array(row, { maxLength: 4 }) })
const query: fc.Arbitrary<QueueQuery & { lane: BuiltInLane }> = fc.record({
  lane: fc.constantFrom(...BuiltInLane.options),
  sort: fc.constantFrom(...QueueSort.options),
  descending: fc.boolean(),
  search: fc.constantFrom('', 'a', 'ab', 'p3', 'nobody'),
})
const step = fc.oneof(change, query)

function allIds(index: QueueIndex, asked: QueueQuery): string[] {
  const view = index.view(asked, NOW)
  return view.ids(0, view.total)
}

it('any list, looked at after any changes, is the list that a fresh start would make', () => {
  const store = openTestStore()
  const insert = store.db.prepare(`INSERT INTO queue_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')`)
  const remake = store.db.transaction((patient: number, rows: readonly Row[]) => {
    store.db.prepare('DELETE FROM queue_row WHERE patient_id = ?').run(`p${patient}`)
    rows.forEach(({ name, submittedAtMs, stage, state, flags }, visit) => {
      const search = `${patient % 2 === 0 ? 'ab' : 'a'} p${patient}`
      const bits = [flags & 1, (flags >> 1) & 1, flags >> 2]
      insert.run(`p${patient}-${visit}`, `p${patient}`, `n${name}`, search, submittedAtMs, stage, state, ...bits)
    })
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      store.db.exec('DELETE FROM queue_row')
      const index = createQueueIndex(store.db)
      for (const now of steps) {
        if ('patient' in now) {
          remake(now.patient, now.rows)
          index.refresh(store.db, [`p${now.patient}`])
          continue
        }
        const fresh = createQueueIndex(store.db)
        const ids = allIds(index, now)
        expect(ids).toEqual(allIds(fresh, now))
        expect(index.counts(now.search, NOW)[now.lane]).toBe(ids.length)
        const view = index.view(now, NOW)
        expect(ids.map((id) => view.indexOf(id))).toEqual(ids.map((_, place) => place))
        expect([...view.ids(0, 3), ...view.ids(3, 100)]).toEqual(ids)
        expect(view.indexOf('unknown')).toBe(-1)
      }
    }),
    { seed: 20_260_101, numRuns: 150 },
  )
  store.remove()
})
