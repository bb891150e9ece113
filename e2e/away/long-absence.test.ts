import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ClientId, MutationId, SessionId } from '../../server/contract/domain/ids.ts'
import { PROTOCOL_VERSION } from '../../server/contract/protocol-version.ts'
import { systemClock } from '../../electron/platform/clock.ts'
import { createHttpsClient } from '../../electron/platform/https-client.ts'
import { silentLogger } from '../../electron/platform/logger.ts'
import { createServerApi } from '../../electron/platform/server-api.ts'
import { write } from '../../electron/store/db.ts'
import { countAttention } from '../../electron/store/outbox/attention.ts'
import { countWaiting } from '../../electron/store/outbox/outbox.ts'
import { countHeld, confirmHeld, listHeld } from '../../electron/store/outbox/held.ts'
import { getReviewCase } from '../../electron/store/review/review-case.ts'
import { findSession } from '../../electron/store/sessions/sessions.ts'
import { findLastCheck, getPosition } from '../../electron/store/sync-state/sync-state.ts'
import { aDecision, openTestStore } from '../../electron/store/testing.ts'
import { decideLocally } from '../../electron/sync/decide.ts'
import { startSyncEngine, type SyncEngine } from '../../electron/sync/engine.ts'
import { startPracticeServer } from './practice-server.ts'

const DAY_MS = 86_400_000
const DECIDED = 300
const INSTRUCTIONS = 20
/** Both sides' clock, moved by the test. */
const time = { movedMs: 0 }
const clock = { nowMs: () => systemClock.nowMs() + time.movedMs }

let server: Awaited<ReturnType<typeof startPracticeServer>>
let store: ReturnType<typeof openTestStore>
let http: ReturnType<typeof createHttpsClient>

beforeAll(async () => {
  server = await startPracticeServer(2000, clock)
  store = openTestStore()
  http = createHttpsClient(server.caFile)
})
afterAll(async () => {
  await http.close()
  await server.stop()
  store.remove()
})

function start(): SyncEngine {
  const api = createServerApi(http, server.url, async () => 'away')
  return startSyncEngine({
    db: store.db,
    apiOf: () => api,
    clock,
    logger: silentLogger,
    personId: () => server.clinician.id,
    isSignInExpired: () => false,
    isSocketUp: () => true,
    isLowOnDisk: () => false,
    onChanges: () => {},
    onStatus: () => {},
  })
}

const settled = (engine: SyncEngine, holds: () => boolean) =>
  vi.waitFor(
    () => expect([holds(), engine.status().connection, engine.status().copying]).toEqual([true, 'online', null]),
    {
      timeout: 120_000,
      interval: 100,
    },
  )

const decide = (id: string, kind: 'none' | 'approve_progression') =>
  write(store.db, (tx) => {
    const session = findSession(tx, id)
    if (session === undefined) throw new Error('no such scan')
    const action = kind === 'none' ? { kind } : { kind, toStage: 5 }
    const args = aDecision(session, { action, readAtMs: clock.nowMs() })
    decideLocally(tx, args, { person: server.clinician, nowMs: clock.nowMs() })
    return { sessionId: args.sessionId, readId: args.readId }
  })

const readOf = (sessionId: string) =>
  aDecision({ id: SessionId.parse(sessionId), version: 1 } as Parameters<typeof aDecision>[0], {
    action: { kind: 'none' },
  })

/** Reads of these scans, and one patient's stage set twice: the first of both is the kind of row that a feed forgets. */
async function colleagueWorks(ids: readonly string[]): Promise<void> {
  const patientId = findSession(store.db, ids[0] ?? '')?.patientId
  const stages = [11, 12].map((currentStage) => ({
    name: 'patient.change',
    args: { patientId, set: { currentStage } },
  }))
  const reads = ids.map((id) => ({ name: 'read.record', args: readOf(id) }))
  const mutations = [...stages, ...reads].map(({ name, args }, index) => ({
    id: MutationId.parse(v7()),
    clientSeq: index + 1,
    name,
    version: 1,
    args,
    base: index === 1 ? { currentStage: 11 } : index === 0 ? { currentStage: 4 } : {},
  }))
  const body = { protocol: PROTOCOL_VERSION, clientId: ClientId.parse(v7()), mutations }
  const { results } = await server.handlers['sync.push'](
    { body, params: undefined, query: undefined },
    server.principal,
  )
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['applied']))
}

test('after a long absence, with its place in the feed pruned away, everything arrives once and nothing leaves the view', async () => {
  const before = start()
  await settled(before, () => findLastCheck(store.db) !== null)
  await before.stop()
  expect(findLastCheck(store.db)?.repaired).toEqual([])

  // Offline: hundreds of decisions; meanwhile the practice works on, and its feed forgets what is old.
  const mine = server.sessionIds.slice(0, DECIDED)
  const decided = mine.map((id, index) => decide(id, index < INSTRUCTIONS ? 'approve_progression' : 'none'))
  await colleagueWorks(server.sessionIds.slice(DECIDED - 50, DECIDED + 50))
  time.movedMs = 100 * DAY_MS
  await colleagueWorks(server.sessionIds.slice(DECIDED + 50, DECIDED + 60))
  await server.prune()
  const cursor = getPosition(store.db).seq
  const query = { cursor: `1.${cursor}`, limit: 10, protocol: PROTOCOL_VERSION }
  const lost = server.handlers['sync.pull']({ query, params: undefined, body: undefined }, server.principal)
  await expect(lost).rejects.toMatchObject({ code: 'sync.epoch' })

  const looks = { count: 0, gone: new Set<string>() }
  const look = () => {
    looks.count += 1
    for (const { sessionId, readId } of decided.filter((_, index) => index % 40 === looks.count % 40)) {
      const inView = getReviewCase(store.db, sessionId).reads.some(({ read }) => read.readId === readId)
      if (!inView) looks.gone.add(readId)
    }
  }
  const looking = setInterval(look, 10) // between any two of its transactions, as a screen would
  const after = start()
  await settled(after, () => countWaiting(store.db) === countHeld(store.db, server.clinician.id, clock.nowMs()))
  // Instructions to patients are older than a day: they wait for their author's word, and only they.
  const held = listHeld(store.db, server.clinician.id, clock.nowMs(), 1000)
  expect(held).toHaveLength(INSTRUCTIONS)
  write(store.db, (tx) => held.forEach(({ mutationId }) => confirmHeld(tx, mutationId, clock.nowMs())))
  after.queued()
  await settled(after, () => countWaiting(store.db) === 0 && findLastCheck(store.db) !== null)
  await after.now()
  clearInterval(looking)
  await after.stop()

  expect(looks.count).toBeGreaterThan(20)
  expect([...looks.gone]).toEqual([])
  expect(countAttention(store.db, server.clinician.id)).toBe(INSTRUCTIONS) // the practice's own came first: it is told
  const arrived = await server.database.inPractice(server.practiceId, (tx) =>
    tx
      .selectFrom('read')
      .select('read_id')
      .where(
        'read_id',
        'in',
        decided.map(({ readId }) => readId),
      )
      .execute(),
  )
  expect(arrived).toHaveLength(DECIDED)
  for (const { sessionId, readId } of decided) {
    const reads = getReviewCase(store.db, sessionId).reads.filter(({ read }) => read.readId === readId)
    expect(reads).toMatchObject([{ sent: true }])
    expect(reads[0]?.read.recordedAtMs).not.toBeNull()
  }
  expect(findLastCheck(store.db)?.repaired).toEqual([])
  expect(store.db.prepare('SELECT count(*) FROM overlay').pluck().get()).toBe(0)
})
