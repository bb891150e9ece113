import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { PracticeId } from '../../contract/domain/ids.ts'
import { create, newPhoto, newSession, openPractice, startTestServer, type TestServer, upload } from '../testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server?.close())

const countDecided = (practiceId: PracticeId) =>
  server.database.inPractice(practiceId, async (tx) => {
    const rows = await tx.selectFrom('photo').select('sha256').where('state', '=', 'ready').execute()
    return rows.length
  })

test('a practice that brings hundreds of photos at once keeps no other from seeing a scan of today', async () => {
  const [busy, other] = [await openPractice(server), await openPractice(server)]
  const arrive = async (practice: typeof busy) => {
    const photos = [newPhoto(), newPhoto(), newPhoto(), newPhoto(), newPhoto()]
    for (const photo of photos) await upload(server, practice, photo)
    await create(server, practice.key.caller, newSession(photos))
  }
  for (let i = 0; i < 40; i += 1) await arrive(busy)
  await arrive(other)
  await server.startWork()
  await vi.waitFor(async () => expect(await countDecided(other.id)).toBe(5), { interval: 5 })
  expect(await countDecided(busy.id)).toBeLessThan(60)
  await vi.waitFor(async () => expect(await countDecided(busy.id)).toBe(200)) // and its own come all the same
})
