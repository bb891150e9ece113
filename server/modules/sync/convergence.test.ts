import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ClientId, MutationId, type SessionId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import { PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import { ENTITY_NAMES, type EntityName } from '../../contract/sync/entities.ts'
import { BOOTSTRAP_ORDER, cursorOf, digestLine } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
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

const protocol = PROTOCOL_VERSION
const none = { params: undefined, body: undefined }
const page = (entity: EntityName, after: string | undefined, limit: number) =>
  server.handlers['sync.bootstrap']({ query: { entity, after, limit, protocol }, ...none }, practice.clinician)
const pull = (cursor: string, limit: number) =>
  server.handlers['sync.pull']({ query: { cursor, limit, protocol }, ...none }, practice.clinician)

/** What a workstation does, without its store: pages by key, then the feed from the first page's position on. */
function newWorkstation() {
  const rows = new Map<string, { entity: EntityName; id: string; seq: number; body: unknown }>()
  const gone = new Map<string, number>()
  const state = { epoch: 0, seq: -1 }
  const isOlder = (key: string, seq: number) => seq < Math.max(rows.get(key)?.seq ?? 0, gone.get(key) ?? 0)
  return {
    rows,
    state,
    async copy(limit: number, between: () => Promise<unknown>) {
      for (const entity of BOOTSTRAP_ORDER) {
        for (let after: string | null | undefined; after !== null; ) {
          const answer = await page(entity, after, limit)
          if (state.seq === -1) Object.assign(state, { epoch: answer.epoch, seq: answer.seq })
          for (const row of answer.rows) rows.set(`${entity} ${row.id}`, { entity, ...row })
          after = answer.next
          await between()
        }
      }
    },
    async follow(limit: number) {
      for (let more = true; more; ) {
        const answer = await pull(cursorOf(state.epoch, state.seq), limit)
        if (answer.from !== state.seq + 1) throw new Error('The feed has a gap')
        for (const { seq, entity, id, op, body } of answer.ops) {
          const key = `${entity} ${id}`
          if (seq !== state.seq + 1) throw new Error('The page has a gap')
          state.seq = seq
          if (isOlder(key, seq)) continue
          if (op === 'put') rows.set(key, { entity, id, seq, body })
          else {
            rows.delete(key)
            gone.set(key, seq)
          }
        }
        more = answer.more
      }
    },
    digests: () =>
      ENTITY_NAMES.map((entity) => {
        const own = [...rows.values()].filter((row) => row.entity === entity).toSorted((a, b) => (a.id < b.id ? -1 : 1))
        const lines = own.map((row) => digestLine(row.id, row.seq)).join('')
        return { entity, count: own.length, sha256: createHash('sha256').update(lines).digest('hex') }
      }),
  }
}

/** What the server says of itself, past its own handlers. */
async function listHeads() {
  const heads = await server.database.inPractice(practice.id, (tx) =>
    tx
      .selectFrom('feed_head as h')
      .innerJoin('feed as f', (join) => join.onRef('f.practice_id', '=', 'h.practice_id').onRef('f.seq', '=', 'h.seq'))
      .select(['h.entity', 'h.entity_id as id', 'h.seq', 'f.body'])
      .where('h.op', '=', 'put')
      .execute(),
  )
  return new Map(heads.map((head) => [`${head.entity} ${head.id}`, head]))
}

const WRITERS = 20
const EACH = 6

const withdraw = (caller: PersonPrincipal, id: SessionId) =>
  server.handlers['scans.withdraw']({ params: { id }, query: undefined, body: { reason: 'Not this patient' } }, caller)

/** A writer's next deed, taken at random; each may meet a session that another writer has just withdrawn. */
async function writeOnce(writer: PersonPrincipal, sessions: readonly SessionId[], clientSeq: number, client: ClientId) {
  const session = sessions[Math.floor(Math.random() * sessions.length)] as SessionId
  const die = Math.random()
  if (die < 0.06) {
    await withdraw(writer, session)
  } else if (die < 0.5) {
    // A transaction that takes its time, with several rows and one of them twice.
    await writeInPractice(server.deps, practice.id, async (tx, feed) => {
      await sql`select pg_sleep(${Math.random() / 100})`.execute(tx)
      feed.put('practice', practice.id, { id: practice.id, name: `A ${clientSeq}` })
      feed.put('practice', practice.id, { id: practice.id, name: `B ${clientSeq}` })
      feed.put('practice', writer.personId, { id: practice.id, name: `of ${writer.personId}` })
      if (die < 0.3) feed.del('practice', writer.personId)
    })
  } else {
    const id = MutationId.parse(uuidV7())
    const mutations = [{ id, clientSeq, name: 'read.record', version: 1, args: newRead(session), base: {} }]
    await server.handlers['sync.push'](
      { body: { protocol, clientId: client, mutations }, params: undefined, query: undefined },
      writer,
    )
    return clientSeq + 1
  }
  return clientSeq
}

async function writeOn(writer: PersonPrincipal, sessions: readonly SessionId[]): Promise<void> {
  const client = ClientId.parse(uuidV7())
  let clientSeq = 1
  for (let i = 0; i < EACH; i += 1) {
    await pause(Math.random() * 40)
    clientSeq = await writeOnce(writer, sessions, clientSeq, client)
  }
}

test.each([1, 2, 3])(
  'copies taken while twenty write end as what the server has, withdrawn sessions gone (round %i)',
  async () => {
    const sessions: SessionId[] = []
    for (let i = 0; i < 12; i += 1) sessions.push((await publishSession(server, practice)).sessionId)
    const people = await Promise.all(Array.from({ length: WRITERS }, () => practice.hire('clinician')))
    const writers = Promise.all(people.map((writer) => writeOn(writer, sessions)))
    const workstations = await Promise.all(
      Array.from({ length: 4 }, async () => {
        await pause(Math.random() * 100)
        const workstation = newWorkstation()
        await workstation.copy(3, () => pause(Math.random() * 8))
        await workstation.follow(7) // while they still write
        return workstation
      }),
    )
    await writers
    await withdraw(people[0] as PersonPrincipal, sessions[0] as SessionId) // one at least
    const heads = await listHeads()
    expect([...heads.values()].some((head) => head.entity === 'read')).toBe(true)
    for (const workstation of workstations) {
      await workstation.follow(7)
      expect(workstation.rows).toEqual(heads)
      const { epoch, seq } = workstation.state
      const query = { cursor: cursorOf(epoch, seq), protocol }
      const { digests } = await server.handlers['sync.digest']({ query, ...none }, practice.clinician)
      expect(workstation.digests()).toEqual(digests)
    }
    const withdrawn = await server.database.inPractice(practice.id, (tx) =>
      tx.selectFrom('scan_session').select('session_id').where('withdrawn_at_ms', 'is not', null).execute(),
    )
    for (const { session_id: id } of withdrawn) expect(JSON.stringify([...heads.values()])).not.toContain(id)
  },
)

test('a copy that pulled from where its last page stood, and not its first, would miss a change', async () => {
  for (let i = 0; i < 3; i += 1) await publishSession(server, practice)
  let changes = 0
  const renameAfterItsPage = async () => {
    changes += 1
    if (changes !== 2) return
    await writeInPractice(server.deps, practice.id, async (_, feed) =>
      feed.put('practice', practice.id, { id: practice.id, name: 'renamed' }),
    )
  }
  const [right, wrong] = [newWorkstation(), newWorkstation()]
  await right.copy(5000, renameAfterItsPage)
  changes = 0
  await wrong.copy(5000, renameAfterItsPage)
  wrong.state.seq = (await page('action', undefined, 1)).seq
  for (const workstation of [right, wrong]) await workstation.follow(100)
  const heads = await listHeads()
  expect(right.rows).toEqual(heads)
  expect(wrong.rows).not.toEqual(heads)
})

test('a change of role in the middle of a copy is noticed at its end: the feed of the old epoch is refused', async () => {
  await publishSession(server, practice)
  const workstation = newWorkstation()
  const { registerPerson } = await import('../people/service.ts')
  const colleague = await practice.hire('staff')
  let pages = 0
  await workstation.copy(5000, async () => {
    pages += 1
    if (pages !== 3) return
    const person = { id: colleague.personId, displayName: 'A Person', roles: ['clinician' as const], active: true }
    await registerPerson(server.deps, practice.id, person, { issuer: 'https://issuer', subject: person.id })
  })
  await expect(workstation.follow(100)).rejects.toMatchObject({ code: 'sync.epoch' })
  expect(AppError.from(await workstation.follow(100).catch((cause: unknown) => cause)).detail).toMatchObject({
    epoch: workstation.state.epoch + 1,
  })
  const anew = newWorkstation()
  await anew.copy(5000, () => Promise.resolve())
  await anew.follow(100)
  expect(anew.rows).toEqual(await listHeads())
})
