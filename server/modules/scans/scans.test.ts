import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { SessionId } from '../../contract/domain/ids.ts'
import type { Principal } from '../../http/handler.ts'
import { silentLogger } from '../../platform/logger.ts'
import { openJobs } from '../../platform/jobs/jobs.ts'
import { objectKeys } from '../../platform/objects/objects.ts'
import { createHandlers } from '../handlers.ts'
import {
  BAD,
  create,
  newPhoto,
  newSession,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
  upload,
} from '../testing.ts'
import { startWork } from '../work.ts'
import { giveUpPhoto } from './process-photo.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
})

const progress = (caller: Principal, id: SessionId) =>
  server.handlers['scans.getSession']({ params: { id }, query: undefined, body: undefined }, caller)

const uploadUrl = (photo: { hash: string; bytes: Uint8Array }) => {
  const body = { hash: photo.hash as never, bytes: photo.bytes.length, mediaType: 'image/jpeg' } as const
  return server.handlers['scans.uploadUrl']({ body, params: undefined, query: undefined }, practice.key.caller)
}

const rows = (table: 'photo' | 'scan_session' | 'patient') =>
  server.database.inPractice(practice.id, (tx) => tx.selectFrom(table).selectAll().execute())

const publishedInFeed = () =>
  server.database.inPractice(practice.id, async (tx) => {
    const found = await tx.selectFrom('feed').select('entity_id').where('entity', '=', 'session').execute()
    return found.map((row) => row.entity_id)
  })

test('a session is published only once all its photos are decided, refused ones with their reason', async () => {
  const [good, bad, last] = [newPhoto(), newPhoto(BAD), newPhoto()]
  for (const photo of [good, bad, last]) await upload(server, practice, photo)
  const session = newSession([good, bad, last])
  expect(await create(server, practice.key.caller, session)).toMatchObject({ state: 'processing', session: null })

  await server.processNow(practice.id, good.hash)
  await server.processNow(practice.id, bad.hash)
  expect(await publishedInFeed()).toEqual([])
  await server.processNow(practice.id, last.hash)
  expect(await publishedInFeed()).toEqual([session.sessionId])
  const seen = await progress(practice.clinician, session.sessionId)
  expect(seen.state).toBe('published')
  expect(seen.session?.images.map((image) => [image.view, image.photo?.hash ?? image.refusal])).toEqual([
    ['occlusal_upper', good.hash],
    ['buccal_right', 'damaged'],
    ['frontal', last.hash],
  ])
})

test('two photos decided at the same moment publish their session once', async () => {
  for (let round = 0; round < 5; round += 1) {
    const photos = [newPhoto(), newPhoto(), newPhoto(), newPhoto(BAD), newPhoto()]
    for (const photo of photos) await upload(server, practice, photo)
    const session = newSession(photos)
    await create(server, practice.key.caller, session)
    await Promise.all(photos.map((photo) => server.processNow(practice.id, photo.hash)))
    expect((await publishedInFeed()).filter((id) => id === session.sessionId)).toHaveLength(1)
  }
})

test('the same photo in two sessions is stored and decided once, and both are published', async () => {
  const photo = newPhoto()
  await upload(server, practice, photo)
  const [first, second] = [newSession([photo]), newSession([photo])]
  await Promise.all([first, second].map((session) => create(server, practice.key.caller, session)))
  await server.processNow(practice.id, photo.hash)
  const third = newSession([photo])
  expect((await create(server, practice.key.caller, third)).state).toBe('published') // nothing left to wait for
  expect(await rows('photo')).toHaveLength(1)
  expect((await publishedInFeed()).toSorted()).toEqual([first, second, third].map((s) => s.sessionId).toSorted())
})

test('a session made while its photo is being decided is never left behind', async () => {
  for (let round = 0; round < 10; round += 1) {
    const photo = newPhoto()
    await upload(server, practice, photo)
    await create(server, practice.key.caller, newSession([photo]))
    const late = newSession([photo])
    await Promise.all([server.processNow(practice.id, photo.hash), create(server, practice.key.caller, late)])
    expect(await publishedInFeed()).toContain(late.sessionId)
  }
})

test('the same call again changes nothing; with other contents it is a conflict', async () => {
  const [photo, other] = [newPhoto(), newPhoto()]
  await upload(server, practice, photo)
  const session = newSession([photo])
  const first = await create(server, practice.key.caller, session)
  expect(await create(server, practice.key.caller, session)).toEqual(first)
  expect([await rows('scan_session'), await rows('patient')].map((found) => found.length)).toEqual([1, 1])
  const conflict = { code: 'conflict.exists' }
  const { key, newKey } = practice
  await expect(create(server, key.caller, { ...session, stage: 5 })).rejects.toMatchObject(conflict)
  await expect(create(server, key.caller, { ...session, images: newSession([other]).images })).rejects.toMatchObject(
    conflict,
  )
  await expect(create(server, (await newKey()).caller, session)).rejects.toMatchObject(conflict)
  expect(await rows('photo')).toHaveLength(1) // what a refused call began was undone
})

test('eight identical calls at once make one session and one patient', async () => {
  const photo = newPhoto()
  await upload(server, practice, photo)
  const session = newSession([photo])
  await Promise.all(Array.from({ length: 8 }, () => create(server, practice.key.caller, session)))
  expect([await rows('scan_session'), await rows('patient')].map((found) => found.length)).toEqual([1, 1])
})

test('a reference nobody entered becomes an unregistered patient, a known one is used', async () => {
  const patient = { reference: 'R-1' }
  await create(server, practice.key.caller, newSession([newPhoto()], { patient }))
  await create(server, practice.key.caller, newSession([newPhoto()], { patient }))
  expect(await rows('patient')).toMatchObject([{ reference: 'R-1', family_name: 'R-1', status: 'unregistered' }])
})

test('a photo that has not arrived keeps its session waiting, and asking again notices it', async () => {
  const [here, late] = [newPhoto(), newPhoto()]
  await upload(server, practice, here)
  const session = newSession([here, late])
  const first = await create(server, practice.key.caller, session)
  expect(first.images.map((image) => image.state)).toEqual(['processing', 'awaiting-upload'])
  await server.processNow(practice.id, here.hash)
  expect(await publishedInFeed()).toEqual([])
  await upload(server, practice, late)
  const asked = await progress(practice.key.caller, session.sessionId)
  expect(asked.images.map((image) => image.state)).toEqual(['ready', 'processing'])
  await server.processNow(practice.id, late.hash)
  expect(await publishedInFeed()).toEqual([session.sessionId])
})

test('an intake key sees the progress of its own sessions, never their contents, and no others at all', async () => {
  const session = await publishSession(server, practice)
  const own = await progress(practice.key.caller, session.sessionId)
  expect(own).toMatchObject({ state: 'published', session: null })
  const stranger = (await practice.newKey()).caller
  const foreign = await progress(stranger, session.sessionId).catch((cause: unknown) => cause)
  const absent = await progress(stranger, SessionId.parse(uuidV7())).catch((cause: unknown) => cause)
  expect([foreign, absent]).toMatchObject([{ code: 'not-found' }, { code: 'not-found' }])
})

test('another practice’s session is not there', async () => {
  const session = await publishSession(server, practice)
  const other = await openPractice(server)
  await expect(progress(other.clinician, session.sessionId)).rejects.toMatchObject({ code: 'not-found' })
})

test('wrong bytes are refused, removed and may be sent again; damaged ones are known as such', async () => {
  const [photo, damaged] = [newPhoto(), newPhoto(BAD)]
  const wrong = newPhoto()
  await server.deps.objects.put(objectKeys.original(practice.id, photo.hash), wrong.bytes, 'image/jpeg')
  await create(server, practice.key.caller, newSession([photo]))
  await server.processNow(practice.id, photo.hash)
  expect(await rows('photo')).toMatchObject([{ state: 'refused', refusal: 'hash-differs' }])
  expect(await uploadUrl(photo)).toMatchObject({ already: false })

  await upload(server, practice, damaged)
  await create(server, practice.key.caller, newSession([damaged]))
  await server.processNow(practice.id, damaged.hash)
  expect(await uploadUrl(damaged)).toEqual({ already: true })
})

test('an upload address is given once; what is here already need not be sent', async () => {
  const photo = newPhoto()
  expect(await uploadUrl(photo)).toMatchObject({ already: false, method: 'PUT' })
  await upload(server, practice, photo)
  expect(await uploadUrl(photo)).toEqual({ already: true })
})

test('when every retry failed the photo is refused and its session’s other photos are seen', async () => {
  const [good, stuck] = [newPhoto(), newPhoto()]
  for (const photo of [good, stuck]) await upload(server, practice, photo)
  const session = newSession([good, stuck])
  await create(server, practice.key.caller, session)
  await server.processNow(practice.id, good.hash)
  const never = () => Promise.reject(new Error('not called'))
  await giveUpPhoto({ ...server.deps, processPhoto: never }, { practiceId: practice.id, hash: stuck.hash })
  const { session: published } = await progress(practice.clinician, session.sessionId)
  expect(published?.images.map((image) => image.refusal)).toEqual([null, 'took-too-long'])
})

test('a server that stops between the call and the work does it after its next start', async () => {
  const photo = newPhoto()
  await upload(server, practice, photo)
  const session = newSession([photo])
  const before = await openJobs({ url: server.database.url, log: silentLogger })
  const first = createHandlers({ ...server.deps, jobs: before })
  await first['scans.createSession']({ body: session, params: undefined, query: undefined }, practice.key.caller)
  await before.stop() // nobody has worked

  const after = await openJobs({ url: server.database.url, log: silentLogger })
  try {
    const judge = () => Promise.resolve({ ok: false, refusal: 'damaged' } as const)
    await startWork({ ...server.deps, jobs: after }, judge)
    await vi.waitFor(async () => expect(await publishedInFeed()).toEqual([session.sessionId]))
  } finally {
    await after.stop()
  }
})

test('work that fails is tried again', async () => {
  const photo = newPhoto()
  await upload(server, practice, photo)
  const jobs = await openJobs({ url: server.database.url, log: silentLogger })
  const session = newSession([photo])
  let attempts = 0
  const judge = (_: Uint8Array, { hash }: { hash: string }) => {
    if (hash === photo.hash) attempts += 1
    return attempts === 1
      ? Promise.reject(new Error('the disk was full'))
      : Promise.resolve({ ok: false, refusal: 'damaged' } as const)
  }
  try {
    const deps = { ...server.deps, jobs }
    await startWork(deps, judge)
    await createHandlers(deps)['scans.createSession'](
      { body: session, params: undefined, query: undefined },
      practice.key.caller,
    )
    await vi.waitFor(async () => expect(await publishedInFeed()).toEqual([session.sessionId]))
    expect(attempts).toBe(2)
  } finally {
    await jobs.stop()
  }
})

test('a photo that was given up and sent again appears in its session’s next version, once', async () => {
  const [good, late] = [newPhoto(), newPhoto()]
  for (const photo of [good, late]) await upload(server, practice, photo)
  const session = newSession([good, late])
  await create(server, practice.key.caller, session)
  await server.processNow(practice.id, good.hash)
  const deps = { ...server.deps, processPhoto: () => Promise.reject(new Error('never called')) }
  await giveUpPhoto(deps, { practiceId: practice.id, hash: late.hash })
  const before = (await progress(practice.clinician, session.sessionId)).session
  expect(before).toMatchObject({ version: 1, images: [{ refusal: null }, { photo: null, refusal: 'took-too-long' }] })

  await uploadUrl(late)
  await create(server, practice.key.caller, session) // the intake, run again
  await server.processNow(practice.id, late.hash)
  await server.processNow(practice.id, late.hash)
  const after = (await progress(practice.clinician, session.sessionId)).session
  expect(after?.version).toBe(2)
  expect(after?.images.map(({ photo, refusal }) => [photo?.hash, refusal])).toEqual([
    [good.hash, null],
    [late.hash, null],
  ])
  expect(await publishedInFeed()).toEqual([session.sessionId, session.sessionId])
})

test('a day that has begun nowhere on earth is refused; tomorrow in the far east is not', async () => {
  const dayIn = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 10)
  const made = (capturedOn: string) => create(server, practice.key.caller, newSession([newPhoto()], { capturedOn }))
  await expect(made(dayIn(14 * 3_600_000))).resolves.toMatchObject({ state: 'processing' })
  await expect(made(dayIn(14 * 3_600_000 + 86_400_000))).rejects.toMatchObject({
    code: 'input.invalid',
    detail: { path: 'capturedOn' },
  })
})
