import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../contract/errors.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { registerPerson } from '../people/service.ts'
import {
  newRead,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
} from '../testing.ts'
import { envelope, importFor, listAudit, listParked, pushAs } from '../testing-sync.ts'

let server: TestServer
let practice: TestPractice
let admin: PersonPrincipal
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
  admin = await practice.hire('practice_admin')
})

const aRead = async (change = {}) =>
  envelope('read.record', newRead((await publishSession(server, practice)).sessionId, change))
const listReaders = async () => {
  const rows = await server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('read').select('reader_id').execute(),
  )
  return rows.map((row) => row.reader_id)
}
function employ(person: PersonPrincipal, change: { roles?: PersonPrincipal['roles']; active?: boolean }) {
  const { personId, roles } = person
  const changed = {
    id: personId,
    displayName: 'A Person',
    roles: [...(change.roles ?? roles)],
    active: true,
    ...change,
  }
  const account = { issuer: 'https://issuer', subject: personId }
  return registerPerson(server.deps, practice.id, { ...changed, roles: [...changed.roles] }, account)
}

test('a colleague’s work is applied as theirs, and every entry names both', async () => {
  const results = await importFor(server, admin, practice.clinician, await aRead(), await aRead({ aligners: 'out' }))
  expect(results.map((result) => [result.status, result.code])).toEqual([
    ['applied', null],
    ['rejected', 'read.fit-without-aligners'],
  ])
  expect(await listReaders()).toEqual([practice.clinician.personId])
  expect(await listParked(server, practice)).toMatchObject([{ person_id: practice.clinician.personId }])
  const batch = { person_id: admin.personId, subject: { personId: practice.clinician.personId, count: 2 } }
  expect(await listAudit(server, practice, 'sync.import')).toMatchObject([batch])
  const each = { person_id: practice.clinician.personId, subject: { importedBy: admin.personId } }
  expect(await listAudit(server, practice, 'read.record')).toMatchObject([each, each])
})

test('brought twice, or sent by its author after all, it is applied once', async () => {
  const read = await aRead()
  const first = await importFor(server, admin, practice.clinician, read)
  expect(await importFor(server, admin, practice.clinician, read)).toEqual(first)
  expect(await pushAs(server, practice.clinician, read)).toEqual(first)
  expect(await listReaders()).toHaveLength(1)
})

test('brought while its author sends it, it is applied once', async () => {
  const read = await aRead()
  const both = () => [pushAs(server, practice.clinician, read), importFor(server, admin, practice.clinician, read)]
  // Of two at the very same moment one may be told `conflict.exists`: a workstation then sends it again.
  const answers = await Promise.allSettled(both())
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [AppError.from(answer.reason).code] : []))
  expect(refused.filter((code) => code !== 'conflict.exists')).toEqual([])
  const verdicts = (await Promise.all(both())).map(([result]) => result)
  expect(verdicts[0]).toMatchObject({ status: 'applied' })
  expect(verdicts[1]).toEqual(verdicts[0])
  expect(await listReaders()).toHaveLength(1)
})

test('the author’s roles of today decide, not those of the day of the export and not the administrator’s', async () => {
  const read = await aRead()
  await employ(practice.clinician, { roles: ['staff'] })
  expect(await importFor(server, admin, practice.clinician, read)).toMatchObject([{ code: 'auth.denied' }])
  expect(await listParked(server, practice)).toMatchObject([
    { mutation_id: read.id, person_id: practice.clinician.personId },
  ])
})

test('what somebody was shown is written down whatever their role is now', async () => {
  const { sessionId } = await publishSession(server, practice)
  const displayed = [{ sessionId, view: 'frontal', photo: 'a'.repeat(64), shownMs: 900, atMs: 5 }]
  await employ(practice.clinician, { roles: ['it_admin'] })
  const sent = envelope('access.record', { displayed })
  expect(await importFor(server, admin, practice.clinician, sent)).toMatchObject([{ status: 'applied' }])
})

test('nothing is taken in the name of somebody who no longer works here', async () => {
  const read = await aRead()
  await employ(practice.clinician, { active: false })
  await expect(importFor(server, admin, practice.clinician, read)).rejects.toMatchObject({ code: 'auth.denied' })
  expect(await listReaders()).toEqual([])
})

test('the work of another practice’s people belongs there, and the attempt is written down', async () => {
  const other = await openPractice(server)
  const read = await aRead()
  const foreign = { code: 'outbox.other-practice' }
  await expect(importFor(server, admin, other.clinician, read)).rejects.toMatchObject(foreign)
  expect(await listReaders()).toEqual([])
  expect(await listAudit(server, practice, 'sync.import')).toMatchObject([
    { person_id: admin.personId, outcome: 'denied' },
  ])
})

test('a confirmation of an old instruction is written down with the read', async () => {
  const read = { ...(await aRead()), confirmedAtMs: 77 }
  await pushAs(server, practice.clinician, read)
  expect(await listAudit(server, practice, 'instruction.confirmed')).toMatchObject([
    { subject: { workstationAtMs: 77 } },
  ])
})

test('a difference between the two sides is an entry and a warning, never an error', async () => {
  const told: unknown[] = []
  const log = { ...server.deps.log, warn: (event: string, fields?: object) => void told.push([event, fields]) }
  const { createHandlers } = await import('../handlers.ts')
  const loud = { ...server, handlers: createHandlers({ ...server.deps, log }) }
  const difference = { entity: 'read', atSeq: 7, localCount: 3, serverCount: 4 }
  const [result] = await pushAs(loud, practice.clinician, envelope('sync.difference', difference))
  expect(result).toMatchObject({ status: 'applied', feedSeq: null })
  expect(told).toMatchObject([['sync.difference', { practiceId: practice.id, ...difference }]])
  expect(await listAudit(server, practice, 'sync.difference')).toMatchObject([{ subject: difference }])
})
