import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RouteSpec } from '../../contract/api/route.ts'
import { ROUTES, type RouteName } from '../../contract/api/routes.ts'
import { OLDEST_PULL_PROTOCOL, PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import { PullAnswer, PushAnswer } from '../../contract/sync/wire.ts'
import { type StubHttp, startStubHttp, stubHandlers } from '../../http/testing/stub-http.ts'
import { createHandlers } from '../handlers.ts'
import { openPractice, publishSession, startTestServer, type TestPractice, type TestServer } from '../testing.ts'

/** One after the present one: the protocol of the server in the tests of older workstations, of the workstation in the others. */
const NEXT = PROTOCOL_VERSION + 1

let server: TestServer
let practice: TestPractice
let today: StubHttp
/** The same server after an update that a workstation of today cannot read. */
let later: StubHttp
beforeAll(async () => {
  server = await startTestServer()
  practice = await openPractice(server)
  const identify = async () => ({ ...practice.clinician, roles: ['clinician', 'practice_admin'] as const })
  today = await startStubHttp({ handlers: stubHandlers(server.handlers), identify })
  later = await startStubHttp({
    handlers: stubHandlers(createHandlers(server.deps, { oldestPullProtocol: NEXT })),
    identify,
  })
})
afterAll(async () => {
  await today?.stop()
  await later?.stop()
  await server?.close()
})

/** The text that a workstation of protocol 1 sends, written down so that no schema of today takes part in it; the ids are new. */
function pushOfProtocol1(sessionId: string): string {
  const [client, mutation, read, action] = [uuidV7(), uuidV7(), uuidV7(), uuidV7()]
  return `{"protocol":1,"clientId":"${client}","mutations":[{"id":"${mutation}","clientSeq":1,"name":"read.record","version":1,"args":{"readId":"${read}","actionId":"${action}","sessionId":"${sessionId}","sessionVersion":1,"overallTracking":1,"alignerFit":2,"oralHygiene":1,"aligners":"in","detailTags":[{"code":"unseat","teeth":[23],"mm":0.5}],"action":{"kind":"hold_aligner","days":7},"notes":"","aiSuggested":false,"aiOverridden":false,"supersedes":null,"adjudicates":[],"readAtMs":1753000000000},"base":{}}]}`
}
const PULL_OF_PROTOCOL_1 = '/api/v1/sync/pull?cursor=0.0&limit=1000'

function push(http: StubHttp, payload: string) {
  const headers = { 'content-type': 'application/json' }
  return http.http.app.inject({ method: 'POST', url: '/api/v1/sync/push', headers, payload })
}
const pull = (http: StubHttp, url: string) => http.http.app.inject({ url })

test('the first workstations, which did not name a protocol, are told to update', async () => {
  const answer = await pull(today, PULL_OF_PROTOCOL_1)
  expect([answer.statusCode, answer.json()]).toMatchObject([426, { code: 'sync.too-old' }])
})

test('the oldest protocol that may pull is one that this server speaks', () => {
  expect(OLDEST_PULL_PROTOCOL).toBeLessThanOrEqual(PROTOCOL_VERSION)
})

test('a workstation of today names its protocol and pulls', async () => {
  const answer = await pull(today, `${PULL_OF_PROTOCOL_1}&protocol=${PROTOCOL_VERSION}`)
  expect(PullAnswer.parse(answer.json()).protocol).toBe(PROTOCOL_VERSION)
})

test('a workstation too old to read the rows may not pull, and is told whose version is too low', async () => {
  for (const url of [PULL_OF_PROTOCOL_1, `${PULL_OF_PROTOCOL_1}&protocol=${PROTOCOL_VERSION}`]) {
    const answer = await pull(later, url)
    expect(answer.statusCode).toBe(426)
    expect(answer.json()).toMatchObject({ code: 'sync.too-old', detail: { tooOld: 'workstation' } })
  }
})

test('it may still push: what was decided on it arrives', async () => {
  const { sessionId } = await publishSession(server, practice)
  const answer = await push(later, pushOfProtocol1(sessionId))
  expect(answer.statusCode).toBe(200)
  expect(PushAnswer.parse(answer.json()).results).toMatchObject([{ clientSeq: 1, status: 'applied', code: null }])
})

test('too old outranks a lost position: a fresh copy could not be read either', async () => {
  const answer = await pull(later, '/api/v1/sync/pull?cursor=7.1&limit=1000')
  expect(answer.json()).toMatchObject({ code: 'sync.too-old' })
})

test.each([
  ['words this server does not know', (push: string) => push.replace('"base":{}', '"base":{},"lease":{"until":5}')],
  ['words that it does know', (push: string) => push],
])('a newer workstation that uses %s keeps its changes, and none of them is taken', async (_, change) => {
  const { sessionId } = await publishSession(server, practice)
  const newer = change(pushOfProtocol1(sessionId)).replace('"protocol":1', `"protocol":${NEXT}`)
  const answer = await push(today, newer)
  expect(answer.statusCode).toBe(426)
  expect(answer.json()).toMatchObject({
    code: 'sync.server-too-old',
    detail: { serverProtocol: PROTOCOL_VERSION },
  })
  const reads = await server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('read').select('read_id').where('session_id', '=', sessionId).execute(),
  )
  expect(reads).toEqual([])
})

/** What else a newer workstation may say there is not looked at. */
const ofProtocol = (name: RouteName, spec: RouteSpec): { method: 'GET' | 'POST'; url: string; payload?: string } =>
  spec.protocolIn === 'query'
    ? { method: 'GET', url: `${spec.path}?protocol=${NEXT}&compression=zstd` }
    : { method: 'POST', url: spec.path, payload: `{"protocol":${NEXT},"of":"${name}"}` }
const SPOKEN = Object.entries<RouteSpec>(ROUTES).filter(([, spec]) => spec.protocolIn !== undefined)

test.each(SPOKEN)('%s tells a newer workstation that the server is the older one', async (name, spec) => {
  const headers = { 'content-type': 'application/json' }
  const answer = await today.http.app.inject({ ...ofProtocol(name as RouteName, spec), headers })
  expect([answer.statusCode, answer.json()]).toMatchObject([426, { code: 'sync.server-too-old' }])
})

test.each(['0', '-1', '1.5', 'x', ''])('the protocol "%s" is no protocol', async (protocol) => {
  const answer = await pull(today, `${PULL_OF_PROTOCOL_1}&protocol=${protocol}`)
  expect(answer.json()).toMatchObject({ code: 'input.invalid' })
})
