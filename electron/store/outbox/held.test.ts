import path from 'node:path'
import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAttentionEntries } from '../attention/attention-entries.ts'
import { write } from '../db.ts'
import { MIGRATIONS } from '../migrations/registry.ts'
import { openStore } from '../open.ts'
import { aDecision, aPatient, aPerson, aSession, openTestStore } from '../testing.ts'
import { findAttention } from './attention.ts'
import { claimBatch } from './claim.ts'
import { countHeld, IS_HELD, WAITS_WITH_HELD } from './held.ts'
import { ASK_AFTER_MS, CLOCK_JUMP_MS, freshSpan, instructsPatient, isStale } from './instruction.ts'
import { enqueue } from './outbox.ts'
import { listOverlay } from './overlay.ts'

const person = aPerson()
const session = aSession(aPatient().id)
let store: ReturnType<typeof openTestStore>
beforeEach(() => {
  store = openTestStore()
})
afterEach(() => store.remove())

describe('what is asked for', () => {
  it('is whatever reaches a patient, and nothing else', () => {
    const kinds = [
      [{ kind: 'approve_progression', toStage: 2 }, true],
      [{ kind: 'message_patient', text: 'Wear it at night' }, true],
      [{ kind: 'none' }, false],
    ] as const
    for (const [action, tells] of kinds)
      expect(instructsPatient('read.record', aDecision(session, { action }))).toBe(tells)
    const { id: patientId } = aPatient()
    expect(instructsPatient('patient.change', { patientId, set: { currentStage: 2 } })).toBe(false)
  })

  it('is the same in the query as in the rule, at every age', () => {
    const nowMs = 17e11
    const ages = fc.oneof(
      fc.integer({ min: -3 * CLOCK_JUMP_MS, max: 2 * ASK_AFTER_MS }),
      fc.constantFrom(ASK_AFTER_MS, ASK_AFTER_MS + 1, -CLOCK_JUMP_MS, -CLOCK_JUMP_MS - 1, 0),
    )
    fc.assert(
      fc.property(ages, fc.option(ages), (ageMs, confirmedAgeMs) => {
        store.db.exec('DELETE FROM outbox')
        const { mutationId } = queue(nowMs - ageMs)
        const confirmedAtMs = confirmedAgeMs === null ? null : nowMs - confirmedAgeMs
        store.db.prepare('UPDATE outbox SET confirmed_at_ms = ? WHERE mutation_id = ?').run(confirmedAtMs, mutationId)
        const asked = isStale(confirmedAtMs ?? nowMs - ageMs, nowMs)
        expect(countHeld(store.db, person.id, nowMs)).toBe(asked ? 1 : 0)
      }),
      { numRuns: 60 },
    )
  })
})

const queue = (nowMs: number) =>
  write(store.db, (tx) =>
    enqueue(
      tx,
      'read.record',
      aDecision(session),
      { personId: person.id, nowMs, notBeforeMs: 0 },
      { subject: session.id },
    ),
  )

it.each([
  [
    'the count of the status line',
    `SELECT count(*) FROM outbox h WHERE h.person_id = :p AND h.state = 'pending' AND ${IS_HELD}`,
  ],
  [
    'the next rows to send',
    `SELECT 1 FROM outbox o WHERE o.person_id = :p AND o.state = 'pending' AND NOT ${WAITS_WITH_HELD} ORDER BY o.position`,
  ],
])('asks an index for %s, and sorts nothing', (_name, query) => {
  const plan = store.db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
    .all({ p: '', ...freshSpan(0) })
  const details = plan.map(({ detail }) => detail).join('\n')
  expect(details).toContain('USING INDEX')
  expect(details).not.toMatch(/SCAN (?!CONSTANT)|TEMP B-TREE/)
})

it('a store of before is brought along: its old instructions ask, what was in view and what was settled stays', () => {
  const file = path.join(store.folder, 'older.db')
  const older = new Database(file)
  for (const pragma of [`cipher='sqlcipher'`, 'legacy=4', `key = "x'${store.key.toString('hex')}'"`])
    older.pragma(pragma)
  for (const { up } of MIGRATIONS.slice(0, 7)) older.exec(up)
  older.pragma('user_version = 7')
  const advice = aDecision(session, { action: { kind: 'none' } })
  const old = aDecision(session)
  const insert = older.prepare(`INSERT INTO outbox (mutation_id, person_id, name, version, args, state, not_before_ms)
    VALUES (?, ?, ?, 1, ?, 'pending', 0)`)
  insert.run('018f0000-0000-7000-8000-000000000001', person.id, 'read.record', JSON.stringify(old))
  insert.run('018f0000-0000-7000-8000-000000000002', person.id, 'access.record', JSON.stringify({ displayed: [] }))
  older
    .prepare(
      'INSERT INTO overlay (mutation_id, position, session_id, read_id, person_id, args) VALUES (?, 1, ?, ?, ?, ?)',
    )
    .run('018f0000-0000-7000-8000-000000000001', session.id, old.readId, person.id, JSON.stringify(old))
  const refuse =
    older.prepare(`INSERT INTO attention (mutation_id, person_id, name, args, status, at_ms, settled, settled_at_ms, replaced_by)
    VALUES (?, ?, 'read.record', ?, 'rejected', 5, ?, ?, ?)`)
  refuse.run('018f0000-0000-7000-8000-000000000003', person.id, JSON.stringify(advice), null, null, null)
  refuse.run('018f0000-0000-7000-8000-000000000004', person.id, JSON.stringify(advice), 'retried', 6, 'x')
  older.close()

  const db = openStore(file, store.key)
  const nowMs = old.readAtMs + ASK_AFTER_MS + 1
  expect(listAttentionEntries(db, person.id, nowMs).map(({ status }) => status)).toEqual(['stale', 'rejected'])
  expect(findAttention(db, '018f0000-0000-7000-8000-000000000004', person.id)).toBeUndefined()
  expect(listOverlay(db, session.id)).toMatchObject([{ args: { readId: old.readId }, feedSeq: null }])
  expect(write(db, (tx) => claimBatch(tx, person.id, nowMs))?.rows.map(({ name }) => name)).toEqual(['access.record'])
  db.close()
})
