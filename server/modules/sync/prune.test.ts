import * as fc from 'fast-check'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ClientId, MutationId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import { PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import { cursorOf, type FeedOp } from '../../contract/sync/wire.ts'
import {
  newRead,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
} from '../testing.ts'
import { FEED_KEPT_MS, prune, RESULTS_KEPT_MS } from './prune.ts'
import { writeInPractice } from './service.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openOldPractice()
})

/** Its first rows were written long ago: pruning ends at the first row that is young. */
const openOldPractice = () => openPractice({ ...server, deps: depsAt(1) })

const none = { params: undefined, body: undefined }
const pull = (cursor: string) =>
  server.handlers['sync.pull'](
    { query: { cursor, limit: 1000, protocol: PROTOCOL_VERSION }, ...none },
    practice.clinician,
  )
const copy = async () => {
  const query = { entity: 'practice', limit: 5000, protocol: PROTOCOL_VERSION } as const
  const { rows } = await server.handlers['sync.bootstrap']({ query, ...none }, practice.clinician)
  return new Map(rows.map((row) => [row.id, row.body]))
}

/** Writes at a moment of its own, not now. */
const depsAt = (nowMs: number) => ({ ...server.deps, clock: { nowMs: () => nowMs } })
const bodyOf = (name: string) => ({ id: practice.id, name })

type Step = { readonly id: number; readonly op: 'put' | 'del'; readonly laterMs: number }
const DAY_MS = 86_400_000

/** Writes the steps; the state of all rows after each position of the feed. */
async function write(steps: readonly Step[], ids: readonly string[]): Promise<Map<number, Map<string, unknown>>> {
  let nowMs = 1_000 * DAY_MS
  let state = new Map(await copy())
  const [first] = (await pull('0.0')).ops.slice(-1)
  const states = new Map([[first?.seq ?? 0, state]])
  for (const [i, step] of steps.entries()) {
    nowMs += step.laterMs
    const id = ids[step.id] ?? ''
    await writeInPractice(depsAt(nowMs), practice.id, async (_, feed) =>
      step.op === 'put' ? feed.put('practice', id, bodyOf(`${i}`)) : feed.del('practice', id),
    )
    state = new Map(state)
    if (step.op === 'put') state.set(id, bodyOf(`${i}`))
    else state.delete(id)
    states.set((first?.seq ?? 0) + i + 1, state)
  }
  return states
}

function applied(state: ReadonlyMap<string, unknown>, ops: readonly FeedOp[]): Map<string, unknown> {
  const next = new Map(state)
  for (const op of ops) {
    if (op.entity !== 'practice') continue
    if (op.op === 'put') next.set(op.id, op.body)
    else next.delete(op.id)
  }
  return next
}

const step: fc.Arbitrary<Step> = fc.record({
  id: fc.nat({ max: 4 }),
  op: fc.constantFrom('put', 'put', 'del'),
  // A server's clock may also go back.
  laterMs: fc.integer({ min: -5 * DAY_MS, max: 40 * DAY_MS }),
})

test('whatever is pruned when: every position that is not refused leads gapless to the same rows, and so does a fresh copy', async () => {
  const seen = { kept: 0, refused: 0 } // positions of pruned feeds: of both kinds there must have been many
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 14 }),
      fc.array(fc.integer({ min: 0, max: 400 * DAY_MS }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 5 }),
      async (steps, prunedAtMs, batch) => {
        practice = await openOldPractice()
        const states = await write(steps, [practice.id, ...Array.from({ length: 4 }, () => uuidV7())])
        const end = Math.max(...states.keys())
        for (const atMs of prunedAtMs) {
          await prune(server.deps, 1_000 * DAY_MS + atMs, batch)
          expect(await copy()).toEqual(states.get(end))
          const { minSeq } = await clock()
          for (const [position, state] of states) {
            const isKept = position >= minSeq
            const numbers = Array.from({ length: end - position }, (_, i) => position + 1 + i)
            const expected = isKept ? { numbers, rows: states.get(end) } : { code: 'sync.epoch' }
            expect(await follow(position, state)).toEqual(expected)
            if (minSeq > 0) seen[isKept ? 'kept' : 'refused'] += 1
          }
          await expectNothingLeftOver(1_000 * DAY_MS + atMs - FEED_KEPT_MS)
        }
      },
    ),
    { seed: 20_261_121, numRuns: 40 },
  )
  expect(Math.min(seen.kept, seen.refused)).toBeGreaterThan(100)
})

const clock = () =>
  server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('practice_clock').select('min_seq as minSeq').executeTakeFirstOrThrow(),
  )

/** What a workstation that stands at a position, with the rows of then, has after its next pull. */
async function follow(position: number, state: ReadonlyMap<string, unknown>) {
  try {
    const { ops } = await pull(cursorOf(1, position))
    return { numbers: ops.map((op) => op.seq), rows: applied(state, ops) }
  } catch (cause) {
    return { code: AppError.from(cause).code }
  }
}

/** Up to the first young row there are only rows that stand. */
async function expectNothingLeftOver(beforeMs: number): Promise<void> {
  const rows = await server.database.inPractice(practice.id, (tx) =>
    tx
      .selectFrom('feed as f')
      .leftJoin('feed_head as h', (join) =>
        join.onRef('h.practice_id', '=', 'f.practice_id').onRef('h.seq', '=', 'f.seq'),
      )
      .select(['f.seq', 'f.at_ms', 'f.op', 'h.seq as head'])
      .orderBy('f.seq')
      .execute(),
  )
  const young = rows.findIndex((row) => row.at_ms >= beforeMs)
  for (const row of young === -1 ? rows : rows.slice(0, young)) expect(row).toMatchObject({ op: 'put', head: row.seq })
}

test('nobody who is up to date is refused, however old everything is', async () => {
  await publishSession(server, practice)
  await publishSession(server, practice)
  const { epoch, to } = await pull('0.0')
  await writeInPractice(server.deps, practice.id, async (_, feed) => feed.put('practice', practice.id, bodyOf('x')))
  await prune(server.deps, Date.now() + 2 * FEED_KEPT_MS)
  await expect(pull(cursorOf(epoch, 0))).rejects.toMatchObject({ code: 'sync.epoch' })
  expect((await pull(cursorOf(epoch, to))).ops).toHaveLength(1)
  expect(await pull(cursorOf(epoch, to + 1))).toMatchObject({ ops: [], from: to + 2 })
})

test('pruning while twenty write loses nothing and waits for nobody long', async () => {
  const ids = Array.from({ length: 6 }, () => uuidV7())
  await Promise.all([
    ...Array.from({ length: 20 }, async (_, writer) => {
      for (let i = 0; i < 6; i += 1) {
        const id = ids[(writer + i) % ids.length] ?? ''
        await writeInPractice(depsAt(1), practice.id, async (_tx, feed) =>
          i % 3 === 1 ? feed.del('practice', id) : feed.put('practice', id, bodyOf(`${writer} ${i}`)),
        )
      }
    }),
    (async () => {
      for (let i = 0; i < 15; i += 1) await prune(server.deps, 1 + FEED_KEPT_MS + 1, 3)
    })(),
  ])
  const rows = await server.database.inPractice(practice.id, (tx) =>
    tx
      .selectFrom('feed_head as h')
      .leftJoin('feed as f', (join) => join.onRef('h.practice_id', '=', 'f.practice_id').onRef('h.seq', '=', 'f.seq'))
      .select(['h.op', 'h.entity_id', 'f.entity_id as fed'])
      .execute(),
  )
  for (const row of rows) expect(row.fed).toBe(row.entity_id)
  expect(rows.length).toBeGreaterThan(2)
  expect((await pull(cursorOf(1, 122))).minSeq).toBeGreaterThan(0)
})

describe('what is remembered of pushes', () => {
  const newClient = () => ClientId.parse(uuidV7())
  async function push(client: ClientId, clientSeq: number, args: unknown, deps = server.deps) {
    const id = MutationId.parse(uuidV7())
    const mutations = [{ id, clientSeq, name: 'read.record', version: 1, args, base: {} }]
    const { createHandlers } = await import('../handlers.ts')
    const body = { protocol: PROTOCOL_VERSION, clientId: client, mutations }
    return createHandlers(deps)['sync.push']({ body, params: undefined, query: undefined }, practice.clinician)
  }
  const left = () =>
    server.database.inPractice(practice.id, async (tx) => ({
      results: (await tx.selectFrom('mutation_result').select('client_id').execute()).length,
      clients: (await tx.selectFrom('sync_client').select('client_id').execute()).map((row) => row.client_id),
      parked: (await tx.selectFrom('parked_mutation').select('client_id').execute()).length,
    }))

  test('verdicts and workstations go after 180 days and no sooner', async () => {
    const { sessionId } = await publishSession(server, practice)
    const client = newClient()
    await push(client, 1, newRead(sessionId), depsAt(1_000))
    await prune(server.deps, 1_000 + RESULTS_KEPT_MS)
    expect(await left()).toEqual({ results: 1, clients: [client], parked: 0 })
    await prune(server.deps, 1_001 + RESULTS_KEPT_MS)
    expect(await left()).toEqual({ results: 0, clients: [], parked: 0 })
  })

  test('a workstation that is still heard keeps its place in the sequence', async () => {
    const { sessionId } = await publishSession(server, practice)
    const client = newClient()
    await push(client, 1, newRead(sessionId), depsAt(1_000))
    await push(client, 2, newRead(sessionId), depsAt(2_000))
    await prune(server.deps, 1_500 + RESULTS_KEPT_MS, 1)
    expect(await left()).toEqual({ results: 1, clients: [client], parked: 0 })
    expect((await push(client, 3, newRead(sessionId))).results).toMatchObject([{ status: 'applied' }])
  })

  test('a change that waits for a person stays, with its verdict and its workstation, however old', async () => {
    const { sessionId } = await publishSession(server, practice)
    const client = newClient()
    await push(client, 1, newRead(sessionId, { aligners: 'out' }), depsAt(1_000))
    await push(client, 2, newRead(sessionId), depsAt(1_000))
    await prune(server.deps, 1_000 + 10 * RESULTS_KEPT_MS, 1)
    expect(await left()).toEqual({ results: 1, clients: [client], parked: 1 })
  })
})

test('the job does it: once at the start, and its next turn is queued for tomorrow', async () => {
  await writeInPractice(depsAt(1), practice.id, async (_, feed) => feed.put('practice', practice.id, bodyOf('old')))
  await writeInPractice(depsAt(1), practice.id, async (_, feed) => feed.put('practice', practice.id, bodyOf('new')))
  const { to } = await pull('0.0')
  await server.startWork()
  await vi.waitFor(() => expect(pull(cursorOf(1, to - 2))).rejects.toMatchObject({ code: 'sync.epoch' }), {
    interval: 100,
  })
  expect((await pull(cursorOf(1, to - 1))).ops.map((op) => op.seq)).toEqual([to])
})
