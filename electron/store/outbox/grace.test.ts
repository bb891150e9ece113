import { expect, it, onTestFinished } from 'vitest'
import type { ReadDb } from '../db.ts'
import { openTestStore } from '../testing.ts'
import { findWaitBefore, listWaitingInstructions } from './grace.ts'

it('what waits is found by its own index, however much lies unsent', () => {
  const store = openTestStore()
  onTestFinished(() => store.remove())
  const asked: string[] = []
  const prepare = ((text: string) => {
    asked.push(text)
    return store.db.prepare(text)
  }) as ReadDb['prepare'] // its overloads differ in the types of rows alone
  findWaitBefore({ prepare }, 'somebody', { subject: 'a scan', instructs: true }, 1)
  listWaitingInstructions({ prepare }, 'somebody', 1)
  const plans = asked.map((text) => {
    const values = text.includes(':personId')
      ? [{ personId: 'somebody', nowMs: 1, subject: 'a scan', instructs: 1 }]
      : ['somebody', 1]
    return store.db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(...values)[0]?.detail
  })
  const byIndex = 'SEARCH outbox USING INDEX outbox_waiting (person_id=? AND not_before_ms>?)'
  expect(plans).toEqual([byIndex, byIndex])
})
