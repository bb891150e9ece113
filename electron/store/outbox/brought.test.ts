import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { discardLocally, retryLocally } from '../../sync/attend.ts'
import { applyPage } from '../../sync/apply.ts'
import { listAttentionEntries } from '../attention/attention-entries.ts'
import { write } from '../db.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../testing.ts'
import { saveAttention } from './attention.ts'
import { type Brought, countBrought, saveBrought } from './brought.ts'

const marta = aPerson('Marta Lind', ['practice_admin'])
const alma = aPerson('Dr Alma Reyes')
const patient = aPatient()
const session = aSession(patient.id)
const by = { person: marta, nowMs: 9000 }

let store: ReturnType<typeof openTestStore>
beforeEach(() => {
  store = openTestStore()
  const people = [marta, alma].map((body) => ({ entity: 'person' as const, id: body.id, body }))
  const scan = [
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
  ]
  write(store.db, (tx) => applyPage(tx, aPage([...people, ...scan])))
})
afterEach(() => store.remove())

const decision = aDecision(session)
const refused: Brought = {
  mutationId: v7(),
  authorName: alma.displayName,
  name: 'read.record',
  args: JSON.stringify(decision),
  base: '{}',
  status: 'rejected',
  code: 'auth.denied',
  atMs: 8000,
}
const bring = () => write(store.db, (tx) => saveBrought(tx, marta.id, refused))
const listOf = (personId: string) => listAttentionEntries(store.db, personId, 9000)

it('is listed for whoever brought it, with whose it is, what they wanted and why it was refused', () => {
  bring()
  expect(listOf(marta.id)).toMatchObject([
    {
      mutationId: refused.mutationId,
      authorName: 'Dr Alma Reyes',
      status: 'rejected',
      code: 'auth.denied',
      wanted: decision,
      scan: { sessionId: session.id },
      mayRetry: false,
      mayEdit: false,
    },
  ])
  expect(countBrought(store.db, marta.id)).toBe(1)
  expect(listOf(alma.id)).toEqual([])
})

it('stays seen when the same file is brought again, and nothing about it goes to the server', () => {
  bring()
  write(store.db, (tx) => discardLocally(tx, refused.mutationId, '', by))
  bring()
  expect(listOf(marta.id)).toEqual([])
  expect(countBrought(store.db, marta.id)).toBe(0)
  expect(store.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0)
})

it('is not tried again by anybody but its author', () => {
  bring()
  expect(() => write(store.db, (tx) => retryLocally(tx, refused.mutationId, by))).toThrow('not-found')
})

it('gives way to the author’s own entry: of one’s own file, on one’s own computer', () => {
  bring()
  const { mutationId, name, args, base, code } = refused
  const own = { mutationId, personId: marta.id, name, args, base }
  write(store.db, (tx) => saveAttention(tx, own, { status: 'rejected', code, atMs: 8500 }))
  expect(listOf(marta.id)).toMatchObject([{ mutationId, mayEdit: true }])
  expect(countBrought(store.db, marta.id)).toBe(0)
})
