import path from 'node:path'
import Database from 'better-sqlite3'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import { listAttentionEntries } from '../store/attention/attention-entries.ts'
import { write } from '../store/db.ts'
import { MIGRATIONS } from '../store/migrations/registry.ts'
import { openStore } from '../store/open.ts'
import { countWaiting } from '../store/outbox/outbox.ts'
import { findPatient } from '../store/patients/patients.ts'
import { rulesInForce } from '../store/practice/rules.ts'
import { createQueueIndex } from '../store/queue/queue-index.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { pushOnce } from './push.ts'
import { createServerStub } from './testing-server-stub.ts'

/** As a workstation of protocol 2 left it. */
const VERSION = 10
const person = aPerson()
const patient = aPatient({ status: 'paused' })
const [decided, open] = [aSession(patient.id), aSession(patient.id, { capturedOn: '2026-06-01' })]
const read = aDecision(decided)
const refused = v7()
let store: ReturnType<typeof openTestStore>
let db: Database.Database

beforeEach(() => {
  store = openTestStore()
  const file = path.join(store.folder, 'older.db')
  const older = new Database(file)
  for (const pragma of [`cipher='sqlcipher'`, 'legacy=4', `key = "x'${store.key.toString('hex')}'"`])
    older.pragma(pragma)
  for (const { up } of MIGRATIONS.slice(0, VERSION)) older.exec(up)
  older.pragma(`user_version = ${VERSION}`)
  fill(older)
  older.close()
  db = openStore(file, store.key)
})
afterEach(() => {
  db.close()
  store.remove()
})

function fill(older: Database.Database): void {
  const text = JSON.stringify
  older.prepare(`INSERT INTO person (id, body, generation, seq) VALUES (?, ?, 1, 1)`).run(person.id, text(person))
  older
    .prepare(`INSERT INTO patient (id, search, body, generation, seq) VALUES (?, '', ?, 1, 2)`)
    .run(patient.id, text(patient))
  const session =
    older.prepare(`INSERT INTO session (id, patient_id, captured_on, submitted_at_ms, body, generation, seq)
    VALUES (?, ?, ?, ?, ?, 1, ?)`)
  const row = older.prepare(`INSERT INTO queue_row (session_id, patient_id, name_key, search, submitted_at_ms, stage,
    state, flagged, first_scan, refinement, body) VALUES (?, ?, 'q', 'q', 1, 4, ?, 1, 0, 0, ?)`)
  for (const [index, one] of [decided, open].entries()) {
    session.run(one.id, patient.id, one.capturedOn, one.submittedAtMs, text(one), 3 + index)
    row.run(one.id, patient.id, index === 0 ? 'reviewed' : 'waiting', text({ missing: ['frontal'] }))
  }
  const queue = older.prepare(`INSERT INTO outbox (position, mutation_id, person_id, name, version, args, base, state,
    not_before_ms, queued_at_ms, subject, instructs) VALUES (?, ?, ?, ?, 1, ?, ?, 'pending', 0, ?, ?, ?)`)
  const [readMutation, patientMutation] = [v7(), v7()]
  const change = { patientId: patient.id, set: { currentStage: 7 } }
  queue.run(1, readMutation, person.id, 'read.record', text(read), '{}', read.readAtMs, decided.id, 1)
  queue.run(2, patientMutation, person.id, 'patient.change', text(change), text({ currentStage: 4 }), 1, patient.id, 0)
  const lie =
    older.prepare(`INSERT INTO overlay (mutation_id, position, session_id, read_id, patient_id, person_id, args)
    VALUES (?, ?, ?, ?, ?, ?, ?)`)
  lie.run(readMutation, 1, decided.id, read.readId, null, person.id, text(read))
  lie.run(patientMutation, 2, null, null, patient.id, person.id, text(change))
  older
    .prepare(`INSERT INTO attention (mutation_id, person_id, name, args, status, code, at_ms)
      VALUES (?, ?, 'patient.change', ?, 'parked', 'patient.stale', 7)`)
    .run(refused, person.id, text(change))
  const position = { epoch: 1, seq: 40, generation: 1, bootstrapping: false }
  older.prepare(`INSERT INTO sync_state VALUES ('position', ?)`).run(text(position))
}

it('the store of a workstation of protocol 2 opens: its decisions are in view, its refusals listed, its outbox whole', () => {
  expect(getReviewCase(db, decided.id)).toMatchObject({ state: 'reviewed', reads: [{ sent: false }], goals: [] })
  expect(findPatient(db, patient.id)?.currentStage).toBe(7)
  expect(listAttentionEntries(db, person.id, read.readAtMs).map(({ mutationId }) => mutationId)).toEqual([refused])
  expect([countWaiting(db), rulesInForce(db)]).toMatchObject([2, { graceSeconds: STANDARD_RULES.graceSeconds }])
})

it('sends what it made then in the words of then', async () => {
  const server = createServerStub()
  await pushOnce({ db, api: server.api }, person.id, () => read.readAtMs, 100)
  expect(server.pushes[0]?.mutations).toMatchObject([
    { name: 'read.record', version: 1, args: { readId: read.readId } },
    { name: 'patient.change', version: 1, base: { currentStage: 4 } },
  ])
})

it('pulls on from where it was: lanes hold rows as the upgrade left them, goals come', () => {
  const id = v7()
  const lanes = [
    { id: 'a', name: 'A', conditions: [{ is: 'missing_photos' }, { is: 'patient_status', status: 'paused' }] },
  ]
  const goal = { id: v7(), patientId: patient.id, text: 'Class I', dueOn: null, quietUntil: null, state: 'open' }
  const rows = [
    { entity: 'practice_rules' as const, id, body: { ...STANDARD_RULES, id, lanes, revision: 1 } },
    { entity: 'goal' as const, id: goal.id, body: { ...goal, setBy: person.id, changedAtMs: 1 } },
  ]
  const before = createQueueIndex(db)
  write(db, (tx) => applyPage(tx, aPage(rows.slice(0, 1), { from: 41 })))
  before.refresh(db, [])
  expect(before.counts('', 2)).toMatchObject({ waiting: 1, 'lane:a': 1 })
  write(db, (tx) => applyPage(tx, aPage(rows.slice(1), { from: 42 })))
  expect(getReviewCase(db, open.id).goals).toMatchObject([{ text: 'Class I' }])
})
