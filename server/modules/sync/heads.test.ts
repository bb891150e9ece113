import { createHash } from 'node:crypto'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SessionId } from '../../contract/domain/ids.ts'
import { OLDEST_PULL_PROTOCOL, PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import { ENTITY_NAMES, type EntityName } from '../../contract/sync/entities.ts'
import { BOOTSTRAP_ORDER, BootstrapAnswer, type BootstrapRow, digestLine } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { startStubHttp, stubHandlers } from '../../http/testing/stub-http.ts'
import { registerPerson } from '../people/service.ts'
import {
  newRead,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
} from '../testing.ts'
import { bootstrap } from './bootstrap.ts'
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

function page(caller: PersonPrincipal, entity: EntityName, after?: string, limit = 5000): Promise<BootstrapAnswer> {
  return server.handlers['sync.bootstrap']({ query: { entity, after, limit, protocol }, ...none }, caller)
}

async function all(caller: PersonPrincipal, entity: EntityName, limit: number): Promise<BootstrapRow[]> {
  const rows: BootstrapRow[] = []
  for (let after: string | undefined; ; ) {
    const answer = await page(caller, entity, after, limit)
    rows.push(...answer.rows)
    if (answer.next === null) return rows
    after = answer.next
  }
}

const digestAt = (caller: PersonPrincipal, cursor: string) =>
  server.handlers['sync.digest']({ query: { cursor, protocol }, ...none }, caller)
const pull = (caller: PersonPrincipal, cursor: string) =>
  server.handlers['sync.pull']({ query: { cursor, limit: 1000, protocol }, ...none }, caller)
const tag = (caller: PersonPrincipal, read: ReturnType<typeof newRead>) =>
  server.handlers['scans.tag']({ params: { id: read.sessionId }, query: undefined, body: read }, caller)

describe('heads', () => {
  test('of several puts of one row in one transaction the last is the head, and a del after them wins', async () => {
    const [kept, gone] = [SessionId.parse(uuidV7()), SessionId.parse(uuidV7())]
    const named = (id: string, name: string) => ({ id: practice.id, name: `${name} ${id}` })
    const before = (await page(practice.clinician, 'practice')).seq
    await writeInPractice(server.deps, practice.id, async (_, feed) => {
      feed.put('practice', kept, named(kept, 'first'))
      feed.put('practice', gone, named(gone, 'first'))
      feed.put('practice', kept, named(kept, 'second'))
      feed.del('practice', gone)
    })
    const rows = await all(practice.clinician, 'practice', 10)
    expect(rows.filter((row) => row.id === kept)).toEqual([{ id: kept, seq: before + 3, body: named(kept, 'second') }])
    expect(rows.some((row) => row.id === gone)).toBe(false)
    const { ops } = await pull(practice.clinician, `1.${before}`)
    expect(ops.map((op) => [op.id, op.op, op.body === null])).toEqual([
      [kept, 'put', false],
      [gone, 'put', false],
      [kept, 'put', false],
      [gone, 'del', true],
    ])
  })

  test('a row that comes back after a del has a head again', async () => {
    const id = uuidV7()
    const body = { id: practice.id, name: 'N' }
    await writeInPractice(server.deps, practice.id, async (_, feed) => feed.del('practice', id))
    await writeInPractice(server.deps, practice.id, async (_, feed) => feed.put('practice', id, body))
    expect((await all(practice.clinician, 'practice', 10)).map((row) => row.id)).toContain(id)
  })

  test('a transaction that rolls back moves no head and uses no number', async () => {
    const before = await page(practice.clinician, 'practice')
    const failed = writeInPractice(server.deps, practice.id, async (_, feed) => {
      feed.put('practice', practice.id, { id: practice.id, name: 'never' })
      throw new Error('undone')
    })
    await expect(failed).rejects.toThrow('undone')
    expect(await page(practice.clinician, 'practice')).toEqual(before)
  })

  test('every head names the newest feed row of its entity', async () => {
    const { sessionId } = await publishSession(server, practice)
    await tag(practice.clinician, newRead(sessionId))
    await writeInPractice(server.deps, practice.id, async (_, feed) =>
      feed.put('practice', practice.id, { id: practice.id, name: 'renamed' }),
    )
    const { ops } = await pull(practice.clinician, '0.0')
    const newest = new Map(ops.map((op) => [`${op.entity} ${op.id}`, op.seq]))
    const heads = await server.database.inPractice(practice.id, (tx) =>
      tx.selectFrom('feed_head').select(['entity', 'entity_id', 'seq']).execute(),
    )
    expect(new Map(heads.map((head) => [`${head.entity} ${head.entity_id}`, head.seq]))).toEqual(newest)
  })
})

describe('a fresh copy', () => {
  test('pages follow each other by key, without doubling or leaving out any, and carry what the feed carries', async () => {
    for (let i = 0; i < 5; i += 1) await publishSession(server, practice)
    const { ops } = await pull(practice.clinician, '0.0')
    for (const entity of BOOTSTRAP_ORDER) {
      const rows = await all(practice.clinician, entity, 2)
      expect(rows.map((row) => row.id)).toEqual(rows.map((row) => row.id).toSorted())
      const newest = new Map(ops.filter((op) => op.entity === entity).map((op) => [op.id, op]))
      expect(rows).toEqual(rows.map(({ id }) => ({ id, seq: newest.get(id)?.seq, body: newest.get(id)?.body })))
      expect(rows).toHaveLength(newest.size)
    }
  })

  test('over the network it is the very answer, as the contract has it, whatever is in the rows', async () => {
    const name = 'Zoë "the\\ \n\u2028 </script> 漢字 🦷'
    await writeInPractice(server.deps, practice.id, async (_, feed) =>
      feed.put('practice', practice.id, { id: practice.id, name }),
    )
    const stub = await startStubHttp({
      handlers: stubHandlers(server.handlers),
      identify: async () => practice.clinician,
    })
    for (const entity of ENTITY_NAMES) {
      const { json, statusCode } = await stub.http.app.inject({
        url: `/api/v1/sync/bootstrap?entity=${entity}&protocol=${protocol}`,
      })
      expect(statusCode).toBe(200)
      expect(BootstrapAnswer.parse(json())).toEqual(await page(practice.clinician, entity))
    }
    await stub.stop()
    expect((await page(practice.clinician, 'practice')).rows).toMatchObject([{ body: { name } }])
  })

  test('an entity’s first page says how many rows there are of each, a later one does not', async () => {
    for (let i = 0; i < 3; i += 1) await publishSession(server, practice)
    const first = await page(practice.clinician, 'session', undefined, 2)
    expect(first.totals).toEqual({ practice: 1, person: 1, patient: 3, session: 3 })
    expect((await page(practice.clinician, 'session', first.next ?? '', 2)).totals).toBeNull()
  })

  test('who sees no patient data gets empty pages and no count of them', async () => {
    await publishSession(server, practice)
    const it = await practice.hire('it_admin')
    expect(await page(it, 'session')).toMatchObject({ rows: [], next: null, totals: { practice: 1, person: 2 } })
    expect((await page(it, 'session')).totals).not.toHaveProperty('session')
    expect((await page(it, 'person')).rows).toHaveLength(2)
  })

  test('nothing of one practice reaches another', async () => {
    const { sessionId } = await publishSession(server, practice)
    const other = await openPractice(server)
    expect((await page(other.clinician, 'session')).rows).toEqual([])
    expect((await page(other.clinician, 'session', sessionId.replace(/.$/, '0'))).rows).toEqual([])
  })

  test('pages with rows are written down with their entity and count', async () => {
    await publishSession(server, practice)
    await page(practice.clinician, 'session')
    await page(practice.clinician, 'read')
    const entries = await server.database.inPractice(practice.id, (tx) =>
      tx.selectFrom('audit_entry').select('subject').where('action', '=', 'sync.bootstrap').execute(),
    )
    expect(entries).toEqual([{ subject: { entity: 'session', count: 1 } }])
  })

  test('a workstation too old to read the rows gets none', async () => {
    const query = { entity: 'person', limit: 10, protocol: OLDEST_PULL_PROTOCOL } as const
    const tooOld = { code: 'sync.too-old', detail: { tooOld: 'workstation' } }
    await expect(bootstrap(server.deps, practice.clinician, query, OLDEST_PULL_PROTOCOL + 1)).rejects.toMatchObject(
      tooOld,
    )
  })
})

describe('the digest', () => {
  const sha256 = (rows: readonly { id: string; seq: number }[]) =>
    createHash('sha256')
      .update(rows.map((row) => digestLine(row.id, row.seq)).join(''))
      .digest('hex')

  test('is what a workstation works out over the rows that it was given', async () => {
    for (let i = 0; i < 4; i += 1) {
      const { sessionId } = await publishSession(server, practice)
      if (i < 2) await tag(practice.clinician, newRead(sessionId))
    }
    const { epoch, seq } = await page(practice.clinician, 'practice')
    const answer = await digestAt(practice.clinician, `${epoch}.${seq}`)
    const ours = []
    for (const entity of ENTITY_NAMES) {
      const rows = await all(practice.clinician, entity, 3)
      ours.push({ entity, count: rows.length, sha256: sha256(rows) })
    }
    expect(answer).toEqual({ epoch, seq, digests: ours, protocol })
    const counts = Object.fromEntries(ours.map(({ entity, count }) => [entity, count]))
    expect(counts).toMatchObject({ practice: 1, person: 1, patient: 4, session: 4, read: 2, action: 2 })
    expect(counts).toMatchObject({ practice_rules: 0, goal: 0, question: 0, second_read: 0 })
  })

  test('is not given for another position than the server’s own', async () => {
    const { epoch, seq } = await page(practice.clinician, 'practice')
    expect(await digestAt(practice.clinician, `${epoch}.${seq - 1}`)).toMatchObject({ seq, digests: null })
    for (const cursor of [`${epoch + 1}.${seq}`, `${epoch}.${seq + 1}`]) {
      await expect(digestAt(practice.clinician, cursor)).rejects.toMatchObject({ code: 'sync.epoch' })
    }
  })

  test('covers what the caller may see, with a digest for what has no row', async () => {
    await publishSession(server, practice)
    const it = await practice.hire('it_admin')
    const { epoch, seq } = await page(it, 'practice')
    const entitiesFor = async (caller: PersonPrincipal) =>
      (await digestAt(caller, `${epoch}.${seq}`)).digests?.map((digest) => digest.entity)
    expect(await entitiesFor(it)).toEqual(['practice', 'person'])
    expect(await entitiesFor(practice.clinician)).toEqual(ENTITY_NAMES)
    const { digests } = await digestAt(practice.clinician, `${epoch}.${seq}`)
    expect(digests?.find((digest) => digest.entity === 'read')).toEqual({
      entity: 'read',
      count: 0,
      sha256: sha256([]),
    })
  })
})

test('a change of role starts a new epoch: the old cursor asks for a fresh copy, the digest too, and the fresh copy names the new one', async () => {
  await publishSession(server, practice)
  const before = await page(practice.clinician, 'session')
  const { personId } = practice.clinician
  const account = { issuer: 'https://issuer', subject: personId }
  await registerPerson(
    server.deps,
    practice.id,
    { id: personId, displayName: 'A Person', roles: ['staff'], active: true },
    account,
  )
  const old = `${before.epoch}.${before.seq}`
  await expect(pull(practice.clinician, old)).rejects.toMatchObject({ code: 'sync.epoch' })
  await expect(digestAt(practice.clinician, old)).rejects.toMatchObject({ code: 'sync.epoch' })
  expect((await page(practice.clinician, 'session')).epoch).toBe(before.epoch + 1)
})
