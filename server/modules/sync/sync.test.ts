import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../contract/errors.ts'
import { ClientId, MutationId } from '../../contract/domain/ids.ts'
import { PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import type { MutationEnvelope, PullAnswer } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { asSuperuser } from '../../platform/database/testing.ts'
import { registerPerson } from '../people/service.ts'
import {
  newRead,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
} from '../testing.ts'
import { writeInPractice } from './service.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
})

const newClient = () => ClientId.parse(uuidV7())

function mutation(clientSeq: number, args: unknown, change: Partial<MutationEnvelope> = {}): MutationEnvelope {
  const id = MutationId.parse(uuidV7())
  return { id, clientSeq, name: 'read.record', version: 1, args, base: {}, ...change }
}

function push(caller: PersonPrincipal, clientId: ClientId, ...mutations: MutationEnvelope[]) {
  const body = { protocol: 1, clientId, mutations }
  return server.handlers['sync.push']({ body, params: undefined, query: undefined }, caller)
}

function pull(caller: PersonPrincipal, cursor: string, limit = 1000): Promise<PullAnswer> {
  const query = { cursor, limit, protocol: PROTOCOL_VERSION }
  return server.handlers['sync.pull']({ query, params: undefined, body: undefined }, caller)
}

const count = async (table: 'read' | 'parked_mutation' | 'mutation_result' | 'feed') =>
  server.database.inPractice(
    practice.id,
    async (tx) => (await tx.selectFrom(table).select('practice_id').execute()).length,
  )

describe('push', () => {
  test('a workstation of an older protocol cannot say that it corrects: its second action comes second', async () => {
    const { sessionId } = await publishSession(server, practice)
    const client = newClient()
    const first = newRead(sessionId)
    const second = newRead(sessionId, { supersedes: first.readId })
    const naming = newRead(sessionId, { corrects: { actionId: first.actionId, reason: 'x' } })
    const { results } = await push(
      practice.clinician,
      client,
      ...[first, second, naming].map((args, i) => mutation(i + 1, args)),
    )
    expect(results.map(({ status, code }) => [status, code])).toEqual([
      ['applied', null],
      ['applied', null],
      ['parked', 'input.invalid'],
    ])
    const { ops } = await pull(practice.clinician, '1.0')
    const told = ops.flatMap(({ entity, body }) => (entity === 'action' ? [(body as { outcome: string }).outcome] : []))
    expect(told).toEqual(['won', 'would_have_done'])
  })

  test('a mutation sent again gives the stored answer and changes nothing', async () => {
    const session = await publishSession(server, practice)
    const client = newClient()
    const sent = mutation(1, newRead(session.sessionId))
    const first = await push(practice.clinician, client, sent)
    expect(first.results).toEqual([
      { id: sent.id, clientSeq: 1, status: 'applied', code: null, feedSeq: expect.any(Number) },
    ])
    const feedCount = await count('feed')
    expect(await push(practice.clinician, client, sent)).toEqual(first)
    expect([await count('read'), await count('feed')]).toEqual([1, feedCount])
  })

  test('two deliveries of the same bytes at once are applied once', async () => {
    const session = await publishSession(server, practice)
    const client = newClient()
    const sent = mutation(1, newRead(session.sessionId))
    const answers = await Promise.all([1, 2, 3, 4].map(() => push(practice.clinician, client, sent)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await count('read')).toBe(1)
  })

  test('a gap is refused with the number that is expected, and nothing of it is applied', async () => {
    const session = await publishSession(server, practice)
    const client = newClient()
    await push(practice.clinician, client, mutation(1, newRead(session.sessionId)))
    const ahead = push(practice.clinician, client, mutation(3, newRead(session.sessionId)))
    await expect(ahead).rejects.toMatchObject({ code: 'sync.gap', detail: { expected: 2 } })
    expect(await count('read')).toBe(1)
  })

  test('a refusal is remembered, kept with its arguments, and the queue goes on', async () => {
    const session = await publishSession(server, practice)
    const client = newClient()
    const refused = mutation(1, newRead(session.sessionId, { aligners: 'out' }))
    const good = mutation(2, newRead(session.sessionId))
    const { results } = await push(practice.clinician, client, refused, good)
    expect(results.map((result) => [result.status, result.code, result.feedSeq === null])).toEqual([
      ['rejected', 'read.fit-without-aligners', true],
      ['applied', null, false],
    ])
    expect((await push(practice.clinician, client, refused)).results[0]).toEqual(results[0])
    const parked = await server.database.inPractice(practice.id, (tx) =>
      tx.selectFrom('parked_mutation').selectAll().execute(),
    )
    expect(parked).toMatchObject([{ mutation_id: refused.id, code: 'read.fit-without-aligners', args: refused.args }])
  })

  test.each([
    ['an unknown name', { name: 'read.forget' }],
    ['an inherited name', { name: 'constructor' }],
    ['an unknown version', { version: 99 }],
    ['arguments that are no read', { args: { hello: '\0 \ud800' } }],
    ['a name with a NUL in it', { name: 'a\0b' }],
  ])('%s is parked alone and the queue goes on', async (_, change) => {
    const session = await publishSession(server, practice)
    const client = newClient()
    const { results } = await push(
      practice.clinician,
      client,
      mutation(1, newRead(session.sessionId), change),
      mutation(2, newRead(session.sessionId)),
    )
    expect(results.map((result) => [result.status, result.code])).toEqual([
      ['parked', 'input.invalid'],
      ['applied', null],
    ])
    expect(await count('parked_mutation')).toBe(1)
  })

  test('text that PostgreSQL cannot hold is refused, not a fault that comes back for ever', async () => {
    const session = await publishSession(server, practice)
    const client = newClient()
    const poison = mutation(1, newRead(session.sessionId, { notes: 'NUL \0' }))
    const { results } = await push(practice.clinician, client, poison, mutation(2, newRead(session.sessionId)))
    expect(results.map((result) => [result.status, result.code])).toEqual([
      ['rejected', 'input.invalid'],
      ['applied', null],
    ])
  })

  test('what a constraint of the database refuses is refused once, not a fault that comes back for ever', async () => {
    const [one, two] = [await publishSession(server, practice), await publishSession(server, practice)]
    const first = newRead(one.sessionId)
    const { results } = await push(
      practice.clinician,
      newClient(),
      mutation(1, first),
      mutation(2, newRead(two.sessionId, { actionId: first.actionId })),
      mutation(3, newRead(two.sessionId)),
    )
    expect(results.map(({ status, code }) => [status, code])).toEqual([
      ['applied', null],
      ['rejected', 'conflict.exists'],
      ['applied', null],
    ])
    expect(await count('read')).toBe(2)
  })

  test('a workstation belongs to the person who first pushed from it', async () => {
    const session = await publishSession(server, practice)
    const client = newClient()
    await push(practice.clinician, client, mutation(1, newRead(session.sessionId)))
    const other = await practice.hire('clinician')
    const foreign = push(other, client, mutation(2, newRead(session.sessionId)))
    await expect(foreign).rejects.toMatchObject({ code: 'sync.client-foreign' })
    expect(await count('read')).toBe(1)
  })

  test('who may not decide is refused by the rule, whatever the workstation believes', async () => {
    const session = await publishSession(server, practice)
    const staff = await practice.hire('staff')
    const { results } = await push(staff, newClient(), mutation(1, newRead(session.sessionId)))
    expect(results[0]).toMatchObject({ status: 'rejected', code: 'auth.denied' })
    expect(await count('read')).toBe(0)
  })

  test('an outbox that moved to another installation is recognised and its sequence moves on', async () => {
    const session = await publishSession(server, practice)
    const sent = mutation(1, newRead(session.sessionId))
    const first = await push(practice.clinician, newClient(), sent)
    const next = mutation(2, newRead(session.sessionId))
    const again = await push(practice.clinician, newClient(), sent, next)
    expect(again.results[0]).toEqual(first.results[0])
    expect(again.results[1]?.status).toBe('applied')
    expect(await count('read')).toBe(2)
  })

  test.each(['applied', 'rejected'] as const)(
    'two installations that send the same outbox at the same moment get the same answer, %s once',
    async (status) => {
      // Staff may not decide: it is refused, and kept for a person to look at.
      const author = status === 'applied' ? practice.clinician : await practice.hire('staff')
      for (let round = 1; round <= 10; round += 1) {
        const session = await publishSession(server, practice)
        const sent = mutation(1, newRead(session.sessionId))
        const clients = [newClient(), newClient()]
        const answers = await Promise.allSettled(clients.map((client) => push(author, client, sent)))
        const words = answers.map((answer) =>
          answer.status === 'rejected' ? AppError.from(answer.reason).code : 'decided',
        )
        expect(['decided', 'server.busy']).toEqual(expect.arrayContaining(words))
        const [once, twice] = await Promise.all(clients.map((client) => push(author, client, sent)))
        expect(once?.results[0]?.status).toBe(status)
        expect(twice).toEqual(once)
        expect(await count('mutation_result')).toBe(round)
        expect(await count('read')).toBe(status === 'applied' ? round : 0)
        expect(await count('parked_mutation')).toBe(status === 'applied' ? 0 : round)
      }
    },
  )

  test('another mutation under a used number is not answered with the old one’s success', async () => {
    const session = await publishSession(server, practice)
    const client = newClient()
    await push(practice.clinician, client, mutation(1, newRead(session.sessionId)))
    const other = push(practice.clinician, client, mutation(1, newRead(session.sessionId)))
    await expect(other).rejects.toMatchObject({ code: 'conflict.exists' })
  })

  test('what was on screen enters the audit log, and nothing enters the feed', async () => {
    const session = await publishSession(server, practice)
    const displayed = [{ sessionId: session.sessionId, view: 'frontal', photo: 'a'.repeat(64), shownMs: 900, atMs: 5 }]
    const before = server.announced.length
    const sent = mutation(1, { displayed }, { name: 'access.record' })
    const { results } = await push(practice.clinician, newClient(), sent)
    expect(results[0]).toMatchObject({ status: 'applied', feedSeq: null })
    expect(server.announced).toHaveLength(before)
    const entries = await server.database.inPractice(practice.id, (tx) =>
      tx.selectFrom('audit_entry').select(['action', 'subject']).where('action', '=', 'photo.displayed').execute(),
    )
    expect(entries).toMatchObject([{ subject: { view: 'frontal', shownMs: 900, workstationAtMs: 5 } }])
  })
})

describe('pull', () => {
  test('pages follow each other without a gap and end where the clock stands', async () => {
    for (let i = 0; i < 3; i += 1) await publishSession(server, practice)
    const seen: number[] = []
    let cursor = '0.0'
    for (let more = true; more; ) {
      const page = await pull(practice.clinician, cursor, 2)
      expect(page.from).toBe((seen.at(-1) ?? 0) + 1)
      seen.push(...page.ops.map((op) => op.seq))
      expect(page.to).toBe(seen.at(-1))
      cursor = `${page.epoch}.${page.to}`
      more = page.more
    }
    expect(seen).toEqual(seen.map((_, i) => i + 1))
    const end = await pull(practice.clinician, cursor)
    expect(end).toMatchObject({ from: seen.length + 1, to: seen.length, ops: [], more: false })
  })

  test('an op names the mutation that caused it', async () => {
    const session = await publishSession(server, practice)
    const sent = mutation(1, newRead(session.sessionId))
    const { results } = await push(practice.clinician, newClient(), sent)
    const { ops } = await pull(practice.clinician, '0.0')
    const caused = ops.filter((op) => op.mutationId === sent.id)
    expect(caused.map((op) => op.entity)).toEqual(['read', 'action'])
    expect(caused.at(-1)?.seq).toBe(results[0]?.feedSeq)
  })

  test('nothing of one practice reaches another', async () => {
    const session = await publishSession(server, practice)
    const other = await openPractice(server)
    const { ops } = await pull(other.clinician, '0.0')
    expect(JSON.stringify(ops)).not.toContain(session.sessionId)
    expect(ops.map((op) => op.entity)).toEqual(['practice', 'person'])
  })

  test('who sees no patient data gets the same numbers with nothing in them', async () => {
    await publishSession(server, practice)
    const it = await practice.hire('it_admin')
    const { ops, from, to } = await pull(it, '0.0')
    expect(ops).toHaveLength(to - from + 1)
    for (const op of ops) {
      const hidden = op.entity !== 'practice' && op.entity !== 'person'
      expect(op.op).toBe(hidden ? 'noop' : 'put')
      expect(op.body === null).toBe(hidden)
    }
    expect(ops.some((op) => op.op === 'noop')).toBe(true)
  })

  test('another epoch, a forgotten position and one never reached all ask for a fresh copy', async () => {
    await publishSession(server, practice)
    const epoch = { code: 'sync.epoch' }
    await expect(pull(practice.clinician, '7.1')).rejects.toMatchObject(epoch)
    await expect(pull(practice.clinician, '1.9999')).rejects.toMatchObject(epoch)
    await server.database.inPractice(practice.id, (tx) =>
      tx.updateTable('practice_clock').set({ min_seq: 2 }).execute(),
    )
    await expect(pull(practice.clinician, '1.1')).rejects.toMatchObject(epoch)
    expect((await pull(practice.clinician, '1.2')).from).toBe(3)
  })

  test('a change of role starts a new epoch; signing in again with the same does not', async () => {
    const { personId } = practice.clinician
    const account = { issuer: 'https://issuer', subject: personId }
    const person = { id: personId, displayName: 'A Person', roles: ['clinician' as const], active: true }
    await registerPerson(server.deps, practice.id, person, account)
    expect((await pull(practice.clinician, '1.0')).epoch).toBe(1)
    await registerPerson(server.deps, practice.id, { ...person, roles: ['staff'] }, account)
    await expect(pull(practice.clinician, '1.1')).rejects.toMatchObject({ code: 'sync.epoch' })
    expect((await pull(practice.clinician, '0.0')).epoch).toBe(2)
  })
})

describe('twenty writers with random pauses and one that follows', () => {
  const WRITERS = 20
  const EACH = 8

  /** A feed as its followers know it: rows are written in transactions of their own length, and read after a position. */
  type Feed = {
    /** Writes one row and takes its time before the commit; its position. */
    readonly write: (pauseS: number) => Promise<number>
    readonly read: (after: number) => Promise<number[]>
  }

  /** Positions that were written, and those that somebody saw who followed by cursor while they were. */
  async function race(feed: Feed, start: number): Promise<{ written: number[]; seen: number[] }> {
    const written: number[] = []
    let done = false
    const writers = Promise.all(
      Array.from({ length: WRITERS }, async () => {
        for (let i = 0; i < EACH; i += 1) written.push(await feed.write(Math.random() / 100))
      }),
    ).finally(() => {
      done = true
    })
    const seen: number[] = []
    for (let last = false; !last; ) {
      last = done
      seen.push(...(await feed.read(seen.at(-1) ?? start)))
    }
    await writers
    return { written: written.toSorted((x, y) => x - y), seen }
  }

  test('the practice clock: nothing is skipped and there is no gap', async () => {
    const start = (await pull(practice.clinician, '0.0')).to
    const feed: Feed = {
      write: async (pauseS) => {
        const seqs: number[] = []
        const deps = { ...server.deps, announce: (_: unknown, seq: number) => void seqs.push(seq) }
        await writeInPractice(deps, practice.id, async (tx, writer) => {
          writer.put('practice', practice.id, { id: practice.id, name: 'N' })
          await sql`select pg_sleep(${pauseS})`.execute(tx)
        })
        return seqs[0] ?? 0
      },
      read: async (after) => (await pull(practice.clinician, `1.${after}`, 50)).ops.map((op) => op.seq),
    }
    const { written, seen } = await race(feed, start)
    expect(seen).toEqual(written)
    expect(seen).toEqual(Array.from({ length: WRITERS * EACH }, (_, i) => start + 1 + i))
  })

  test('a serial column, which this replaces, skips rows in the same race', async () => {
    const { superuserUrl } = server.database
    await asSuperuser(superuserUrl, 'create table naive (n bigserial primary key)')
    await asSuperuser(superuserUrl, 'grant all on naive, naive_n_seq to loupe_app')
    const feed: Feed = {
      write: (pauseS) =>
        server.database.raw.transaction().execute(async (tx) => {
          const { rows } = await sql<{ n: number }>`insert into naive default values returning n`.execute(tx)
          await sql`select pg_sleep(${pauseS})`.execute(tx)
          return rows[0]?.n ?? 0
        }),
      read: async (after) => {
        const page = sql<{ n: number }>`select n from naive where n > ${after} order by n limit 50`
        return (await page.execute(server.database.raw)).rows.map((row) => row.n)
      },
    }
    const { written, seen } = await race(feed, 0)
    expect(written).toHaveLength(WRITERS * EACH)
    expect(seen.length).toBeLessThan(written.length)
  })
})
