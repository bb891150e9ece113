import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import type { SyncStatus } from '../../preload/contract/app-state.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { silentLogger } from '../platform/logger.ts'
import { createServerApi } from '../platform/server-api.ts'
import { startTestServer } from '../platform/testing-server.ts'
import { write } from '../store/db.ts'
import { countAttention } from '../store/outbox/attention.ts'
import { countWaiting } from '../store/outbox/outbox.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { aDecision, aPatient, aPerson, aSession, GRACE_MS, openTestStore } from '../store/testing.ts'
import { decideLocally } from './decide.ts'
import { startSyncEngine, type SyncEngine } from './engine.ts'
import { pushOnce } from './push.ts'
import { bringCopy } from './testing.ts'

/** What a server of protocol 1 answers to requests of protocol 2 (server/testing/recorded/README.md). */
const Answers = z.record(z.string(), z.object({ status: z.int(), contentType: z.string(), body: z.string() }))
const recording = new URL('../../server/testing/recorded/protocol-1.json', import.meta.url)
const { serverAnswers } = z.object({ serverAnswers: Answers }).parse(JSON.parse(await readFile(recording, 'utf8')))

const person = aPerson()
const patient = aPatient()
const session = aSession(patient.id)
const ROWS = [
  { entity: 'patient' as const, id: patient.id, body: patient },
  { entity: 'session' as const, id: session.id, body: session },
]
let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
let asked: string[]

beforeEach(async () => {
  store = openTestStore()
  asked = []
  server = await startTestServer(({ method, url }, response) => {
    const address = `${method} ${url.pathname}`
    asked.push(address)
    const answer = serverAnswers[address]
    if (answer === undefined) throw new Error(`What the old server says to ${address} was not recorded`)
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body)
  })
  http = createHttpsClient(server.caFile)
})
afterEach(async () => {
  await http.close()
  server.stop()
  store.remove()
})

const api = () => createServerApi(http, server.url, async () => 'token')
const decide = () => write(store.db, (tx) => decideLocally(tx, aDecision(session), { person, nowMs: 0 }))

/** Until it says why it cannot sync. */
async function runEngine(): Promise<SyncStatus> {
  const { promise, resolve } = Promise.withResolvers<SyncStatus>()
  const engine: SyncEngine = startSyncEngine({
    db: store.db,
    apiOf: api,
    clock: { nowMs: () => GRACE_MS },
    logger: silentLogger,
    personId: () => person.id,
    isSignInExpired: () => false,
    isSocketUp: () => true,
    isLowOnDisk: () => false,
    onChanges: () => {},
    onStatus: (status) => status.reason !== null && resolve(status),
  })
  const status = await promise
  await engine.stop()
  return status
}

it.each([
  ['a new workstation', () => {}, 'GET /api/v1/sync/bootstrap'],
  ['one that has worked before', () => bringCopy(store.db, ROWS), 'GET /api/v1/sync/pull'],
])('%s says that the server is the older one', async (_, prepare, first) => {
  prepare()
  expect(await runEngine()).toMatchObject({ connection: 'refused', reason: 'sync.server-too-old' })
  expect(asked[0]).toBe(first)
})

it('a decision stays in the outbox and in view, however often it is refused', async () => {
  bringCopy(store.db, ROWS)
  decide()
  for (const _ of [1, 2, 3]) {
    const push = pushOnce({ db: store.db, api: api() }, person.id, () => GRACE_MS, 100)
    await expect(push).rejects.toMatchObject({ code: 'sync.server-too-old' })
  }
  expect(new Set(asked)).toEqual(new Set(['POST /api/v1/sync/push']))
  expect([countWaiting(store.db), countAttention(store.db, person.id)]).toEqual([1, 0])
  expect(getReviewCase(store.db, session.id).state).toBe('reviewed')
})
