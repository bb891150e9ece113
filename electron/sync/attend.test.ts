import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RecordRead, recordRead } from '../../server/contract/domain/reads.ts'
import { type MutationResult, PushRequest } from '../../server/contract/sync/wire.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { createServerApi } from '../platform/server-api.ts'
import { answerJson, type Handle, startTestServer } from '../platform/testing-server.ts'
import { listAttentionEntries } from '../store/attention/attention-entries.ts'
import { write } from '../store/db.ts'
import { openStore } from '../store/open.ts'
import { countAttention } from '../store/outbox/attention.ts'
import { countWaiting } from '../store/outbox/outbox.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, GRACE_MS, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { discardLocally, retryLocally } from './attend.ts'
import { decideLocally, takeBackLocally } from './decide.ts'
import { pushOnce } from './push.ts'
import { bringCopy } from './testing.ts'

const person = aPerson()
const other = aPerson('Dr Other')
const patient = aPatient()
const session = aSession(patient.id)
const by = { person, nowMs: 5000 }
const ROWS = [person, other].map((body) => ({ entity: 'person' as const, id: body.id, body }))

let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
let pushes: PushRequest[]
const behave = { handle: ((_request, response) => answerJson(response, 500, {})) as Handle, nowMs: 1e6 }

beforeEach(async () => {
  behave.nowMs = 1e6
  store = openTestStore()
  const scan = [
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
  ]
  write(store.db, (tx) => applyPage(tx, aPage([...ROWS, ...scan])))
  pushes = []
  server = await startTestServer((request, response) => {
    pushes.push(PushRequest.parse(request.body))
    behave.handle(request, response)
  })
  http = createHttpsClient(server.caFile)
})
afterEach(async () => {
  await http.close()
  server.stop()
  store.remove()
})

const answer =
  (verdict: Pick<MutationResult, 'status' | 'code' | 'feedSeq'>): Handle =>
  (request, response) => {
    const { mutations } = PushRequest.parse(request.body)
    answerJson(response, 200, { results: mutations.map(({ id, clientSeq }) => ({ id, clientSeq, ...verdict })) })
  }
const push = () => {
  const api = createServerApi(http, server.url, async () => 'token', 500)
  return pushOnce({ db: store.db, api }, person.id, () => behave.nowMs, 100)
}
const decide = (change: Partial<RecordRead> = {}) =>
  write(store.db, (tx) => decideLocally(tx, aDecision(session, change), { person, nowMs: 0 }))
const list = () => listAttentionEntries(store.db, person.id, behave.nowMs)
const onlyId = () => list()[0]?.mutationId ?? 'none'
const beRefused = async (code: MutationResult['code'] = 'auth.denied') => {
  const { read } = decide()
  behave.handle = answer({ status: 'rejected', code, feedSeq: null })
  await push()
  return read
}
const retry = (as = by) => write(store.db, (tx) => retryLocally(tx, onlyId(), as))
const discard = (reason: string, as = by) => write(store.db, (tx) => discardLocally(tx, onlyId(), reason, as))

describe('a refused change', () => {
  it('says whose scan, what was wanted, why it was refused, and what may be done', async () => {
    const read = await beRefused()
    expect(list()).toEqual([
      {
        mutationId: expect.any(String),
        status: 'rejected',
        code: 'auth.denied',
        atMs: 1e6,
        wanted: expect.objectContaining({ readId: read.readId, action: { kind: 'approve_progression', toStage: 5 } }),
        scan: {
          sessionId: session.id,
          patientName: 'Quillfeather, Zoë',
          reference: patient.reference,
          capturedOn: '2026-05-01',
        },
        winner: null,
        patientChange: null,
        mayRetry: true,
        mayEdit: true,
      },
    ])
  })

  it('stays after the store is closed and opened again', async () => {
    await beRefused()
    const before = list()
    store.db.close()
    const again = openStore(store.file, store.key)
    expect(listAttentionEntries(again, person.id, behave.nowMs)).toEqual(before)
    again.close()
  })

  it('is nobody else’s: a colleague on the same machine neither sees nor settles it', async () => {
    await beRefused()
    expect(listAttentionEntries(store.db, other.id, behave.nowMs)).toEqual([])
    expect(countAttention(store.db, other.id)).toBe(0)
    const theirs = { person: other, nowMs: 0 }
    expect(() => retry(theirs)).toThrow('not-found')
    expect(() => discard('not mine', theirs)).toThrow('not-found')
    expect(countAttention(store.db, person.id)).toBe(1)
  })

  it('that was a second read is not made again by whoever has its answers before their eyes', async () => {
    await beRefused('read.second-read-invalid')
    expect(list()).toMatchObject([{ mayRetry: false, mayEdit: false }])
  })

  it('whose reason this version does not know is shown all the same, and may be tried again', async () => {
    await beRefused()
    store.db.exec(`UPDATE attention SET code = 'read.of-next-year'`)
    expect(list()).toMatchObject([{ code: null, mayRetry: true }])
  })

  it('whose contents this version cannot read is shown, and may be let go', async () => {
    await beRefused()
    store.db.exec(`UPDATE attention SET args = '{"from":"a newer version"}'`)
    expect(list()).toMatchObject([{ wanted: null, scan: null, mayRetry: false }])
    expect(() => retry()).toThrow('conflict.exists')
    discard('decided it anew')
    expect(list()).toEqual([])
  })

  it('of a scan that is gone can be let go, and not sent again', async () => {
    await beRefused('not-found')
    store.db.prepare('DELETE FROM session').run()
    expect(list()).toMatchObject([{ scan: null, mayRetry: false }])
  })
})

describe('trying again', () => {
  it('sends a new mutation with new ids, never a number that the server has seen', async () => {
    const refused = await beRefused()
    retry()
    expect([list().length, countWaiting(store.db)]).toEqual([0, 1])
    expect(getReviewCase(store.db, session.id).state).toBe('reviewed')
    behave.handle = answer({ status: 'applied', code: null, feedSeq: 9 })
    await push()
    const [before, after] = pushes.map((request) => request.mutations[0])
    expect(after).toMatchObject({ clientSeq: 2, args: { action: refused.action, readAtMs: refused.readAtMs } })
    expect(after?.id).not.toBe(before?.id)
    const idsOf = (m: typeof before) => [m?.args].map((args) => args as RecordRead)[0]
    expect(idsOf(after)?.readId).not.toBe(refused.readId)
    expect(idsOf(after)?.actionId).not.toBe(idsOf(before)?.actionId)
    expect([countWaiting(store.db), countAttention(store.db, person.id)]).toEqual([0, 0])
  })

  it('refused once more is listed once more', async () => {
    await beRefused()
    const first = onlyId()
    retry()
    await push()
    expect(list()).toHaveLength(1)
    expect(onlyId()).not.toBe(first)
  })

  it('leaves entry and outbox as they were when the transaction fails after it', async () => {
    await beRefused()
    const fail = () =>
      write(store.db, (tx) => {
        retryLocally(tx, onlyId(), by)
        throw new Error('disk full')
      })
    expect(fail).toThrow('disk full')
    expect([list().length, countWaiting(store.db)]).toEqual([1, 0])
  })

  it('keeps the entry when the rule refuses here and now', async () => {
    await beRefused()
    expect(() => retry({ person: { ...person, roles: ['staff'] }, nowMs: 0 })).toThrow('auth.denied')
    expect([list().length, countWaiting(store.db)]).toEqual([1, 0])
  })

  it('twice is once', async () => {
    await beRefused()
    const id = onlyId()
    retry()
    expect(() => write(store.db, (tx) => retryLocally(tx, id, by))).toThrow('not-found')
    expect(countWaiting(store.db)).toBe(1)
  })

  it('taken back before it left brings the entry back', async () => {
    await beRefused()
    const before = list()
    retry()
    const { read } = getReviewCase(store.db, session.id).reads[0] ?? {}
    write(store.db, (tx) => takeBackLocally(tx, read?.readId ?? '', person.id))
    expect(list()).toEqual(before)
    expect(countWaiting(store.db)).toBe(0)
  })

  it.each(['read.fit-without-aligners', 'read.supersede-foreign', 'read.adjudication-invalid'] as const)(
    'is not offered for %s: the same contents would be refused again',
    async (code) => {
      await beRefused(code)
      expect(list()[0]?.mayRetry).toBe(false)
      expect(() => retry()).toThrow('conflict.exists')
      expect(list()).toHaveLength(1)
    },
  )
})

describe('letting go', () => {
  it('needs a reason, and keeps it with the change', async () => {
    await beRefused()
    const id = onlyId()
    expect(() => discard('  ')).toThrow('input.invalid')
    expect(list()).toHaveLength(1)
    discard(' decided on the phone ')
    expect(list()).toEqual([])
    const kept = store.db.prepare('SELECT settled, settled_at_ms, reason, args FROM attention WHERE mutation_id = ?')
    expect(kept.get(id)).toMatchObject({ settled: 'discarded', settled_at_ms: 5000, reason: 'decided on the phone' })
  })

  it('is final: the same refusal delivered again does not list it again', async () => {
    await beRefused()
    discard('seen')
    expect(() => discard('seen')).toThrow('not-found')
    expect(list()).toEqual([])
  })
})

describe('an action that lost the race', () => {
  const theirs = recordRead(
    aDecision(session, { action: { kind: 'hold_aligner', days: 7 } }),
    { session, reads: [], winner: undefined },
    { personId: other.id, nowMs: 50 },
  )
  const rowsOf = (made: Pick<typeof theirs, 'read' | 'action'>, mutationId?: string) => [
    { entity: 'read' as const, id: made.read.readId, body: made.read, ...(mutationId && { mutationId }) },
    { entity: 'action' as const, id: made.action.id, body: made.action, ...(mutationId && { mutationId }) },
  ]
  const lose = async () => {
    const mine = decide()
    behave.handle = answer({ status: 'applied', code: null, feedSeq: 8 })
    await push()
    const lost = {
      read: { ...mine.read, recordedAtMs: 60 },
      action: { ...mine.action, outcome: 'would_have_done' as const, recordedAtMs: 60 },
    }
    const rows = [...rowsOf(theirs), ...rowsOf(lost)]
    write(store.db, (tx) => applyPage(tx, aPage(rows, { from: 5 })))
    return rows
  }

  it('tells its author what won, by whom, and what theirs would have done', async () => {
    await lose()
    expect(list()).toMatchObject([
      {
        status: 'lost',
        code: null,
        atMs: 60,
        wanted: { action: { kind: 'approve_progression', toStage: 5 } },
        winner: { action: { kind: 'hold_aligner', days: 7 }, deciderName: 'Dr Other', mine: false, recordedAtMs: 50 },
        mayRetry: false,
      },
    ])
    expect(countAttention(store.db, other.id)).toBe(0)
    expect(() => retry()).toThrow('conflict.exists')
  })

  it('once seen does not come back with a fresh copy of everything', async () => {
    const rows = await lose()
    discard('')
    bringCopy(store.db, [...ROWS, ...rows], 2)
    expect(list()).toEqual([])
  })

  it('of another workstation, or of a colleague, is no entry here', () => {
    const lost = { ...theirs.action, outcome: 'would_have_done' as const }
    write(store.db, (tx) => applyPage(tx, aPage(rowsOf({ ...theirs, action: lost }), { from: 5 })))
    expect(countAttention(store.db, other.id)).toBe(0)
  })
})

it('the hold-back of a retry is that of any decision', async () => {
  await beRefused()
  retry()
  const due = store.db.prepare('SELECT not_before_ms FROM outbox').pluck().get()
  expect(due).toBe(by.nowMs + GRACE_MS)
})
