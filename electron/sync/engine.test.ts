import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SyncStatus } from '../../preload/contract/app-state.ts'
import { PushRequest } from '../../server/contract/sync/wire.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { silentLogger } from '../platform/logger.ts'
import { createServerApi } from '../platform/server-api.ts'
import { answerJson, type Handle, startTestServer } from '../platform/testing-server.ts'
import { write } from '../store/db.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { decideLocally } from './decide.ts'
import { startSyncEngine, type SyncEngine } from './engine.ts'
import { nextWaitMs, POLL_MS, POLL_SOCKET_DOWN_MS } from './schedule.ts'

const person = aPerson()
const patient = aPatient()
const session = aSession(patient.id)
const nothing: Handle = (_request, response) => answerJson(response, 200, aPage([], { from: 3 }))
let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
let engine: SyncEngine
let watchers: ((status: SyncStatus) => void)[]
const behave = { push: nothing, pull: nothing, nowMs: 0 }

const refuse =
  (status: number, code: string): Handle =>
  (_request, response) =>
    answerJson(response, status, { code, detail: {} })
const take: Handle = (request, response) => {
  const results = PushRequest.parse(request.body).mutations.map(({ id, clientSeq }) => ({
    id,
    clientSeq,
    status: 'applied',
    code: null,
    feedSeq: null,
  }))
  answerJson(response, 200, { results })
}

beforeEach(async () => {
  store = openTestStore()
  watchers = []
  Object.assign(behave, { push: take, pull: nothing, nowMs: 0 })
  const rows = [
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
  ]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
  server = await startTestServer((request, response) => {
    const handle = request.url.pathname.endsWith('/push') ? behave.push : behave.pull
    handle(request, response)
  })
  http = createHttpsClient(server.caFile)
})
afterEach(async () => {
  await http.close()
  await engine.stop()
  server.stop()
  store.remove()
})

const start = () => {
  engine = startSyncEngine({
    db: store.db,
    apiOf: () => createServerApi(http, server.url, async () => 'token'),
    clock: { nowMs: () => behave.nowMs },
    logger: silentLogger,
    personId: () => person.id,
    isSignInExpired: () => false,
    isSocketUp: () => true,
    isLowOnDisk: () => false,
    onChanges: () => {},
    onStatus: (status) => watchers.forEach((watch) => watch(status)),
  })
}
const until = (isSo: (status: SyncStatus) => boolean) =>
  new Promise<SyncStatus>((resolve) => watchers.push((status) => isSo(status) && resolve(status)))
const decide = () => {
  write(store.db, (tx) => decideLocally(tx, aDecision(session), { person, nowMs: behave.nowMs }))
  behave.nowMs += 10_000
  engine.queued()
}

it('says online after a pull, and a decision then leaves', async () => {
  start()
  await until((status) => status.connection === 'online')
  decide()
  await until((status) => status.waitingCount === 0)
  expect(engine.status()).toMatchObject({ connection: 'online', reason: null, needsAttentionCount: 0 })
})

it('still sends decisions to a server for which this version is too old to pull', async () => {
  behave.pull = refuse(426, 'sync.too-old')
  start()
  await until((status) => status.reason === 'sync.too-old')
  decide()
  const sent = until((status) => status.waitingCount === 0)
  void engine.now()
  await sent
  expect(engine.status()).toMatchObject({ connection: 'refused', reason: 'sync.too-old' })
})

it('claims nothing while the server is silent, so that it can still be taken back', async () => {
  behave.pull = (_request, response) => response.destroy()
  start()
  await until((status) => status.reason === 'server.unreachable')
  decide()
  await engine.now()
  expect(store.db.prepare('SELECT state FROM outbox').pluck().all()).toEqual(['pending'])
})

it('waits longer after each failure, and for silence no longer than the poll', () => {
  const at = (failures: number, reason: 'server.unreachable' | 'server.busy') =>
    Array.from({ length: 200 }, () =>
      nextWaitMs({
        failures,
        link: { connection: 'offline', reason },
        isSocketUp: false,
        dueInMs: Number.POSITIVE_INFINITY,
      }),
    )
  expect(Math.min(...at(30, 'server.busy'))).toBeGreaterThanOrEqual(1000)
  expect(Math.max(...at(2, 'server.busy'))).toBeLessThanOrEqual(2000)
  expect(Math.max(...at(30, 'server.busy'))).toBeLessThanOrEqual(60_000)
  expect(Math.max(...at(30, 'server.busy'))).toBeGreaterThan(POLL_SOCKET_DOWN_MS)
  expect(Math.max(...at(30, 'server.unreachable'))).toBeLessThanOrEqual(POLL_SOCKET_DOWN_MS)
  const link = { connection: 'online', reason: null } as const
  expect(nextWaitMs({ failures: 0, link, isSocketUp: true, dueInMs: 800 })).toBe(800)
  expect(nextWaitMs({ failures: 0, link, isSocketUp: true, dueInMs: Number.POSITIVE_INFINITY })).toBe(POLL_MS)
})
