import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PushRequest } from '../../server/contract/sync/wire.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { createServerApi, type ServerApi } from '../platform/server-api.ts'
import { write } from '../store/db.ts'
import { countAttention } from '../store/outbox/attention.ts'
import { countWaiting } from '../store/outbox/outbox.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { getPosition } from '../store/sync-state/sync-state.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, GRACE_MS, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { decideLocally, findTakeBack } from './decide.ts'
import { createPuller, type Puller } from './pull.ts'
import { pushOnce } from './push.ts'
import { answerJson, type Handle, startTestServer } from '../platform/testing-server.ts'

const person = aPerson()
const patient = aPatient()
const session = aSession(patient.id)
const ROWS = [
  { entity: 'patient' as const, id: patient.id, body: patient },
  { entity: 'session' as const, id: session.id, body: session },
]
const unset: Handle = (_request, response) => answerJson(response, 500, {})
const now = () => GRACE_MS

let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
let api: ServerApi
let pushes: PushRequest[]
const behave = { handle: unset }

beforeEach(async () => {
  store = openTestStore()
  write(store.db, (tx) => applyPage(tx, aPage(ROWS)))
  behave.handle = unset
  pushes = []
  server = await startTestServer((request, response) => {
    if (request.url.pathname.endsWith('/push')) pushes.push(PushRequest.parse(request.body))
    behave.handle(request, response)
  })
  http = createHttpsClient(server.caFile)
  api = createServerApi(http, server.url, async () => 'token', 500)
})
afterEach(async () => {
  await http.close()
  server.stop()
  store.remove()
})

const decide = () => write(store.db, (tx) => decideLocally(tx, aDecision(session), { person, nowMs: 0 }))
const push = () => pushOnce({ db: store.db, api }, person.id, now, 100)
const apply =
  (verdict: { status: string; code: string | null; feedSeq: number | null }): Handle =>
  (request, response) => {
    const { mutations } = PushRequest.parse(request.body)
    answerJson(response, 200, { results: mutations.map(({ id, clientSeq }) => ({ id, clientSeq, ...verdict })) })
  }
const refuse =
  (status: number, code: string): Handle =>
  (_request, response) =>
    answerJson(response, status, { code, detail: {} })

describe('push', () => {
  it('sends the same bytes again after a busy server, a hang, a reset and a page of HTML', async () => {
    decide()
    const faults: Handle[] = [
      refuse(503, 'server.busy'),
      () => {},
      (_request, response) => response.destroy(),
      (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Portal</h1>'),
    ]
    for (const fault of faults) {
      behave.handle = fault
      await expect(push()).rejects.toMatchObject({ name: 'AppError' })
      expect(countWaiting(store.db)).toBe(1)
    }
    behave.handle = apply({ status: 'applied', code: null, feedSeq: 3 })
    await push()
    expect(new Set(pushes.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(countWaiting(store.db)).toBe(0)
    const [read] = getReviewCase(store.db, session.id).reads
    expect(read?.sent).toBe(true) // acknowledged, and in view until the feed brings it
  })

  it.each(['rejected', 'parked'])('keeps and counts a change that was %s', async (status) => {
    decide()
    behave.handle = apply({ status, code: 'auth.denied', feedSeq: null })
    await push()
    expect([countWaiting(store.db), countAttention(store.db, person.id)]).toEqual([0, 1])
    expect(getReviewCase(store.db, session.id).state).toBe('waiting')
  })

  it('goes on under a new client id when the server expects another number', async () => {
    decide()
    behave.handle = refuse(409, 'sync.gap')
    await expect(push()).rejects.toMatchObject({ code: 'sync.gap' })
    behave.handle = apply({ status: 'applied', code: null, feedSeq: 3 })
    await push()
    const [before, after] = pushes
    expect(after?.clientId).not.toBe(before?.clientId)
    expect(after?.mutations[0]).toMatchObject({ id: before?.mutations[0]?.id, clientSeq: 1 })
  })

  it('lets a decision be taken back again when nothing listens at all', async () => {
    decide()
    server.stop()
    await expect(push()).rejects.toMatchObject({ detail: { sent: false } })
    expect(store.db.prepare(`SELECT count(*) FROM outbox WHERE state = 'pending'`).pluck().get()).toBe(1)
  })

  it('never lets a decision be taken back that an earlier attempt may have brought to the server', async () => {
    decide()
    behave.handle = (_request, response) => response.destroy() // it may have applied it
    await expect(push()).rejects.toMatchObject({ code: 'server.unreachable' })
    server.stop()
    await expect(push()).rejects.toMatchObject({ detail: { sent: false } })
    expect(findTakeBack(store.db, person.id, 0)).toBeNull()
  })

  it('does not let it be taken back either once it goes on under a new client id', async () => {
    decide()
    behave.handle = refuse(409, 'sync.gap')
    await expect(push()).rejects.toMatchObject({ code: 'sync.gap' })
    expect(findTakeBack(store.db, person.id, 0)).toBeNull()
    expect(countWaiting(store.db)).toBe(1)
  })

  it('lets it be taken back while the sign-in has ended: the server took nothing', async () => {
    decide()
    behave.handle = refuse(401, 'auth.required')
    await expect(push()).rejects.toMatchObject({ code: 'auth.required' })
    expect(findTakeBack(store.db, person.id, 0)).not.toBeNull()
  })

  it('parks the one change that the server will not take, and the others arrive', async () => {
    decide()
    const spoilt = decide()
    decide()
    behave.handle = (request, response) => {
      const { mutations } = PushRequest.parse(request.body)
      const isSpoilt = mutations.some((m) => (m.args as { readId?: unknown }).readId === spoilt.read.readId)
      const answer = isSpoilt ? refuse(400, 'input.invalid') : apply({ status: 'applied', code: null, feedSeq: 3 })
      answer(request, response)
    }
    await expect(push()).rejects.toMatchObject({ code: 'input.invalid' })
    for (const _ of [1, 2, 3]) await pushOnce({ db: store.db, api }, person.id, now, 1)
    expect([countWaiting(store.db), countAttention(store.db, person.id)]).toEqual([0, 1])
  })

  it.each([
    [404, 'not-found', 'sync.server-too-old'], // a server that does not know this address yet
    [426, 'sync.too-old'],
    [409, 'conflict.exists'],
    [500, 'internal'],
  ])('keeps the change when the server answers %i %s to the whole request', async (status, code, seen = code) => {
    decide()
    behave.handle = refuse(status, code)
    await expect(push()).rejects.toMatchObject({ code: seen })
    expect([countWaiting(store.db), countAttention(store.db, person.id)]).toEqual([1, 0])
  })

  it('takes an answer about other changes for none', async () => {
    decide()
    const other = { id: '0198b000-0000-7000-8000-0000000000c1', clientSeq: 1, status: 'applied', code: null }
    for (const results of [[], [{ ...other, feedSeq: 3 }]]) {
      behave.handle = (_request, response) => answerJson(response, 200, { results })
      await expect(push()).rejects.toMatchObject({ code: 'server.unreachable' })
      expect(countWaiting(store.db)).toBe(1)
    }
  })

  it('does not talk to a server that another authority vouches for', async () => {
    const other = await startTestServer(unset)
    const stranger = createHttpsClient(other.caFile)
    const call = createServerApi(stranger, server.url, async () => 'token').call('session.me', {})
    await expect(call).rejects.toMatchObject({ code: 'server.certificate', detail: { sent: false } })
    await stranger.close()
    other.stop()
  })
})

describe('pull', () => {
  let puller: Puller
  beforeEach(() => {
    puller = createPuller({ db: store.db, nowMs: now })
  })

  it('applies a page with its cursor, and the same page twice is refused', async () => {
    behave.handle = (_request, response) =>
      answerJson(response, 200, aPage([{ entity: 'person', id: person.id, body: person }], { from: 3 }))
    expect((await puller.step(api)).more).toBe(false)
    expect(getPosition(store.db).seq).toBe(3)
    puller.begin()
    await expect(puller.step(api)).rejects.toMatchObject({ code: 'server.unreachable' })
    expect(getPosition(store.db).seq).toBe(3)
  })
})
