import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openPractice, startTestServer, type TestPractice, type TestServer } from '../testing.ts'
import { findIntakeCaller } from './service.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
})

const none = { params: undefined, query: undefined, body: undefined }

test('a secret names its practice and key until the key is revoked, and then nobody', async () => {
  const admin = await practice.hire('practice_admin')
  const { key, secret } = await server.handlers['intakeKeys.create']({ ...none, body: { label: 'Kiosk' } }, admin)
  expect(await findIntakeCaller(server.deps, secret)).toEqual({
    kind: 'intake',
    practiceId: practice.id,
    intakeKeyId: key.id,
  })
  await server.handlers['intakeKeys.revoke']({ ...none, params: { id: key.id } }, admin)
  expect(await findIntakeCaller(server.deps, secret)).toBeUndefined()
})

test('the secret is kept nowhere and shown once', async () => {
  const admin = await practice.hire('practice_admin')
  const stored = await server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('intake_key').selectAll().execute(),
  )
  expect(JSON.stringify(stored)).not.toContain(practice.key.secret)
  const { keys } = await server.handlers['intakeKeys.list'](none, admin)
  expect(JSON.stringify(keys)).not.toMatch(/secret/i)
})

test('use is noted, and at most once a minute', async () => {
  let nowMs = 1_000_000
  const deps = { ...server.deps, clock: { nowMs: () => nowMs } }
  const used = async () => {
    await findIntakeCaller(deps, practice.key.secret)
    const rows = await server.database.inPractice(practice.id, (tx) =>
      tx.selectFrom('intake_key').selectAll().execute(),
    )
    return rows[0]?.last_used_at_ms
  }
  expect(await used()).toBe(1_000_000)
  nowMs += 59_000
  expect(await used()).toBe(1_000_000)
  nowMs += 2_000
  expect(await used()).toBe(1_061_000)
})

test('a made-up secret is nobody’s, and another practice cannot revoke a key', async () => {
  expect(await findIntakeCaller(server.deps, 'loupe_made-up')).toBeUndefined()
  const stranger = await (await openPractice(server)).hire('practice_admin')
  const revoke = server.handlers['intakeKeys.revoke']({ ...none, params: { id: practice.key.id } }, stranger)
  await expect(revoke).rejects.toMatchObject({ code: 'not-found' })
  expect(await findIntakeCaller(server.deps, practice.key.secret)).toBeDefined()
})
