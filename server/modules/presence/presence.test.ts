import { readFile } from 'node:fs/promises'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { SessionId } from '../../contract/domain/ids.ts'
import { Presence, PRESENCE_TTL_MS } from '../../contract/live/presence.ts'
import { PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { type StubHttp, startStubHttp, stubHandlers } from '../../http/testing/stub-http.ts'
import { asSuperuser } from '../../platform/database/testing.ts'
import { createHandlers } from '../handlers.ts'
import { openPractice, publishSession, startTestServer, type TestPractice, type TestServer } from '../testing.ts'
import { presenceOf } from './service.ts'

/** Two server processes, but for the process: each with its own border and sockets, on one database. */
type Instance = { readonly stub: StubHttp; readonly port: number; readonly ca: string }

let server: TestServer
let practice: TestPractice
let theirs: TestPractice
let sessionId: SessionId
let instances: [Instance, Instance]
const known = new Map<string, PersonPrincipal>()
const sockets: WebSocket[] = []
beforeAll(async () => {
  server = await startTestServer()
  instances = [await startInstance(), await startInstance()]
})
afterAll(async () => {
  for (const { stub } of instances) await stub.stop()
  await server.close()
})
beforeEach(async () => {
  practice = await openPractice(server)
  theirs = await openPractice(server)
  ;({ sessionId } = await publishSession(server, practice))
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate()
})

async function startInstance(): Promise<Instance> {
  const stub = await startStubHttp({
    handlers: stubHandlers(createHandlers(server.deps)),
    identify: async (authorization) => known.get(authorization ?? ''),
    presence: presenceOf(server.database),
    followMs: 30,
  })
  const { port } = await stub.http.listen('127.0.0.1', 0)
  return { stub, port, ca: await readFile(stub.ca, 'utf8') }
}

/** A workstation's socket and every message it got. */
async function connect(at: Instance, who: PersonPrincipal, query = `?protocol=${PROTOCOL_VERSION}`) {
  const authorization = `Bearer ${who.personId}`
  known.set(authorization, who)
  const url = `wss://127.0.0.1:${at.port}/api/v1/live${query}`
  const socket = new WebSocket(url, { ca: at.ca, headers: { authorization } })
  sockets.push(socket)
  const messages: unknown[] = []
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return messages
}
const openOf = (message: unknown) => Presence.parse(message).open.map((one) => [one.sessionId, one.personId])
const until = (check: () => void | Promise<void>) => vi.waitFor(check)

const say = (who: PersonPrincipal, id: SessionId | null) =>
  server.handlers['presence.set']({ body: { sessionId: id }, params: undefined, query: undefined }, who)
const listRows = async () =>
  (await asSuperuser(server.database.superuserUrl, `select * from presence where practice_id = '${practice.id}'`)).rows

test('a socket is told who has which case open, also what another server process heard, once for each change', async () => {
  const messages = await connect(instances[1], practice.clinician)
  await until(() => expect(messages.map(openOf)).toEqual([[]]))
  const colleague = await practice.hire('staff')
  await say(colleague, sessionId)
  for (let beat = 0; beat < 20; beat += 1) await say(colleague, sessionId)
  await until(() => expect(messages.map(openOf)).toEqual([[], [[sessionId, colleague.personId]]]))
  await say(colleague, null)
  await until(() => expect(messages.map(openOf)).toEqual([[], [[sessionId, colleague.personId]], []]))
})

test('whoever opens a socket later is told what is so already', async () => {
  await say(practice.clinician, sessionId)
  await connect(instances[0], practice.clinician)
  const late = await connect(instances[0], await practice.hire('clinician'))
  await until(() => expect(late.map(openOf)).toContainEqual([[sessionId, practice.clinician.personId]]))
})

test('people of another practice never hear of it', async () => {
  const foreign = await connect(instances[0], theirs.clinician)
  const ours = await connect(instances[0], practice.clinician)
  await say(practice.clinician, sessionId)
  await until(() => expect(openOf(ours.at(-1))).toHaveLength(1))
  const mark = await publishSession(server, theirs)
  await say(theirs.clinician, mark.sessionId)
  await until(() => expect(openOf(foreign.at(-1))).toEqual([[mark.sessionId, theirs.clinician.personId]]))
  expect(foreign.map((message) => Presence.parse(message).practice)).toEqual(foreign.map(() => theirs.id))
  expect(JSON.stringify(foreign)).not.toContain(sessionId)
})

test.each(['', '?protocol=2'])('a workstation that says %o gets pokes alone', async (query) => {
  const older = await connect(instances[0], practice.clinician, query)
  const newer = await connect(instances[0], await practice.hire('clinician'))
  await say(practice.clinician, sessionId)
  await until(() => expect(openOf(newer.at(-1))).toHaveLength(1))
  instances[0].stub.http.poke(practice.id, 7)
  await until(() => expect(older).toEqual([{ practice: practice.id, seq: 7 }]))
})

test('a protocol that is no number is refused', async () => {
  await expect(connect(instances[0], practice.clinician, '?protocol=three')).rejects.toThrow('400')
})

test('one person has one case, the one said last; its time runs from its opening', async () => {
  const other = (await publishSession(server, practice)).sessionId
  await say(practice.clinician, sessionId)
  const [first] = await listRows()
  await asSuperuser(server.database.superuserUrl, `update presence set since_ms = since_ms - 5000`)
  await say(practice.clinician, sessionId)
  expect(await listRows()).toMatchObject([{ session_id: sessionId, since_ms: String(first.since_ms - 5000) }])
  await say(practice.clinician, other)
  const [moved, ...more] = await listRows()
  expect([moved.session_id, more]).toEqual([other, []])
  expect(Number(moved.since_ms)).toBeGreaterThanOrEqual(Number(first.since_ms))
})

test('what was not heard for a minute is told as over and is stored no longer', async () => {
  const messages = await connect(instances[0], practice.clinician)
  await say(practice.clinician, sessionId)
  await until(() => expect(openOf(messages.at(-1))).toHaveLength(1))
  const later = `update presence set since_ms = 0, seen_at_ms = seen_at_ms - ${PRESENCE_TTL_MS + 1}`
  await asSuperuser(server.database.superuserUrl, later)
  await until(() => expect(openOf(messages.at(-1))).toEqual([]))
  await server.database.forgetPresence(Date.now() - PRESENCE_TTL_MS)
  expect(await listRows()).toEqual([])
})

test('the server forgets by itself what is over, with nobody connected', async () => {
  await say(practice.clinician, sessionId)
  await asSuperuser(server.database.superuserUrl, `update presence set seen_at_ms = 0`)
  const stub = await startStubHttp({ presence: presenceOf(server.database), followMs: 20 }) // its first look forgets
  await until(async () => expect(await listRows()).toEqual([]))
  await stub.stop()
})

test('a case that the practice does not show is none: unknown, another’s, withdrawn', async () => {
  const foreign = (await publishSession(server, theirs)).sessionId
  const input = { params: { id: sessionId }, body: { reason: 'Another patient' }, query: undefined }
  await server.handlers['scans.withdraw'](input, practice.clinician)
  for (const id of [SessionId.parse(uuidV7()), foreign, sessionId]) {
    await expect(say(practice.clinician, id)).rejects.toMatchObject({ code: 'not-found' })
  }
  expect(await listRows()).toEqual([])
})
