import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RecordRead, recordRead } from '../../server/contract/domain/reads.ts'
import type { ScanSession } from '../../server/contract/domain/sessions.ts'
import { listAttentionEntries } from '../store/attention/attention-entries.ts'
import { write } from '../store/db.ts'
import { countAttention } from '../store/outbox/attention.ts'
import { claimBatch, releaseBatch } from '../store/outbox/claim.ts'
import { releaseUpTo } from '../store/outbox/grace.ts'
import { countHeld } from '../store/outbox/held.ts'
import { ASK_AFTER_MS, CLOCK_JUMP_MS } from '../store/outbox/instruction.ts'
import { enqueue, findNextDueMs } from '../store/outbox/outbox.ts'
import { markExported } from '../store/outbox/unsent.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { saveLastSyncedAtMs } from '../store/sync-state/sync-state.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, GRACE_MS, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { confirmLocally, discardLocally } from './attend.ts'
import { decideLocally, findTakeBack, takeBackLocally } from './decide.ts'
import { pushOnce } from './push.ts'
import { breakOff, createServerStub, type ServerStub } from './testing-server-stub.ts'

const DECIDED = 17e11
const LATER = DECIDED + ASK_AFTER_MS + 1
const MONTH = DECIDED + 30 * ASK_AFTER_MS
const person = aPerson()
const patient = aPatient()
const session = aSession(patient.id)
const another = aSession(patient.id, { capturedOn: '2026-05-02' })
const onlyAdvice = { action: { kind: 'none' } } as const

let store: ReturnType<typeof openTestStore>
let server: ServerStub
beforeEach(() => {
  store = openTestStore()
  server = createServerStub()
  const rows = [
    { entity: 'person' as const, id: person.id, body: person },
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
    { entity: 'session' as const, id: another.id, body: another },
  ]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
})
afterEach(() => store.remove())

const decide = (change: Partial<RecordRead> = {}, nowMs = DECIDED, on: ScanSession = session) =>
  write(store.db, (tx) => decideLocally(tx, aDecision(on, change), { person, nowMs }))
const claim = (nowMs: number) => write(store.db, (tx) => claimBatch(tx, person.id, nowMs))
const idsAt = (nowMs: number) => (claim(nowMs)?.rows ?? []).map((row) => row.mutationId)
const list = (nowMs: number) => listAttentionEntries(store.db, person.id, nowMs)
const confirm = (id: string | null, nowMs: number, as = person) =>
  write(store.db, (tx) => confirmLocally(tx, id ?? '', { person: as, nowMs }))
const discard = (id: string | null, reason: string, nowMs: number) =>
  write(store.db, (tx) => discardLocally(tx, id ?? '', reason, { person, nowMs }))
const argsOf = (id: string | null) =>
  JSON.parse(String(store.db.prepare('SELECT args FROM outbox WHERE mutation_id = ?').pluck().get(id)))

const push = (nowMs: number) => pushOnce({ db: store.db, api: server.api }, person.id, () => nowMs, 100)
/** The next push breaks off, and the line is there again after it. */
const pushIntoNothing = async (nowMs: number) => {
  const { answer } = server.behave
  server.behave.answer = breakOff
  await expect(push(nowMs)).rejects.toMatchObject({ code: 'server.unreachable' })
  server.behave.answer = answer
}

describe('an instruction that waited', () => {
  it('for 24 hours is sent, and for longer it asks its author first', () => {
    const { mutationId } = decide()
    const released = claim(DECIDED + ASK_AFTER_MS)
    expect(released?.rows.map((row) => row.mutationId)).toEqual([mutationId])
    write(store.db, (tx) => releaseBatch(tx, person.id, released?.rows ?? []))
    expect(claim(LATER)).toBeUndefined()
    expect(countHeld(store.db, person.id, LATER)).toBe(1)
    expect(countAttention(store.db, person.id)).toBe(0)
  })

  it('is listed with what was wanted, whose scan it is, and stays in view as unsent', () => {
    const { mutationId, read } = decide()
    expect(list(LATER)).toEqual([
      {
        mutationId,
        status: 'stale',
        code: null,
        atMs: DECIDED,
        wanted: expect.objectContaining({ readId: read.readId }),
        scan: expect.objectContaining({ sessionId: session.id, patientName: 'Quillfeather, Zoë' }),
        winner: null,
        patientChange: null,
        mayRetry: false,
        mayEdit: false,
      },
    ])
    expect(getReviewCase(store.db, session.id).reads).toMatchObject([{ read: { readId: read.readId }, sent: false }])
  })

  it('is the author’s to answer: a colleague here neither sees nor confirms it', () => {
    const other = aPerson('Dr Other')
    const { mutationId } = decide()
    expect(listAttentionEntries(store.db, other.id, LATER)).toEqual([])
    expect(() => confirm(mutationId, LATER, other)).toThrow('not-found')
    expect(claim(LATER)).toBeUndefined()
  })

  it('never keeps the sender awake: nothing of it is due', () => {
    decide()
    expect(findNextDueMs(store.db, person.id, DECIDED)).toBeGreaterThan(DECIDED)
    expect(findNextDueMs(store.db, person.id, LATER)).toBeUndefined()
  })

  it('asks too when the clock was wrong: decided in the future by more than five minutes', () => {
    decide()
    write(store.db, (tx) => releaseUpTo(tx, person.id, Number.MAX_SAFE_INTEGER))
    const released = claim(DECIDED - CLOCK_JUMP_MS)
    expect(released?.rows).toHaveLength(1)
    write(store.db, (tx) => releaseBatch(tx, person.id, released?.rows ?? []))
    expect(claim(DECIDED - CLOCK_JUMP_MS - 1)).toBeUndefined()
    expect(list(DECIDED - CLOCK_JUMP_MS - 1)).toHaveLength(1)
  })

  it('that tells the patient nothing goes at any age', () => {
    const { mutationId } = decide(onlyAdvice)
    expect(idsAt(MONTH)).toEqual([mutationId])
  })
})

describe('what was queued after it', () => {
  it('on the same scan waits with it, everything else passes by without a gap in the numbers', () => {
    const first = decide()
    decide({ ...onlyAdvice, supersedes: first.read.readId }, LATER)
    const passes = decide(onlyAdvice, LATER, another)
    const record = write(store.db, (tx) =>
      enqueue(tx, 'parked.resolve', resolveOf(first.mutationId), { personId: person.id, nowMs: LATER, notBeforeMs: 0 }),
    )
    const batch = claim(LATER + 1000)
    expect(batch?.rows.map((row) => row.mutationId)).toEqual([passes.mutationId, record.mutationId])
    expect(batch?.rows.map((row) => row.clientSeq)).toEqual([1, 2])
  })

  it('leaves in order once it is confirmed', () => {
    const first = decide()
    const second = decide({ ...onlyAdvice, supersedes: first.read.readId }, LATER)
    confirm(first.mutationId, LATER)
    expect(idsAt(LATER + 1000)).toEqual([first.mutationId, second.mutationId])
  })
})

describe('confirming', () => {
  it('sends it with the time of that, the same on every retry', async () => {
    const { mutationId } = decide()
    await push(MONTH)
    expect(server.pushes).toEqual([])
    confirm(mutationId, MONTH)
    expect(list(MONTH)).toEqual([])
    await pushIntoNothing(MONTH + 5)
    await push(MONTH + 60_000)
    expect(server.pushes).toHaveLength(2)
    expect(server.pushes[1]).toEqual(server.pushes[0])
    expect(server.pushes[0]?.mutations).toMatchObject([{ id: mutationId, clientSeq: 1, confirmedAtMs: MONTH }])
  })

  it('is asked for once more when it then waits for another day', () => {
    const { mutationId } = decide()
    confirm(mutationId, MONTH)
    expect(list(MONTH + ASK_AFTER_MS)).toEqual([])
    expect(list(MONTH + ASK_AFTER_MS + 1)).toHaveLength(1)
  })

  it('of what is not held, or was answered meanwhile, finds nothing', () => {
    const { mutationId } = decide()
    expect(() => confirm(mutationId, DECIDED)).toThrow('not-found')
    expect(() => confirm('none', LATER)).toThrow('not-found')
  })

  it('says nothing on the wire of an instruction that was never asked for', async () => {
    decide()
    await push(DECIDED + GRACE_MS)
    expect(server.pushes[0]?.mutations[0]).not.toHaveProperty('confirmedAtMs')
  })
})

describe('letting an old instruction go', () => {
  it('needs a reason, takes it out of outbox and view, and keeps it with the reason', () => {
    const { mutationId } = decide()
    expect(() => discard(mutationId, ' ', LATER)).toThrow('input.invalid')
    discard(mutationId, 'came in person', LATER)
    expect(list(LATER)).toEqual([])
    expect(claim(LATER)).toBeUndefined()
    expect(getReviewCase(store.db, session.id).state).toBe('waiting')
    expect(store.db.prepare('SELECT mutation_id, status, settled, reason, at_ms FROM attention').all()).toEqual([
      { mutation_id: mutationId, status: 'stale', settled: 'discarded', reason: 'came in person', at_ms: DECIDED },
    ])
  })

  it('lets what waited with it go on, and what was to replace it replaces what it was to replace', () => {
    const earlier = decide(onlyAdvice)
    const old = decide({ supersedes: earlier.read.readId })
    const newest = decide({ ...onlyAdvice, supersedes: old.read.readId }, LATER)
    discard(old.mutationId, 'not any more', LATER)
    expect(idsAt(LATER + 1000)).toEqual([earlier.mutationId, newest.mutationId])
    expect(argsOf(newest.mutationId)).toMatchObject({ supersedes: earlier.read.readId })
    expect(getReviewCase(store.db, session.id).reads.map(({ read }) => read.readId)).toEqual([newest.read.readId])
  })

  it('leaves everything as it was when the transaction fails after it', () => {
    const { mutationId } = decide()
    const fail = () =>
      write(store.db, (tx) => {
        discardLocally(tx, mutationId ?? '', 'why', { person, nowMs: LATER })
        throw new Error('killed')
      })
    expect(fail).toThrow('killed')
    expect(list(LATER)).toHaveLength(1)
    expect(getReviewCase(store.db, session.id).state).toBe('reviewed')
  })
})

describe('a batch whose answer never came', () => {
  const breakOffWith = async () => {
    const old = decide()
    const other = decide(onlyAdvice, DECIDED, another)
    await pushIntoNothing(DECIDED + GRACE_MS)
    return { old, other }
  }

  it('is sent again as the same bytes while nothing in it is old', async () => {
    await breakOffWith()
    await push(DECIDED + ASK_AFTER_MS)
    expect(server.pushes[1]).toEqual(server.pushes[0])
  })

  it('after a month is resolved under a new client id, without the instruction that nobody has confirmed', async () => {
    const { old, other } = await breakOffWith()
    await push(MONTH)
    const [before, after] = server.pushes
    expect(before?.mutations.map(({ id }) => id)).toEqual([old.mutationId, other.mutationId])
    expect(after?.clientId).not.toBe(before?.clientId)
    expect(after?.mutations).toMatchObject([{ id: other.mutationId, clientSeq: 1 }])
    expect(list(MONTH)).toMatchObject([{ mutationId: old.mutationId, status: 'stale' }])
  })

  it('hours of errors up to its first day make it old as well: each retry may be the first that arrives', async () => {
    const { old } = await breakOffWith()
    await pushIntoNothing(DECIDED + ASK_AFTER_MS)
    await push(LATER)
    expect(server.pushes.at(-1)?.mutations.map(({ id }) => id)).not.toContain(old.mutationId)
  })

  it('confirmed, it goes under its own mutation id, by which the server knows what it has', async () => {
    const { old } = await breakOffWith()
    await push(MONTH)
    confirm(old.mutationId, MONTH)
    await push(MONTH)
    expect(server.pushes.at(-1)?.mutations).toMatchObject([{ id: old.mutationId, clientSeq: 2, confirmedAtMs: MONTH }])
  })

  it('does not ask about an instruction that the feed has brought: it is sent again only to fetch the answer', async () => {
    const { old } = await breakOffWith()
    const made = recordRead(
      argsOf(old.mutationId),
      { session, reads: [], winner: undefined },
      { personId: person.id, nowMs: 5 },
    )
    const rows = [
      { entity: 'read' as const, id: made.read.readId, body: made.read },
      { entity: 'action' as const, id: made.action.id, body: made.action },
    ]
    write(store.db, (tx) => applyPage(tx, aPage(rows, { from: 5 })))
    expect(list(MONTH)).toEqual([])
    await push(MONTH)
    expect(server.pushes[1]).toEqual(server.pushes[0])
  })

  it('cannot be let go while the server may have it, and can once a pull long after has not brought it', async () => {
    const { old } = await breakOffWith()
    await push(MONTH)
    expect(() => discard(old.mutationId, 'old', MONTH)).toThrow('read.already-sent')
    expect(list(MONTH)).toHaveLength(1)
    write(store.db, (tx) => saveLastSyncedAtMs(tx, MONTH))
    discard(old.mutationId, 'old', MONTH)
    expect(list(MONTH)).toEqual([])
    await push(MONTH + 1)
    const told = server.pushes.at(-1)?.mutations
    expect(told).toMatchObject([{ name: 'parked.resolve', args: { mutationId: old.mutationId, how: 'discarded' } }])
  })
})

describe('what left in a file', () => {
  it('can be taken back no more, and an old instruction of it only be let go once a pull has not brought it', () => {
    const { mutationId, read } = decide()
    write(store.db, (tx) => markExported(tx, person.id, DECIDED))
    expect(findTakeBack(store.db, person.id, 0)).toBeNull()
    expect(() => write(store.db, (tx) => takeBackLocally(tx, read.readId, person.id))).toThrow('read.already-sent')
    expect(() => discard(mutationId, 'old', LATER)).toThrow('read.already-sent')
    write(store.db, (tx) => saveLastSyncedAtMs(tx, LATER))
    discard(mutationId, 'old', LATER)
    expect(list(LATER)).toEqual([])
  })

  it('waits here all the same, and goes when the line is back', () => {
    const { mutationId } = decide()
    write(store.db, (tx) => markExported(tx, person.id, DECIDED))
    expect(idsAt(DECIDED + GRACE_MS)).toEqual([mutationId])
  })
})

it('an old instruction that the server had taken and lost with its data asks again, and may be let go', () => {
  const { mutationId } = decide()
  store.db.exec('UPDATE outbox SET sent = 1') // as send-again.ts puts it back
  write(store.db, (tx) => saveLastSyncedAtMs(tx, LATER))
  expect(list(LATER)).toHaveLength(1)
  discard(mutationId, 'seen to', LATER)
  expect(list(LATER)).toEqual([])
})

function resolveOf(mutationId: string | null) {
  return { mutationId: (mutationId ?? '') as never, how: 'discarded' as const, reason: 'x', replacedBy: null }
}
