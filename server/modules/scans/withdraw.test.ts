import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ClientId, MutationId, SessionId } from '../../contract/domain/ids.ts'
import { PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import type { EntityName } from '../../contract/sync/entities.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import {
  create,
  newPhoto,
  newRead,
  newSession,
  openPractice,
  startTestServer,
  type TestPractice,
  type TestServer,
  upload,
} from '../testing.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
})

const REASON = 'Photos of Jane Doe, not of this patient'
const withdraw = (id: SessionId, caller: PersonPrincipal = practice.clinician, reason = REASON) =>
  server.handlers['scans.withdraw']({ params: { id }, query: undefined, body: { reason } }, caller)
const tag = (read: ReturnType<typeof newRead>, caller: PersonPrincipal = practice.clinician) =>
  server.handlers['scans.tag']({ params: { id: read.sessionId }, query: undefined, body: read }, caller)
const noBody = { params: undefined, body: undefined }
const pull = (after: number) =>
  server.handlers['sync.pull'](
    { query: { cursor: `1.${after}`, limit: 1000, protocol: PROTOCOL_VERSION }, ...noBody },
    practice.clinician,
  )
const copy = (entity: EntityName) =>
  server.handlers['sync.bootstrap'](
    { query: { entity, limit: 5000, protocol: PROTOCOL_VERSION }, ...noBody },
    practice.clinician,
  )

/** A published session of this photo. */
async function publish(photo = newPhoto()) {
  await upload(server, practice, photo)
  const session = newSession([photo])
  await create(server, practice.key.caller, session)
  await server.processNow(practice.id, photo.hash)
  return { ...session, photo }
}

describe('a withdrawn session', () => {
  test('goes from every workstation with its reads and actions, lost ones too, and comes with no fresh copy', async () => {
    const session = await publish()
    const kept = await publish()
    const other = await practice.hire('clinician')
    const reads = [newRead(session.sessionId), newRead(session.sessionId), newRead(kept.sessionId)] as const
    await tag(reads[0])
    await tag(reads[1], other)
    await tag(reads[2])
    const before = (await pull(0)).to
    await withdraw(session.sessionId)
    const { ops } = await pull(before)
    expect(ops.map((op) => `${op.op} ${op.entity} ${op.id} ${JSON.stringify(op.body)}`).toSorted()).toEqual(
      [
        `del session ${session.sessionId} null`,
        ...reads.slice(0, 2).flatMap((read) => [`del read ${read.readId} null`, `del action ${read.actionId} null`]),
      ].toSorted(),
    )
    for (const entity of ['session', 'read', 'action'] as const) expect((await copy(entity)).rows).toHaveLength(1)
  })

  test('keeps its records, with who withdrew it and why; the audit log has ids and no words', async () => {
    const session = await publish()
    const read = newRead(session.sessionId)
    await tag(read)
    const { withdrawnAtMs } = await withdraw(session.sessionId)
    const kept = await server.database.inPractice(practice.id, async (tx) => ({
      session: await tx.selectFrom('scan_session').selectAll().executeTakeFirstOrThrow(),
      reads: await tx.selectFrom('read').select('read_id').execute(),
      audit: await tx.selectFrom('audit_entry').selectAll().where('action', '=', 'session.withdraw').execute(),
    }))
    expect(kept.session).toMatchObject({
      withdrawn_at_ms: withdrawnAtMs,
      withdrawn_by: practice.clinician.personId,
      withdrawn_reason: REASON,
      body: { id: session.sessionId },
    })
    expect(kept.reads).toEqual([{ read_id: read.readId }])
    expect(kept.audit).toMatchObject([{ subject: { sessionId: session.sessionId, reads: 1, actions: 1 } }])
    expect(JSON.stringify(kept.audit)).not.toContain('Jane')
  })

  test('is withdrawn once: again changes nothing, whoever asks', async () => {
    const session = await publish()
    const first = await withdraw(session.sessionId)
    const before = (await pull(0)).to
    expect(await withdraw(session.sessionId, await practice.hire('practice_admin'), 'another reason')).toEqual(first)
    const { ops } = await pull(before)
    expect(ops.filter((op) => op.entity !== 'person')).toEqual([])
  })

  test('is withdrawn once also when two do it at the same moment', async () => {
    const session = await publish()
    const answers = await Promise.all([1, 2, 3].map(() => withdraw(session.sessionId)))
    expect(new Set(answers.map((answer) => answer.withdrawnAtMs)).size).toBe(1)
    const { ops } = await pull(0)
    expect(ops.filter((op) => op.op === 'del')).toHaveLength(1)
  })

  test('takes no read any more: a push is rejected and remembered, a direct call refused', async () => {
    const session = await publish()
    await withdraw(session.sessionId)
    await expect(tag(newRead(session.sessionId))).rejects.toMatchObject({ code: 'session.withdrawn' })
    const args = newRead(session.sessionId)
    const mutation = { id: MutationId.parse(uuidV7()), clientSeq: 1, name: 'read.record', version: 1, args, base: {} }
    const body = { protocol: PROTOCOL_VERSION, clientId: ClientId.parse(uuidV7()), mutations: [mutation] }
    const push = () => server.handlers['sync.push']({ body, params: undefined, query: undefined }, practice.clinician)
    const { results } = await push()
    expect(results).toMatchObject([{ status: 'rejected', code: 'session.withdrawn', feedSeq: null }])
    expect(await push()).toEqual({ results })
  })

  test('is in no list, and is said to be withdrawn to whoever asks for it by its id', async () => {
    const session = await publish()
    await withdraw(session.sessionId)
    const dashboard = await server.handlers['dashboard.feed']({ query: { limit: 50 }, ...noBody }, practice.clinician)
    expect(dashboard.sessions).toEqual([])
    const get = (caller: Parameters<(typeof server.handlers)['scans.getSession']>[1]) =>
      server.handlers['scans.getSession'](
        { params: { id: session.sessionId }, query: undefined, body: undefined },
        caller,
      )
    await expect(get(practice.clinician)).rejects.toMatchObject({ code: 'session.withdrawn' })
    await expect(get(practice.key.caller)).rejects.toMatchObject({ code: 'session.withdrawn' })
    await expect(get((await practice.newKey()).caller)).rejects.toMatchObject({ code: 'not-found' })
    await expect(create(server, practice.key.caller, session)).rejects.toMatchObject({ code: 'session.withdrawn' })
  })

  test('shows its photos no more, unless another session shows them', async () => {
    const photo = newPhoto()
    const session = await publish(photo)
    const linksOf = async () => {
      const { urls } = await server.handlers['photos.downloadUrls'](
        { body: { photos: [{ hash: photo.hash, size: 'original' }] }, params: undefined, query: undefined },
        practice.clinician,
      )
      return urls.map((url) => url !== null)
    }
    expect(await linksOf()).toEqual([true])
    await withdraw(session.sessionId)
    expect(await linksOf()).toEqual([false])
    await publish(photo)
    expect(await linksOf()).toEqual([true])
  })
})

test('a session withdrawn before its photos were decided is never published', async () => {
  const photo = newPhoto()
  await upload(server, practice, photo)
  const session = newSession([photo])
  await create(server, practice.key.caller, session)
  await withdraw(session.sessionId)
  await server.processNow(practice.id, photo.hash)
  expect((await copy('session')).rows).toEqual([])
  expect((await pull(0)).ops.some((op) => op.entity === 'session')).toBe(false)
})

test('of a read and a withdrawal at the same moment, either the read goes too or it is refused', async () => {
  for (let round = 0; round < 10; round += 1) {
    const session = await publish()
    const read = newRead(session.sessionId)
    const [tagged] = await Promise.allSettled([tag(read), withdraw(session.sessionId)])
    const { ops } = await pull((await copy('practice')).seq - 4)
    const last = ops.filter((op) => op.id === read.readId).at(-1)
    expect(last?.op).toBe(tagged.status === 'fulfilled' ? 'del' : undefined)
    expect((await copy('read')).rows).toEqual([])
  }
})

test('nobody withdraws what another practice has, or what nobody has', async () => {
  const session = await publish()
  const { clinician } = await openPractice(server)
  await expect(withdraw(session.sessionId, clinician)).rejects.toMatchObject({ code: 'not-found' })
  await expect(withdraw(SessionId.parse(uuidV7()))).rejects.toMatchObject({ code: 'not-found' })
})
