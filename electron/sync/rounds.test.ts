import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SyncStatus } from '../../preload/contract/app-state.ts'
import { PushRequest } from '../../server/contract/sync/wire.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { silentLogger } from '../platform/logger.ts'
import { createServerApi } from '../platform/server-api.ts'
import { answerJson, startTestServer } from '../platform/testing-server.ts'
import { write } from '../store/db.ts'
import { findLastCheck, getPosition } from '../store/sync-state/sync-state.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { decideLocally } from './decide.ts'
import { startSyncEngine, type SyncEngine } from './engine.ts'
import { createThreadedFetch } from './fetch-rows.ts'
import { answerCopy, bringCopy, digestsOf } from './testing.ts'

type Row = Parameters<typeof aPage>[0][number]
const ENTRY = new URL('../data/main.ts', import.meta.url)
const person = aPerson()
const other = aPerson('Dr Other')
const patients = Array.from({ length: 60 }, () => aPatient())
const sessions = patients.map((patient) => aSession(patient.id))
const FEED: readonly Row[] = [
  ...[person, other].map((body) => ({ entity: 'person' as const, id: body.id, body })),
  ...patients.map((body) => ({ entity: 'patient' as const, id: body.id, body })),
  ...sessions.map((body) => ({ entity: 'session' as const, id: body.id, body })),
]

let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
let engine: SyncEngine
let threads: ReturnType<typeof createThreadedFetch>
let feed: Row[]
let asked: { what: string; by: string }[]
let told: { atMs: number; status: SyncStatus }[]
const behave = { personId: person.id, instead: (_what: string, _response: ServerResponse): boolean => false }

beforeEach(async () => {
  store = openTestStore()
  feed = [...FEED]
  asked = []
  told = []
  Object.assign(behave, { personId: person.id, instead: () => false })
  threads = createThreadedFetch(ENTRY)
  server = await startTestServer(({ url, body, headers }, response) => {
    const route = url.pathname.split('/').at(-1) ?? ''
    const what = `${route} ${url.searchParams.get('entity') ?? ''}`.trim()
    asked.push({ what, by: (headers.authorization ?? '').replace('Bearer ', '') })
    if (behave.instead(what, response)) return
    if (route === 'push') return answerPush(body, response)
    if (route === 'bootstrap') {
      url.searchParams.set('limit', '10')
      return answerJson(response, 200, answerCopy(feed, url.searchParams))
    }
    const seq = Number((url.searchParams.get('cursor') ?? '').split('.')[1])
    if (route === 'pull') return answerJson(response, 200, aPage(feed.slice(seq), { from: seq + 1 }))
    answerJson(response, 200, { epoch: 1, seq: feed.length, digests: digestsOf(feed), protocol: 2 })
  })
  http = createHttpsClient(server.caFile)
})
afterEach(async () => {
  await http.close()
  await engine.stop()
  await threads.stop()
  server.stop()
  store.remove()
})

const answerPush = (body: unknown, response: ServerResponse) => {
  const results = PushRequest.parse(body).mutations.map(({ id, clientSeq }) => ({ id, clientSeq }))
  const verdict = { status: 'applied', code: null, feedSeq: null }
  answerJson(response, 200, { results: results.map((result) => ({ ...result, ...verdict })) })
}
const start = () => {
  engine = startSyncEngine({
    db: store.db,
    apiOf: (personId) =>
      createServerApi(http, server.url, async () => {
        if (behave.personId !== personId) return null
        return personId
      }),
    clock: { nowMs: () => Date.now() },
    logger: silentLogger,
    personId: () => behave.personId,
    isSignInExpired: () => false,
    isSocketUp: () => true,
    isLowOnDisk: () => false,
    fetchRows: threads.fetchRows,
    onChanges: () => {},
    onStatus: (status) => told.push({ atMs: performance.now(), status }),
  })
}
const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 20_000, interval: 5 })
const whole = () => until(() => findLastCheck(store.db) !== null && engine.status().connection === 'online')
const count = (table: string) => store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
const pulls = () => asked.filter(({ what }) => what === 'pull').length

describe('the first copy', () => {
  it('comes whole through the thread that reads it, is compared with the server, and is told of', async () => {
    start()
    await whole()
    expect([count('session'), count('queue_row')]).toEqual([60, 60])
    expect(findLastCheck(store.db)?.repaired).toEqual([])
    expect(told[0]?.status.copying).toMatchObject({ first: true })
    await until(() => told.at(-1)?.status.copying === null)
  })

  it('is told of at most four times a second', async () => {
    const slow = { count: 0 }
    behave.instead = (what, response) => {
      if (!what.startsWith('bootstrap session')) return false
      slow.count += 1
      const after = feed.filter(({ entity }) => entity === 'session')
      setTimeout(() => {
        const at = slow.count
        answerJson(response, 200, {
          ...answerCopy(after.slice((at - 1) * 6, at * 6), new URLSearchParams({ entity: 'session' })),
          seq: feed.length,
          next: at < 10 ? after[at * 6 - 1]?.id : null,
        })
      }, 60)
      return true
    }
    start()
    await until(() => engine.status().lastSyncedAtMs !== null)
    const gaps = told.slice(1).map(({ atMs }, i) => atMs - (told[i]?.atMs ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(245) // a timer may be a little early
  })

  it('lets a decision go before it is whole', async () => {
    bringCopy(store.db, feed)
    feed.push({ entity: 'person', id: person.id, body: person })
    const held: ServerResponse[] = []
    const state = { letGo: false, pushedMeanwhile: false }
    behave.instead = (what, response) => {
      if (what === 'push') state.pushedMeanwhile ||= getPosition(store.db).bootstrapping
      if (what === 'pull' && getPosition(store.db).epoch === 1 && !getPosition(store.db).bootstrapping) {
        answerJson(response, 410, { code: 'sync.epoch', detail: {} })
        return true
      }
      if (what !== 'bootstrap session' || state.letGo) return false
      held.push(response)
      return true
    }
    start()
    await until(() => held.length > 0)
    const [session] = sessions
    if (session === undefined) throw new Error('no scan')
    write(store.db, (tx) => decideLocally(tx, aDecision(session), { person, nowMs: Date.now() - 10_000 }))
    engine.queued()
    state.letGo = true
    for (const response of held) response.destroy() // asked for again
    await until(() => asked.some(({ what }) => what === 'push'))
    expect(state.pushedMeanwhile).toBe(true)
    await until(() => !getPosition(store.db).bootstrapping)
    expect(count('session')).toBe(60)
  })

  it('goes on in the name of whoever is signed in', async () => {
    behave.instead = (what, response) => {
      if (what === 'bootstrap session' && behave.personId === person.id) {
        behave.personId = other.id
        answerJson(response, 401, { code: 'auth.required', detail: {} })
        return true
      }
      return false
    }
    start()
    await whole()
    expect(count('session')).toBe(60)
    const sessionsBy = asked.filter(({ what }) => what === 'bootstrap session').map(({ by }) => by)
    expect(sessionsBy[0]).toBe(person.id)
    expect(new Set(sessionsBy.slice(1))).toEqual(new Set([other.id]))
  })

  it('hears through the thread what the server says', async () => {
    const refused = { once: false }
    behave.instead = (what, response) => {
      if (what !== 'bootstrap read' || refused.once) return false
      refused.once = true
      answerJson(response, 503, { code: 'server.busy', detail: {} })
      return true
    }
    start()
    await until(() => told.some(({ status }) => status.reason === 'server.busy'))
    await whole()
    expect(count('session')).toBe(60)
  })
})

describe('a poke', () => {
  beforeEach(async () => {
    bringCopy(store.db, feed)
    start()
    await whole()
    await engine.now()
  })

  it('about what is here already asks nothing', async () => {
    const before = pulls()
    engine.poked(feed.length)
    engine.poked(3)
    await engine.checkNow() // whatever a poke had begun would be over by now
    expect(pulls()).toBe(before)
  })

  it('about something new pulls it', async () => {
    feed.push({ entity: 'person', id: other.id, body: { ...other, displayName: 'Dr Else' } })
    engine.poked(feed.length)
    await until(() => getPosition(store.db).seq === feed.length)
    expect(count('person')).toBe(2)
  })

  it('that comes while a pull is under way is asked about right after it, not with the next poll', async () => {
    const seen: { response?: ServerResponse; page?: unknown } = {}
    behave.instead = (what, response) => {
      if (what !== 'pull' || seen.response !== undefined) return false
      // Made up before the colleague's change was committed, and a while on its way.
      Object.assign(seen, { response, page: aPage([], { from: FEED.length + 1 }) })
      return true
    }
    const round = engine.now()
    await until(() => seen.response !== undefined)
    feed.push({ entity: 'person', id: other.id, body: { ...other, displayName: 'Dr Else' } })
    engine.poked(feed.length)
    if (seen.response !== undefined) answerJson(seen.response, 200, seen.page)
    await round
    expect(getPosition(store.db).seq).toBe(feed.length)
  })
})

describe('the check that a person asks for', () => {
  beforeEach(async () => {
    bringCopy(store.db, feed)
    start()
    await whole()
  })

  it('is done at once, and repairs', async () => {
    store.db.exec('DELETE FROM session WHERE rowid % 7 = 0')
    await engine.checkNow()
    expect(findLastCheck(store.db)?.repaired).toEqual(['session'])
    expect(count('session')).toBe(60)
    expect(store.db.prepare(`SELECT count(*) FROM outbox WHERE name = 'sync.difference'`).pluck().get()).toBe(0)
  })

  it('says what kept it from that', async () => {
    behave.instead = (_what, response) => {
      answerJson(response, 503, { code: 'server.busy', detail: {} })
      return true
    }
    await expect(engine.checkNow()).rejects.toMatchObject({ code: 'server.busy' })
  })
})
