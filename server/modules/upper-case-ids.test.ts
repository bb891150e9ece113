import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROUTES } from '../contract/api/routes.ts'
import type { EntityName } from '../contract/sync/entities.ts'
import {
  newRead,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
} from './testing.ts'
import { envelope, pushAs } from './testing-sync.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
  practice = await openPractice(server)
})
afterAll(() => server?.close())

const newestOf = (entity: EntityName) =>
  server.database.inPractice(practice.id, (tx) =>
    tx
      .selectFrom('feed')
      .select(['entity_id', 'body'])
      .where('entity', '=', entity)
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow(),
  )

/** As Swift and .NET write them: PostgreSQL takes them for the same id, and a workstation for another. */
test('a patient whose id came in capitals is one patient to everybody, also when it is sent again', async () => {
  const id = uuidV7()
  const send = () => {
    const fields = { reference: id, givenName: 'A', familyName: 'B', status: 'active', doctorId: null, birthDate: null }
    const unknown = { treatmentType: null, alignerBrand: null, currentStage: null, totalStages: null }
    const body = { ...fields, ...unknown, scanFrequencyDays: null, id: id.toUpperCase() }
    const parsed = ROUTES['patients.create'].body.parse(body)
    return server.handlers['patients.create']({ body: parsed, params: undefined, query: undefined }, practice.clinician)
  }
  expect(await send()).toMatchObject({ id })
  expect(await newestOf('patient')).toMatchObject({ entity_id: id, body: { id } })
  expect(await send()).toMatchObject({ id })
})

test('a read that names its scan in capitals is a read of that scan at every workstation', async () => {
  const { sessionId } = await publishSession(server, practice)
  const read = newRead(sessionId)
  const args = { ...read, sessionId: sessionId.toUpperCase(), readId: read.readId.toUpperCase() }
  const [result] = await pushAs(server, practice.clinician, envelope('read.record', args))
  expect(result).toMatchObject({ status: 'applied' })
  const { readId } = read
  expect(await newestOf('read')).toMatchObject({ entity_id: readId, body: { readId, sessionId } })
})
