import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asSuperuser } from '../../platform/database/testing.ts'
import {
  newRead,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
} from '../testing.ts'
import { appendAudit, recordRefusal, verifyAudit } from './service.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
})

const note = (n: number) =>
  server.database.inPractice(practice.id, (tx) =>
    appendAudit(tx, practice.id, practice.clinician, n, { action: 'test', outcome: 'done', subject: { n } }),
  )

const entries = () =>
  server.database.inPractice(practice.id, (tx) => tx.selectFrom('audit_entry').selectAll().orderBy('seq').execute())

test('entries written at the same moment form one unbroken chain', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, n) => note(n)))
  expect(await verifyAudit(server.deps, practice.id)).toEqual({ entryCount: 30, brokenAt: null })
})

test.each([
  ['an edited entry', (own: string) => `update audit_entry set subject = '{"n": 99}' where ${own} and seq = 3`, 3],
  ['an edited outcome', (own: string) => `update audit_entry set outcome = 'denied' where ${own} and seq = 4`, 4],
  [
    'another author',
    (own: string) => `update audit_entry set person_id = gen_random_uuid() where ${own} and seq = 2`,
    2,
  ],
  ['a removed entry', (own: string) => `delete from audit_entry where ${own} and seq = 3`, 3],
  [
    'two swapped entries',
    (own: string) => `with old as (select * from audit_entry where ${own})
      update audit_entry a set subject = old.subject, at_ms = old.at_ms, hash = old.hash from old
       where a.practice_id = old.practice_id and a.seq in (2, 3) and old.seq = 5 - a.seq`,
    2,
  ],
])('%s is found', async (_, tamper, brokenAt) => {
  for (let n = 1; n <= 5; n += 1) await note(n)
  // Only a superuser can: the serving role has neither right, and row-level security is forced on the owner.
  await asSuperuser(server.database.superuserUrl, tamper(`practice_id = '${practice.id}'`))
  expect((await verifyAudit(server.deps, practice.id)).brokenAt).toBe(brokenAt)
})

test('a refusal outlives the transaction that it refused', async () => {
  await recordRefusal(server.deps, practice.clinician, 'read.record', { count: 1 })
  expect(await entries()).toMatchObject([{ action: 'read.record', outcome: 'denied' }])
})

test('a deed that is rolled back leaves no entry', async () => {
  const failed = server.database.inPractice(practice.id, async (tx) => {
    await appendAudit(tx, practice.id, null, 1, { action: 'test', outcome: 'done', subject: {} })
    throw new Error('later')
  })
  await expect(failed).rejects.toThrow('later')
  expect(await entries()).toEqual([])
})

test('what is done with a session is written down with ids and no words of a patient', async () => {
  const session = await publishSession(server, practice)
  const body = newRead(session.sessionId, { notes: 'Secret note' })
  await server.handlers['scans.tag']({ params: { id: session.sessionId }, body, query: undefined }, practice.clinician)
  const written = await entries()
  expect(written.map((entry) => entry.action)).toEqual(['session.create', 'photo.process', 'read.record'])
  expect(JSON.stringify(written)).not.toContain('Secret note')
  expect(JSON.stringify(written)).not.toContain(JSON.stringify(session.patient))
  expect((await verifyAudit(server.deps, practice.id)).brokenAt).toBeNull()
})

test('the log is listed newest first, by pages and by day', async () => {
  for (let n = 1; n <= 5; n += 1) await note(n * 86_400_000)
  const auditor = await practice.hire('auditor')
  const list = (query: { limit: number; before?: number; day?: string }) =>
    server.handlers['audit.list']({ query, params: undefined, body: undefined }, auditor)
  const first = await list({ limit: 2 })
  expect(first.entries.map((entry) => entry.seq)).toEqual([5, 4])
  expect((await list({ limit: 2, before: first.next ?? 0 })).entries.map((entry) => entry.seq)).toEqual([3, 2])
  expect((await list({ limit: 9, day: '1970-01-03' })).entries.map((entry) => entry.seq)).toEqual([2])
})
