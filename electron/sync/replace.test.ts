import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MutationId } from '../../server/contract/domain/ids.ts'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import type { MutationResult } from '../../server/contract/sync/wire.ts'
import { listAttentionEntries } from '../store/attention/attention-entries.ts'
import { write } from '../store/db.ts'
import { countAttention } from '../store/outbox/attention.ts'
import { claimBatch } from '../store/outbox/claim.ts'
import { ASK_AFTER_MS } from '../store/outbox/instruction.ts'
import { countWaiting } from '../store/outbox/outbox.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, GRACE_MS, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { discardLocally, replaceReadLocally, retryLocally } from './attend.ts'
import { decideLocally, takeBackLocally } from './decide.ts'
import { pushOnce } from './push.ts'
import { answerAll, createServerStub, refuseAll, type ServerStub } from './testing-server-stub.ts'

const person = aPerson()
const other = aPerson('Dr Other')
const patient = aPatient()
const session = aSession(patient.id)
const by = { person, nowMs: 5000 }

let store: ReturnType<typeof openTestStore>
let server: ServerStub
const clock = { nowMs: 1e6 }
beforeEach(() => {
  clock.nowMs = 1e6
  store = openTestStore()
  server = createServerStub()
  const rows = [
    ...[person, other].map((body) => ({ entity: 'person' as const, id: body.id, body })),
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
  ]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
})
afterEach(() => store.remove())

const push = () => pushOnce({ db: store.db, api: server.api }, person.id, () => clock.nowMs, 100)
const decide = () => write(store.db, (tx) => decideLocally(tx, aDecision(session), { person, nowMs: 0 }))
const list = () => listAttentionEntries(store.db, person.id, clock.nowMs)
const onlyId = () => list()[0]?.mutationId ?? 'none'
const beRefused = async (code: MutationResult['code'] = 'auth.denied') => {
  decide()
  server.behave.answer = answerAll({ status: 'rejected', code, feedSeq: null })
  await push()
}
const retry = () => write(store.db, (tx) => retryLocally(tx, onlyId(), by))
const discard = (reason: string) => write(store.db, (tx) => discardLocally(tx, onlyId(), reason, by))

describe('deciding otherwise in place of a refused read', () => {
  const replace = (change: Partial<RecordRead> = {}, as = by) =>
    write(store.db, (tx) =>
      replaceReadLocally(tx, { mutationId: onlyId() as MutationId, read: aDecision(session, change) }, as),
    )

  it('records the new read, settles the entry, and tells the server which change took its place', async () => {
    await beRefused('read.fit-without-aligners')
    expect(list()[0]).toMatchObject({ mayRetry: false, mayEdit: true })
    const refused = onlyId()
    const { read, mutationId } = replace({ aligners: 'out', alignerFit: null })
    expect(list()).toEqual([])
    expect(getReviewCase(store.db, session.id).reads).toMatchObject([{ read: { readId: read.readId }, sent: false }])
    server.behave.answer = answerAll({ status: 'applied', code: null, feedSeq: 9 })
    await push()
    expect(server.pushes[1]?.mutations).toMatchObject([
      { id: mutationId, name: 'read.record', args: { readId: read.readId } },
      { name: 'parked.resolve', args: { mutationId: refused, how: 'edited', reason: '', replacedBy: mutationId } },
    ])
    expect(countWaiting(store.db)).toBe(0)
  })

  it('taken back before it left brings the entry back, and the server hears nothing', async () => {
    await beRefused()
    const before = list()
    const { read } = replace()
    write(store.db, (tx) => takeBackLocally(tx, read.readId, person.id))
    expect(list()).toEqual(before)
    expect(store.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0)
  })

  it('is for the same scan, by its author, once; else the entry stays as it was', async () => {
    await beRefused()
    const elsewhere = aSession(patient.id)
    expect(() => replace({ sessionId: elsewhere.id })).toThrow('input.invalid')
    expect(() => replace({}, { person: other, nowMs: 0 })).toThrow('not-found')
    expect(() => replace({ adjudicates: [aDecision(session).readId] })).toThrow('read.adjudication-invalid')
    expect([list().length, countWaiting(store.db)]).toEqual([1, 0])
    const mutationId = onlyId() as MutationId
    replace()
    const again = () => write(store.db, (tx) => replaceReadLocally(tx, { mutationId, read: aDecision(session) }, by))
    expect(again).toThrow('not-found')
  })

  it('is not offered once the scan is gone', async () => {
    await beRefused('session.withdrawn')
    store.db.prepare('DELETE FROM session').run()
    expect(list()).toMatchObject([{ mayEdit: false }])
    expect(() => replace()).toThrow('conflict.exists')
  })
})

describe('what became of a refusal', () => {
  const told = () => server.pushes.at(-1)?.mutations.filter(({ name }) => name === 'parked.resolve')

  it('is told the server with the retry, never before it', async () => {
    await beRefused()
    const refused = onlyId()
    retry()
    server.behave.answer = answerAll({ status: 'applied', code: null, feedSeq: 9 })
    const claimed = write(store.db, (tx) => claimBatch(tx, person.id, by.nowMs + GRACE_MS - 1))
    expect(claimed).toBeUndefined()
    await push()
    const [again] = server.pushes[1]?.mutations ?? []
    expect(again?.name).toBe('read.record')
    expect(told()).toMatchObject([{ args: { mutationId: refused, how: 'retried', replacedBy: again?.id } }])
  })

  it('is told with the reason when it is let go', async () => {
    await beRefused()
    const refused = onlyId()
    discard('decided on the phone')
    await push()
    const args = { mutationId: refused, how: 'discarded', reason: 'decided on the phone', replacedBy: null }
    expect(told()?.map((resolve) => resolve.args)).toEqual([args])
  })

  it('refused itself concerns nobody: it is no work that somebody could do anything about', async () => {
    await beRefused()
    discard('seen')
    await push() // refused like everything here
    expect([countWaiting(store.db), countAttention(store.db, person.id)]).toEqual([0, 0])
    expect(store.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0)
  })

  it('of a change that the server refused with the whole request is told as well', async () => {
    decide()
    server.behave.answer = refuseAll('input.invalid')
    await push()
    const refused = onlyId()
    discard('unreadable')
    server.behave.answer = answerAll({ status: 'applied', code: null, feedSeq: null })
    await push()
    expect(told()).toMatchObject([{ clientSeq: 1, args: { mutationId: refused, how: 'discarded' } }])
  })

  it('by a retry that grew old and was let go is that it was let go', async () => {
    await beRefused()
    const refused = onlyId()
    retry()
    clock.nowMs = by.nowMs + ASK_AFTER_MS + 1
    await push()
    expect(list()).toMatchObject([{ status: 'stale' }])
    write(store.db, (tx) => discardLocally(tx, onlyId(), 'too late', { person, nowMs: clock.nowMs }))
    await push()
    const args = { mutationId: refused, how: 'discarded', reason: 'too late', replacedBy: null }
    expect(told()?.map((resolve) => resolve.args)).toEqual([args])
    const kept = store.db.prepare('SELECT settled, reason FROM attention WHERE mutation_id = ?')
    expect(kept.get(refused)).toEqual({ settled: 'discarded', reason: 'too late' })
  })
})

describe('a scan that the practice withdrew', () => {
  const withdraw = () => {
    const page = aPage([{ entity: 'session', id: session.id, body: null }], { from: 5 })
    const ops = page.ops.map((op) => ({ ...op, op: 'del' as const }))
    write(store.db, (tx) => applyPage(tx, { ...page, ops }))
  }
  const formerScan = { patientName: 'Quillfeather, Zoë', reference: patient.reference, capturedOn: session.capturedOn }

  it('before the decision on it left: the refusal still says whose scan it was, and can only be let go', async () => {
    decide()
    withdraw()
    server.behave.answer = answerAll({ status: 'rejected', code: 'session.withdrawn', feedSeq: null })
    await push()
    expect(list()).toMatchObject([
      {
        code: 'session.withdrawn',
        wanted: { sessionId: session.id },
        scan: null,
        formerScan,
        mayRetry: false,
        mayEdit: false,
      },
    ])
    discard('withdrawn')
    expect(list()).toEqual([])
  })

  it('after a refusal: the entry still says whose scan it was', async () => {
    await beRefused()
    withdraw()
    expect(list()).toMatchObject([{ code: 'auth.denied', scan: null, formerScan, mayRetry: false, mayEdit: false }])
  })

  it('while an old instruction waits for its author: it says so, and can still be let go', () => {
    decide()
    withdraw()
    clock.nowMs = ASK_AFTER_MS + 1
    expect(list()).toMatchObject([{ status: 'stale', scan: null, formerScan }])
    write(store.db, (tx) => discardLocally(tx, onlyId(), 'withdrawn', { person, nowMs: clock.nowMs }))
    expect([list().length, countWaiting(store.db)]).toEqual([0, 0])
  })
})
