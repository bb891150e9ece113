import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Logger } from '../platform/logger.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { silentLogger } from '../platform/logger.ts'
import { createServerApi, type ServerApi } from '../platform/server-api.ts'
import { answerJson, startTestServer } from '../platform/testing-server.ts'
import { write } from '../store/db.ts'
import { countWaiting, removeAnswered } from '../store/outbox/outbox.ts'
import { listOverlay, markOverlayAcknowledged } from '../store/outbox/overlay.ts'
import { findLastCheck, getPosition } from '../store/sync-state/sync-state.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { beginCopy } from './bootstrap.ts'
import { checkAndRepair, isCheckDue } from './check.ts'
import { decideLocally } from './decide.ts'
import { digestOf } from './digest.ts'
import { createPuller, type Puller } from './pull.ts'
import { answerCopy, bringCopy, digestsOf } from './testing.ts'

type Row = Parameters<typeof aPage>[0][number]
const person = aPerson()
const patients = Array.from({ length: 40 }, () => aPatient())
const sessions = patients.map((patient) => aSession(patient.id))
const FEED: readonly Row[] = [
  { entity: 'person', id: person.id, body: person },
  ...patients.map((body) => ({ entity: 'patient' as const, id: body.id, body })),
  ...sessions.map((body) => ({ entity: 'session' as const, id: body.id, body })),
]
const NOW = new Date(2026, 10, 21, 12).getTime()

let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
let api: ServerApi
let feed: Row[]
let asked: string[]
let warned: unknown[]
let puller: Puller
const behave = { digests: digestsOf, beforeDigest: () => {} }

beforeEach(async () => {
  store = openTestStore()
  feed = [...FEED]
  asked = []
  warned = []
  Object.assign(behave, { digests: digestsOf, beforeDigest: () => {} })
  bringCopy(store.db, feed)
  server = await startTestServer(({ url }, response) => {
    const what = url.pathname.split('/').at(-1)
    asked.push(`${what} ${url.searchParams.get('entity') ?? ''}`.trim())
    const protocol = 2
    const seq = Number((url.searchParams.get('cursor') ?? '').split('.')[1])
    if (what === 'bootstrap') return answerJson(response, 200, answerCopy(feed, url.searchParams))
    if (what === 'pull') return answerJson(response, 200, aPage(feed.slice(seq), { from: seq + 1 }))
    behave.beforeDigest()
    const digests = seq === feed.length ? behave.digests(feed) : null
    answerJson(response, 200, { epoch: 1, seq: feed.length, digests, protocol })
  })
  http = createHttpsClient(server.caFile)
  api = createServerApi(http, server.url, async () => 'token')
  puller = createPuller({ db: store.db, nowMs: () => NOW })
})
afterEach(async () => {
  await http.close()
  server.stop()
  store.remove()
})

const pull = async () => {
  puller.begin()
  for (let more = true; more; ) more = (await puller.step(api)).more
}
const logger: Logger = { ...silentLogger, warn: (event, fields) => void warned.push([event, fields]) }
const check = () =>
  checkAndRepair({
    db: store.db,
    clock: { nowMs: () => NOW },
    logger,
    api,
    personId: person.id,
    pull,
    isStopped: () => false,
  })
const told = () =>
  store.db
    .prepare<[], { args: string }>(`SELECT args FROM outbox WHERE name = 'sync.difference'`)
    .all()
    .map(({ args }) => JSON.parse(args) as unknown)
const run = (text: string, ...values: unknown[]) => store.db.prepare(text).run(...values)
const same = async () =>
  expect(await Promise.all(digestsOf(feed).map(({ entity }) => digestOf(store.db, entity)))).toEqual(digestsOf(feed))

describe('the check', () => {
  it('finds nothing where both hold the same rows, and is noted', async () => {
    expect(await check()).toBe(true)
    expect(findLastCheck(store.db)).toEqual({ atMs: NOW, repaired: [] })
    expect([told(), warned, asked]).toEqual([[], [], ['digest']])
  })

  it.each<[string, () => unknown]>([
    ['lacks', () => run('DELETE FROM session WHERE id = ?', sessions[3]?.id)],
    [
      'has one too many of',

      () =>
        run(
          'INSERT INTO session SELECT ?, patient_id, captured_on, submitted_at_ms, body, generation, seq, brief, packed FROM session LIMIT 1',
          aPatient().id,
        ),
    ],
    ['has an older state of', () => run('UPDATE session SET seq = seq - 1 WHERE id = ?', sessions[3]?.id)],
  ])('repairs the entity of which this store %s a row, and that one alone', async (_, spoil) => {
    spoil()
    expect(await check()).toBe(true)
    await same()
    expect(findLastCheck(store.db)).toEqual({ atMs: NOW, repaired: ['session'] })
    expect(new Set(asked)).toEqual(new Set(['digest', 'bootstrap session', 'pull']))
    expect(getPosition(store.db)).toMatchObject({ seq: feed.length, bootstrapping: false })
  })

  it('tells the practice what differed and says nothing on the screens', async () => {
    run('DELETE FROM patient WHERE id = ?', patients[0]?.id)
    await check()
    const difference = { entity: 'patient', atSeq: feed.length, localCount: 39, serverCount: 40 }
    expect(told()).toEqual([difference])
    expect(warned).toEqual([['sync.difference', difference]])
    expect(countWaiting(store.db)).toBe(0)
  })

  it('compares at one position: when the feed has moved on it pulls and asks again', async () => {
    behave.beforeDigest = () => {
      if (feed.length < FEED.length + 2) feed.push({ entity: 'person', id: person.id, body: person })
    }
    expect(await check()).toBe(true)
    expect(asked).toEqual(['digest', 'pull', 'digest', 'pull', 'digest'])
    expect(told()).toEqual([])
  })

  it('gives up for now when the feed never stands still', async () => {
    behave.beforeDigest = () => feed.push({ entity: 'person', id: person.id, body: person })
    expect(await check()).toBe(false)
    expect(findLastCheck(store.db)).toBeNull()
  })

  it('computes its own figures each time: a server that is wrong for ever is not believed, and not asked for ever', async () => {
    behave.digests = (rows) => digestsOf(rows).map((d) => (d.entity === 'read' ? { ...d, count: 7 } : d))
    await expect(check()).rejects.toMatchObject({ detail: { reason: 'sync-difference-stays', entity: 'read' } })
    expect(asked.filter((what) => what === 'bootstrap read')).toHaveLength(1)
    expect(findLastCheck(store.db)?.repaired).toEqual(['read'])
    expect((await digestOf(store.db, 'read')).count).toBe(0)
  })

  it('of one kind of row ends with a page that brings what was pushed meanwhile: nothing of it stays on top', async () => {
    const session = sessions[0] ?? aSession(person.id)
    const args = aDecision(session, { action: { kind: 'none' } })
    const { mutationId } = write(store.db, (tx) => decideLocally(tx, args, { person, nowMs: NOW }))
    const { actionId: _action, ...read } = args
    feed.push({ entity: 'read', id: read.readId, body: { ...read, readerId: person.id, recordedAtMs: 1 } })
    write(store.db, (tx) => {
      removeAnswered(tx, mutationId ?? '')
      markOverlayAcknowledged(tx, mutationId ?? '', feed.length)
      beginCopy(tx, 'patient')
    })
    expect(listOverlay(store.db, session.id)).toHaveLength(1)
    await pull()
    expect(listOverlay(store.db, session.id)).toEqual([])
    expect(getPosition(store.db).seq).toBe(feed.length)
  })

  it('leaves a repair that was cut off to the next round, which ends it', async () => {
    run('DELETE FROM session WHERE id = ?', sessions[3]?.id)
    const cut = checkAndRepair({
      db: store.db,
      clock: { nowMs: () => NOW },
      logger,
      api,
      personId: person.id,
      pull: () => Promise.reject(new Error('killed')),
      isStopped: () => false,
    })
    await expect(cut).rejects.toThrow('killed')
    puller = createPuller({ db: store.db, nowMs: () => NOW })
    await pull()
    await same()
    expect(isCheckDue(findLastCheck(store.db), NOW)).toBe(true)
  })
})

describe('the check is due', () => {
  const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime()
  const last = (atMs: number) => ({ atMs, repaired: [] })

  it.each<[string, number | null, number, boolean]>([
    ['after every whole copy', null, at(21, 12), true],
    ['not twice a day', at(21, 8), at(21, 23), false],
    ['after two in the morning', at(21, 8), at(22, 2), true],
    ['not before', at(21, 8), at(22, 1, 59), false],
    ['once in that night', at(22, 2), at(22, 6), false],
    ['after days in which this computer was off', at(1, 12), at(21, 1), true],
    ['when the clock was set back', at(23, 12), at(21, 12), true],
  ])('%s', (_, before, now, due) => {
    expect(isCheckDue(before === null ? null : last(before), now)).toBe(due)
  })
})
