import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordRead } from '../../server/contract/domain/reads.ts'
import { BOOTSTRAP_ORDER, PushRequest } from '../../server/contract/sync/wire.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { createServerApi, type ServerApi } from '../platform/server-api.ts'
import { answerJson, startTestServer } from '../platform/testing-server.ts'
import { write } from '../store/db.ts'
import { openStore } from '../store/open.ts'
import { countAttention } from '../store/outbox/attention.ts'
import { countWaiting } from '../store/outbox/outbox.ts'
import { findKnownPhoto } from '../store/photos/known.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { findCopy, getPosition } from '../store/sync-state/sync-state.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, GRACE_MS, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { applyCopySlice, beginCopy } from './bootstrap.ts'
import { decideLocally } from './decide.ts'
import { createPuller, type Puller } from './pull.ts'
import { pushOnce } from './push.ts'
import { answerCopy, bringCopy, readyRows } from './testing.ts'

type Row = Parameters<typeof aPage>[0][number]
const person = aPerson()
const patient = aPatient()
const sessions = Array.from({ length: 30 }, (_, day) =>
  aSession(patient.id, { capturedOn: `2026-04-${String(day + 1).padStart(2, '0')}` }),
)
const [first, second] = sessions as [(typeof sessions)[0], (typeof sessions)[0]]
const FEED: readonly Row[] = [
  { entity: 'person', id: person.id, body: person },
  { entity: 'patient', id: patient.id, body: patient },
  ...sessions.map((body) => ({ entity: 'session' as const, id: body.id, body })),
]
const now = () => GRACE_MS

let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
let api: ServerApi
let feed: Row[]
let asked: string[]
let puller: Puller
const behave = {
  epoch: 1,
  minSeq: 0,
  instead: (_url: URL, _response: ServerResponse): boolean => false,
}

beforeEach(async () => {
  store = openTestStore()
  feed = [...FEED]
  asked = []
  Object.assign(behave, { epoch: 1, minSeq: 0, instead: () => false })
  server = await startTestServer(({ url, body }, response) => {
    asked.push(`${url.pathname.split('/').at(-1)} ${url.searchParams.get('entity') ?? url.searchParams.get('cursor')}`)
    if (behave.instead(url, response)) return
    if (url.pathname.endsWith('/push')) return answerPush(body, response)
    if (url.pathname.endsWith('/bootstrap'))
      return answerJson(response, 200, answerCopy(feed, small(url), behave.epoch))
    const [epoch = 0, seq = 0] = (url.searchParams.get('cursor') ?? '').split('.').map(Number)
    if (epoch !== behave.epoch || seq < behave.minSeq || seq > feed.length)
      return answerJson(response, 410, { code: 'sync.epoch', detail: {} })
    answerJson(response, 200, aPage(feed.slice(seq), { from: seq + 1, epoch: behave.epoch }))
  })
  http = createHttpsClient(server.caFile)
  api = createServerApi(http, server.url, async () => 'token', 5000)
  puller = createPuller({ db: store.db, nowMs: now })
})
afterEach(async () => {
  await http.close()
  server.stop()
  store.remove()
})

/** Pages of seven, so that an entity takes several. */
const small = (url: URL) => {
  url.searchParams.set('limit', '7')
  return url.searchParams
}
const answerPush = (body: unknown, response: ServerResponse) => {
  const results = PushRequest.parse(body).mutations.map(({ id, clientSeq, args }) => {
    const wanted = args as Parameters<typeof recordRead>[0]
    const session = sessions.find((candidate) => candidate.id === wanted.sessionId)
    if (session === undefined) return { id, clientSeq, status: 'rejected', code: 'not-found', feedSeq: null }
    const done = recordRead(wanted, { session, reads: [], winner: undefined }, { personId: person.id, nowMs: 5 })
    feed.push({ entity: 'read', id: done.read.readId, body: done.read, mutationId: id })
    feed.push({ entity: 'action', id: done.action.id, body: done.action, mutationId: id })
    return { id, clientSeq, status: 'applied', code: null, feedSeq: feed.length }
  })
  answerJson(response, 200, { results })
}
const round = async () => {
  puller.begin()
  for (let more = true; more; ) more = (await puller.step(api)).more
}
const decide = (session = first) =>
  write(store.db, (tx) => decideLocally(tx, aDecision(session, { action: { kind: 'none' } }), { person, nowMs: 0 }))
const push = () => pushOnce({ db: store.db, api }, person.id, now, 100)
const rowsOf = (table: string) => store.db.prepare(`SELECT id, seq FROM ${table} ORDER BY id`).all()
const queued = () => store.db.prepare('SELECT count(*) FROM queue_row').pluck().get()
const stateOf = (id: string) => store.db.prepare('SELECT state FROM queue_row WHERE session_id = ?').pluck().get(id)
const seqOf = (id: string) => FEED.findIndex((row) => row.id === id) + 1

describe('the first sync', () => {
  it('fetches every entity in order, page by page, then the feed from where it stood at the beginning', async () => {
    await round()
    expect([...new Set(asked)]).toEqual([
      ...BOOTSTRAP_ORDER.map((entity) => `bootstrap ${entity}`),
      `pull 1.${FEED.length}`,
    ])
    expect(rowsOf('session')).toEqual(
      sessions.map(({ id }) => ({ id, seq: seqOf(id) })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    )
    expect(queued()).toBe(30)
    expect(getPosition(store.db)).toMatchObject({ epoch: 1, seq: FEED.length, bootstrapping: false })
    expect(findCopy(store.db)).toBeUndefined()
    expect(findKnownPhoto(store.db, { hash: first.images[0]?.photo?.hash ?? '', size: '512' })).toBeDefined()
  })

  it('says how many rows there are from its first answer on', async () => {
    while (findCopy(store.db)?.entity !== 'session') await puller.step(api)
    expect(findCopy(store.db)).toMatchObject({ rowsDone: 2, rowsTotal: 32 })
  })

  it('takes what changes meanwhile from the feed, and keeps the newer of two states of a row', async () => {
    const renamed = { ...patient, familyName: 'Newly' }
    while (findCopy(store.db)?.entity !== 'session') await puller.step(api)
    feed.push({ entity: 'patient', id: patient.id, body: renamed }) // its page is done: it comes with the feed
    feed.push({ entity: 'session', id: second.id, body: { ...second, version: 2 } }) // it comes with both
    feed.push({ entity: 'session', id: second.id, body: { ...second, version: 3 } })
    await round()
    expect(getReviewCase(store.db, second.id)).toMatchObject({ patient: renamed, session: { version: 3 } })
    expect(rowsOf('session')).toContainEqual({ id: second.id, seq: feed.length })
  })

  it('goes on where it was after a kill at any step', async () => {
    for (let lives = 0, more = true; more; lives++) {
      await http.close() // an answer that is still on the way goes with the process
      http = createHttpsClient(server.caFile)
      api = createServerApi(http, server.url, async () => 'token', 5000)
      store.db.close()
      store.db = openStore(store.file, store.key)
      puller = createPuller({ db: store.db, nowMs: now })
      puller.begin()
      for (let steps = 0; more && steps <= lives % 4; steps++) more = (await puller.step(api)).more
      expect(lives).toBeLessThan(100)
    }
    expect(rowsOf('session')).toHaveLength(30)
    expect(queued()).toBe(30)
    expect(getPosition(store.db)).toMatchObject({ epoch: 1, seq: FEED.length, bootstrapping: false })
    for (const { images } of sessions)
      expect(findKnownPhoto(store.db, { hash: images[0]?.photo?.hash ?? '', size: '2048' })).toBeDefined()
  })

  it('refuses an answer whose keys go backwards, and changes nothing', async () => {
    write(store.db, (tx) => beginCopy(tx))
    const of = { epoch: 1, seq: 9, totals: null }
    const id = (end: string) => `0198b000-0000-7000-8000-00000000000${end}`
    const rows = ['b', 'a'].map((end) => ({ entity: 'practice' as const, id: id(end), seq: 1, body: '{}' }))
    const bring = () => write(store.db, (tx) => applyCopySlice(tx, { of, rows, upTo: null }))
    expect(bring).toThrow('server.unreachable')
    expect(findCopy(store.db)).toMatchObject({ entity: 'practice', after: null, epoch: null })
  })

  it('begins anew when the server begins a new epoch in the middle', async () => {
    while (findCopy(store.db)?.entity !== 'session') await puller.step(api)
    behave.epoch = 2
    await round()
    expect(getPosition(store.db)).toMatchObject({ epoch: 2, seq: FEED.length, bootstrapping: false })
    expect(rowsOf('session')).toHaveLength(30)
  })

  it('does not turn in a circle with a server that contradicts itself', async () => {
    behave.minSeq = 1e9
    await expect(round()).rejects.toMatchObject({ code: 'sync.epoch' })
  })
})

describe('a fresh copy', () => {
  beforeEach(round)
  const loseThePosition = () => (behave.minSeq = feed.length + 2)
  const grow = () => {
    for (let i = 0; i < 5; i++) feed.push({ entity: 'person', id: person.id, body: person })
  }

  it('leaves every row in view until it is complete, and what is gone on the server goes then', async () => {
    feed = feed.filter(({ id }) => id !== second.id)
    feed.push({ entity: 'session', id: second.id, body: null })
    loseThePosition()
    grow()
    puller.begin()
    while (!getPosition(store.db).bootstrapping) await puller.step(api)
    while (getPosition(store.db).bootstrapping) {
      expect(rowsOf('session')).toHaveLength(30)
      expect(queued()).toBe(30)
      await puller.step(api)
    }
    expect(rowsOf('session')).toHaveLength(29)
    expect(stateOf(second.id)).toBeUndefined()
    expect(queued()).toBe(29)
  })

  it('keeps what waits to be sent, and shows it at every moment until its rows are here', async () => {
    const unsent = decide(first)
    const taken = decide(second)
    await push() // acknowledged beyond the position here
    const later = decide(sessions[2])
    loseThePosition()
    grow()
    puller.begin()
    for (let more = true; more; ) {
      more = (await puller.step(api)).more
      for (const { read } of [unsent, taken, later])
        expect(getReviewCase(store.db, read.sessionId).reads.map((entry) => entry.read.readId)).toEqual([read.readId])
    }
    expect(countWaiting(store.db)).toBe(1)
    expect(store.db.prepare('SELECT count(*) FROM overlay').pluck().get()).toBe(1)
    expect(getReviewCase(store.db, second.id).reads[0]).toMatchObject({ sent: true, read: { recordedAtMs: 5 } })
  })

  it('sends again what the server had taken and then lost with its own data', async () => {
    const taken = decide(second)
    await push()
    feed = [...FEED] // restored from the backup of before
    behave.epoch = 2
    await round()
    expect(getReviewCase(store.db, second.id).reads).toMatchObject([
      { sent: false, read: { readId: taken.read.readId } },
    ])
    expect(countWaiting(store.db)).toBe(1)
    await push()
    await round()
    expect(feed.filter(({ entity }) => entity === 'read').map(({ id }) => id)).toEqual([taken.read.readId])
    expect(getReviewCase(store.db, second.id).reads).toMatchObject([{ sent: true }])
  })

  it('of another epoch replaces rows whose numbers were higher before', async () => {
    const renamed = { ...patient, familyName: 'Newly' }
    feed = [{ entity: 'patient', id: patient.id, body: renamed }, ...feed.slice(2)]
    behave.epoch = 2
    await round()
    expect(rowsOf('patient')).toEqual([{ id: patient.id, seq: 1 }])
    expect(getReviewCase(store.db, first.id).patient.familyName).toBe('Newly')
  })

  it('brings back a row that the feed has brought since its place was passed', async () => {
    write(store.db, (tx) => beginCopy(tx))
    const without = FEED.filter(({ id }) => id !== first.id)
    for (const entity of BOOTSTRAP_ORDER) {
      const of = answerCopy(without, new URLSearchParams({ entity }))
      write(store.db, (tx) => applyCopySlice(tx, { of, rows: readyRows(entity, of), upTo: null }))
    }
    const again = [{ entity: 'session' as const, id: first.id, body: first }]
    write(store.db, (tx) => applyPage(tx, aPage(again, { from: without.length + 1 })))
    expect(rowsOf('session')).toHaveLength(30)
  })

  it('is begun once for all by a store of an earlier version, whose rows stay in view', async () => {
    store.db.exec(`UPDATE session SET seq = 0; DELETE FROM session_photo`)
    write(store.db, (tx) => beginCopy(tx)) // what the migration leaves comes to this
    expect(queued()).toBe(30)
    await round()
    expect(rowsOf('session')).toContainEqual({ id: first.id, seq: seqOf(first.id) })
  })
})

describe('a withdrawn scan', () => {
  beforeEach(round)
  const withdraw = (session: typeof first) => {
    feed.push({ entity: 'session', id: session.id, body: null })
    const page = aPage([], { from: feed.length })
    const op = { seq: feed.length, entity: 'session' as const, id: session.id, op: 'del' as const, body: null }
    write(store.db, (tx) => applyPage(tx, { ...page, to: feed.length, ops: [{ ...op, mutationId: null }] }))
  }
  const hashOf = (session: typeof first) => session.images[0]?.photo?.hash ?? ''

  it('goes with its queue row and the wishes for its photos; its photos may no longer be asked for', async () => {
    const wished = () =>
      store.db.prepare('SELECT count(*) FROM wanted_photo WHERE hash = ?').pluck().get(hashOf(second))
    expect(wished()).toBeGreaterThan(0)
    withdraw(second)
    expect([stateOf(second.id), wished(), queued()]).toEqual([undefined, 0, 29])
    expect(findKnownPhoto(store.db, { hash: hashOf(second), size: '512' })).toBeUndefined()
  })

  it('leaves the photos that were handed in with another scan too', async () => {
    const right = aPatient({ familyName: 'Right' })
    const moved = { ...aSession(right.id), images: second.images }
    feed.push({ entity: 'patient', id: right.id, body: right }, { entity: 'session', id: moved.id, body: moved })
    await round()
    withdraw(second)
    expect(findKnownPhoto(store.db, { hash: hashOf(second), size: '512' })).toBeDefined()
  })

  it('keeps a decision about it: sent, refused, and listed with words for the scan', async () => {
    decide(second)
    withdraw(second)
    expect(countWaiting(store.db)).toBe(1)
    behave.instead = (url, response) => {
      if (!url.pathname.endsWith('/push')) return false
      const { id, clientSeq } = store.db
        .prepare<[], { id: string; clientSeq: number }>('SELECT mutation_id AS id, client_seq AS clientSeq FROM outbox')
        .get() ?? { id: '', clientSeq: 0 }
      answerJson(response, 200, { results: [{ id, clientSeq, status: 'rejected', code: 'not-found', feedSeq: null }] })
      return true
    }
    await push()
    expect([countWaiting(store.db), countAttention(store.db, person.id)]).toEqual([0, 1])
    const label = store.db.prepare('SELECT label FROM withdrawn_scan WHERE session_id = ?').pluck().get(second.id)
    expect(JSON.parse(String(label))).toEqual({
      patientName: 'Quillfeather, Zoë',
      reference: patient.reference,
      capturedOn: second.capturedOn,
    })
  })

  it('leaves no words behind when nobody had decided anything about it', async () => {
    withdraw(second)
    expect(store.db.prepare('SELECT count(*) FROM withdrawn_scan').pluck().get()).toBe(0)
  })
})

it('a copy brought by hand is what the puller brings', async () => {
  bringCopy(store.db, FEED)
  const byHand = rowsOf('session')
  write(store.db, (tx) => beginCopy(tx))
  await round()
  expect(rowsOf('session')).toEqual(byHand)
})
