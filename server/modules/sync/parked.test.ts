import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  newRead,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
} from '../testing.ts'
import { prune } from './prune.ts'
import { envelope, listAudit, listParked, pushAs } from '../testing-sync.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
})

const resolve = (mutationId: string, change: object = {}) =>
  envelope('parked.resolve', {
    mutationId,
    how: 'discarded',
    reason: 'Adaeze came in herself',
    replacedBy: null,
    ...change,
  })
const listSettled = () =>
  server.database.inPractice(practice.id, (tx) => tx.selectFrom('settled_mutation').selectAll().execute())

async function park(): Promise<string> {
  const { sessionId } = await publishSession(server, practice)
  const refused = envelope('read.record', newRead(sessionId, { aligners: 'out' }))
  await pushAs(server, practice.clinician, refused)
  return refused.id
}

test('its author settles it: the copy goes, the reason stays outside of the audit log', async () => {
  const id = await park()
  const sent = resolve(id)
  const [result] = await pushAs(server, practice.clinician, sent)
  expect(result).toMatchObject({ status: 'applied', feedSeq: null })
  expect(await listParked(server, practice)).toEqual([])
  expect(await listSettled()).toMatchObject([
    {
      resolution_id: sent.id,
      mutation_id: id,
      person_id: practice.clinician.personId,
      how: 'discarded',
      reason: 'Adaeze came in herself',
      code: 'read.fit-without-aligners',
    },
  ])
  const entries = await listAudit(server, practice, 'parked.discarded')
  expect(entries).toMatchObject([{ subject: { mutationId: id, resolutionId: sent.id, wasHere: true } }])
  expect(JSON.stringify(entries)).not.toContain('Adaeze')
})

test('a change that took its place is named', async () => {
  const id = await park()
  const replacedBy = uuidV7()
  await pushAs(server, practice.clinician, resolve(id, { how: 'edited', reason: '', replacedBy }))
  expect(await listAudit(server, practice, 'parked.edited')).toMatchObject([
    { subject: { mutationId: id, replacedBy } },
  ])
})

test('a colleague may not settle it', async () => {
  const id = await park()
  const [result] = await pushAs(server, await practice.hire('clinician', 'practice_admin'), resolve(id))
  expect(result).toMatchObject({ status: 'rejected', code: 'auth.denied' })
  expect(await listParked(server, practice)).toMatchObject([{ mutation_id: id }, { name: 'parked.resolve' }])
  expect(await listSettled()).toEqual([])
})

test('what the server does not have is settled all the same, for the workstation may have refused it itself', async () => {
  const id = uuidV7()
  const [result] = await pushAs(server, practice.clinician, resolve(id))
  expect(result?.status).toBe('applied')
  expect(await listAudit(server, practice, 'parked.discarded')).toMatchObject([
    { subject: { mutationId: id, wasHere: false } },
  ])
  expect(await listSettled()).toMatchObject([{ mutation_id: id, code: null }])
})

test('what another practice has is not here', async () => {
  const id = await park()
  const other = await openPractice(server)
  const [result] = await pushAs(server, other.clinician, resolve(id))
  expect(result?.status).toBe('applied')
  expect(await listParked(server, practice)).toMatchObject([{ mutation_id: id }])
})

test.each(['a\0b', 'a\ud800'])('a reason that no database holds is refused, not changed', async (reason) => {
  const id = await park()
  const [result] = await pushAs(server, practice.clinician, resolve(id, { reason }))
  expect(result).toMatchObject({ status: 'rejected', code: 'input.invalid' })
  expect(await listParked(server, practice)).toHaveLength(2)
})

test('six years later the reason goes', async () => {
  await pushAs(server, practice.clinician, resolve(uuidV7()))
  const pruneIn = (years: number) => prune(server.deps, Date.now() + years * 31_622_400_000)
  await pruneIn(5.99)
  expect(await listSettled()).toHaveLength(1)
  await pruneIn(6.01)
  expect(await listSettled()).toEqual([])
})
