import type { Database } from 'better-sqlite3'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AppError } from '../../server/contract/errors.ts'
import type { MutationResult, PushRequest } from '../../server/contract/sync/wire.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { write } from '../store/db.ts'
import { confirmHeld, listHeld } from '../store/outbox/held.ts'
import { ASK_AFTER_MS, isStale } from '../store/outbox/instruction.ts'
import { enqueue, findLastPendingRead, removePending } from '../store/outbox/outbox.ts'
import { aDecision, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { pushOnce } from './push.ts'

/** The outbox, killed before and after each of its commits, against a server that knows every number it has seen. */
const HOUR = 3600_000
const person = aPerson()
const patient = aPatient()
const sessions = [aSession(patient.id), aSession(patient.id), aSession(patient.id)] as const

type Killed = { readonly atWrite: 1 | 2; readonly committed: boolean } | null
type Network = 'ok' | 'not-sent' | 'signed-out' | { readonly brokenAfter: number }
type Step =
  | { readonly do: 'decide'; readonly about: 0 | 1 | 2; readonly tellsPatient: boolean }
  | { readonly do: 'take-back' }
  | { readonly do: 'confirm' }
  | { readonly do: 'push'; readonly network: Network; readonly killed: Killed; readonly atMost: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'restore-server'; readonly forgets: number }

const killed: fc.Arbitrary<Killed> = fc.option(
  fc.record({ atWrite: fc.constantFrom(1 as const, 2 as const), committed: fc.boolean() }),
)
const network: fc.Arbitrary<Network> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('ok' as const) },
  fc.constantFrom('not-sent' as const, 'signed-out' as const),
  fc.record({ brokenAfter: fc.nat(4) }),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      about: fc.constantFrom(0 as const, 1 as const, 2 as const),
      tellsPatient: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('push' as const), network, killed, atMost: fc.constantFrom(1, 3, 100) }),
  },
  fc.constant({ do: 'take-back' as const }),
  fc.constant({ do: 'confirm' as const }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(HOUR, ASK_AFTER_MS + 1, -2 * HOUR) }),
  fc.record({ do: fc.constant('restore-server' as const), forgets: fc.nat(3) }),
)

let store: ReturnType<typeof openTestStore>
beforeAll(() => {
  store = openTestStore()
  store.db.pragma('synchronous = OFF') // kills are played here, nobody pulls the plug
})
afterAll(() => store.remove())

class Kill extends Error {}

/** The store in a process that dies at its nth commit, just before or just after it. */
function dyingAt(db: Database, kill: Killed): Database {
  let writes = 0
  const transaction = (work: () => unknown) => ({
    immediate: () => {
      writes += 1
      const dies = kill?.atWrite === writes
      const done = db
        .transaction(() => {
          const value = work()
          if (dies && !kill.committed) throw new Kill('before the commit')
          return value
        })
        .immediate()
      if (dies) throw new Kill('after the commit')
      return done
    },
  })
  return new Proxy(db, {
    get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name).bind(target)),
  })
}

/** As the server does it: one verdict for each mutation id for ever, and no number of a client id left out or used twice. */
function createServer(nowMs: () => number) {
  let applied: { id: string; clientId: string; clientSeq: number; subject: string }[] = []
  /** Numbers that were spent on a change that was applied already, with how many had been by then. */
  let repeated: { clientId: string; clientSeq: number; after: number }[] = []
  const lastSeq = new Map<string, number>()
  /** Which mutation a number was given to, told by the numbers that ever arrived. */
  const numbered = new Map<string, string>()
  const restored = new Set<string>()
  const unasked: string[] = []

  const takeOne = (clientId: string, one: PushRequest['mutations'][number]): MutationResult => {
    const number = `${clientId} ${one.clientSeq}`
    if (!restored.has(clientId)) expect(numbered.get(number) ?? one.id, 'a number names one change').toBe(one.id)
    numbered.set(number, one.id)
    const expected = (lastSeq.get(clientId) ?? 0) + 1
    const verdict = { id: one.id, clientSeq: one.clientSeq, status: 'applied', code: null, feedSeq: null } as const
    if (applied.some(({ id }) => id === one.id)) {
      if (one.clientSeq !== expected) return verdict
      lastSeq.set(clientId, expected)
      repeated.push({ clientId, clientSeq: expected, after: applied.length })
      return verdict
    }
    if (!restored.has(clientId)) expect(one.clientSeq, 'the next number of its client').toBe(expected)
    if (one.clientSeq > expected) throw new AppError('sync.gap', { expected })
    if (one.clientSeq < expected) throw new AppError('conflict.exists')
    const { sessionId: subject, action, readAtMs } = one.args as ReturnType<typeof aDecision>
    if (action.kind !== 'none' && isStale(one.confirmedAtMs ?? readAtMs, nowMs())) unasked.push(one.id)
    applied.push({ id: one.id, clientId, clientSeq: one.clientSeq, subject })
    lastSeq.set(clientId, expected)
    return verdict
  }
  return {
    unasked,
    applied: () => applied,
    take: ({ clientId, mutations }: PushRequest, upTo = Number.POSITIVE_INFINITY) =>
      mutations.slice(0, upTo).map((one) => takeOne(clientId, one)),
    /** From a backup: the last few changes never happened, nor the numbers after them. @returns what is lost */
    restore: (count: number) => {
      const keeps = Math.max(0, applied.length - count)
      const gone = applied.slice(keeps)
      applied = applied.slice(0, keeps)
      const spent = [...gone, ...repeated.filter(({ after }) => after > keeps)]
      repeated = repeated.filter(({ after }) => after <= keeps)
      for (const { clientId, clientSeq } of spent) {
        restored.add(clientId)
        lastSeq.set(clientId, Math.min(lastSeq.get(clientId) ?? 0, clientSeq - 1))
      }
      return gone.map(({ id }) => id)
    },
  }
}

function createWorld() {
  const { db } = store
  db.exec('DELETE FROM outbox; DELETE FROM overlay; DELETE FROM attention; DELETE FROM sync_client')
  const clock = { nowMs: 17e11 }
  const server = createServer(() => clock.nowMs)
  const queued = new Map<string, { subject: string; position: number }>()
  const takenBack = new Set<string>()
  const lost = new Set<string>()

  const push = async (through: Network, kill: Killed, atMost: number) => {
    const call = async (_name: string, { body }: { body: PushRequest }) => {
      if (through === 'not-sent') throw new AppError('server.unreachable', { sent: false })
      if (through === 'signed-out') throw new AppError('auth.required')
      if (through === 'ok') return { results: server.take(body) }
      server.take(body, through.brokenAfter)
      throw new AppError('server.unreachable', { sent: true })
    }
    const api = { call } as unknown as ServerApi // only `sync.push` is called, with a body
    try {
      return await pushOnce({ db: dyingAt(db, kill), api }, person.id, () => clock.nowMs, atMost)
    } catch (cause) {
      if (!(cause instanceof Kill) && !(cause instanceof AppError)) throw cause
      return 'failed' as const
    }
  }
  const confirmAll = () =>
    write(db, (tx) => {
      for (const { mutationId } of listHeld(tx, person.id, clock.nowMs, 100)) confirmHeld(tx, mutationId, clock.nowMs)
    })
  const takeBack = () =>
    write(db, (tx) => {
      const last = findLastPendingRead(tx, person.id)
      if (last !== undefined && removePending(tx, last.mutationId)) takenBack.add(last.mutationId)
    })
  const decide = (about: 0 | 1 | 2, tellsPatient: boolean) => {
    const args = aDecision(sessions[about], {
      readAtMs: clock.nowMs,
      ...(!tellsPatient && { action: { kind: 'none' } }),
    })
    const sender = { personId: person.id, nowMs: clock.nowMs, notBeforeMs: 0 }
    const subject = sessions[about].id
    const { mutationId, position } = write(db, (tx) => enqueue(tx, 'read.record', args, sender, { subject }))
    queued.set(mutationId, { subject, position })
  }

  return {
    run: async (one: Step) => {
      if (one.do === 'decide') decide(one.about, one.tellsPatient)
      if (one.do === 'take-back') takeBack()
      if (one.do === 'confirm') confirmAll()
      if (one.do === 'wait') clock.nowMs += one.ms
      if (one.do === 'push') await push(one.network, one.killed, one.atMost)
      if (one.do === 'restore-server') for (const id of server.restore(one.forgets)) lost.add(id)
    },
    /** The line is back for good, and everything that asks is confirmed. */
    heal: async () => {
      for (let turns = 0; ; turns += 1) {
        expect(turns, 'the outbox drains').toBeLessThan(200)
        confirmAll()
        const isDone = (await push('ok', null, 100)) === undefined
        if (isDone && listHeld(db, person.id, clock.nowMs, 1).length === 0) return
      }
    },
    check: () => {
      const ids = server.applied().map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.filter((id) => takenBack.has(id))).toEqual([])
      expect(server.unasked, 'old instructions that nobody confirmed').toEqual([])
      const missing = [...queued.keys()].filter((id) => !takenBack.has(id) && !lost.has(id) && !ids.includes(id))
      expect(missing).toEqual([])
      if (lost.size > 0) return // what a backup forgot comes again later than what followed it
      for (const { id: subject } of sessions) {
        const order = server.applied().filter((one) => one.subject === subject)
        const positions = order.map(({ id }) => queued.get(id)?.position ?? 0)
        expect(positions, 'in the order of deciding').toEqual(positions.toSorted((a, b) => a - b))
      }
    },
  }
}

/** Applied under one client id, told again under the next, and then forgotten by a backup: so is the second number. */
const REPEATED_AND_FORGOTTEN: Step[] = [
  { do: 'decide', about: 0, tellsPatient: true },
  { do: 'push', network: 'ok', killed: { atWrite: 2, committed: false }, atMost: 1 },
  { do: 'wait', ms: -2 * HOUR },
  { do: 'push', network: 'ok', killed: null, atMost: 1 },
  { do: 'confirm' },
  { do: 'push', network: { brokenAfter: 1 }, killed: null, atMost: 1 },
  { do: 'restore-server', forgets: 1 },
]

it('never skips or reuses a number, loses nothing and repeats nothing, wherever it is killed', async () => {
  expect.hasAssertions()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const world = createWorld()
      for (const one of steps) await world.run(one)
      await world.heal()
      world.check()
    }),
    { numRuns: Number(process.env['LOUPE_RUNS'] ?? 150), examples: [[REPEATED_AND_FORGOTTEN]] },
  )
})
