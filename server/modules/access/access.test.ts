import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPractice, startTestServer, type TestServer } from '../testing.ts'
import { envelope, listAudit, pushAs } from '../testing-sync.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('whose unsent work was exported, by whom, when and how much of it, is written down once', async () => {
  const practice = await openPractice(server)
  const admin = await practice.hire('practice_admin')
  const exported = { personId: practice.clinician.personId, changeCount: 3, leftOutCount: 1, atMs: 77 }
  const sent = envelope('access.record', { displayed: [], exported })
  for (const _ of ['once', 'and again'])
    expect(await pushAs(server, admin, sent)).toMatchObject([{ status: 'applied', feedSeq: null }])
  const { atMs: workstationAtMs, ...subject } = exported
  expect(await listAudit(server, practice, 'outbox.export')).toEqual([
    { person_id: admin.personId, outcome: 'done', subject: { ...subject, workstationAtMs } },
  ])
  expect(await listAudit(server, practice, 'photo.displayed')).toEqual([])
})

test('a report that tells nothing is refused', async () => {
  const practice = await openPractice(server)
  const results = await pushAs(server, practice.clinician, envelope('access.record', { displayed: [] }))
  expect(results).toMatchObject([{ code: 'input.invalid' }])
})
