import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PhotoHash } from '../../contract/domain/ids.ts'
import {
  BAD,
  create,
  newPhoto,
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

const ask = (caller: TestPractice['clinician'], ...hashes: PhotoHash[]) => {
  const photos = hashes.map((hash) => ({ hash, size: '512' as const }))
  return server.handlers['photos.downloadUrls']({ body: { photos }, params: undefined, query: undefined }, caller)
}

test('addresses come in the order asked for, and only for photos of published sessions of one’s own practice', async () => {
  const [shown, refused, waiting, awaited] = [newPhoto(), newPhoto(BAD), newPhoto(), newPhoto()]
  for (const photo of [shown, refused, waiting]) await upload(server, practice, photo)
  await create(server, practice.key.caller, newSession([shown, refused]))
  await create(server, practice.key.caller, newSession([waiting, awaited]))
  for (const photo of [shown, refused, waiting]) await server.processNow(practice.id, photo.hash)

  const hashes = [waiting, shown, refused, awaited, newPhoto()].map((photo) => photo.hash)
  const { urls } = await ask(practice.clinician, ...hashes)
  expect(urls.map((url) => url !== null)).toEqual([false, true, false, false, false])
  expect(urls[1]).toMatchObject({ sha256: shown.hash, bytes: shown.bytes.length })
  expect(urls[1]?.url).toContain(`${practice.id}/photos/${shown.hash}/512.jpg`)

  const stranger = await openPractice(server)
  expect((await ask(stranger.clinician, shown.hash)).urls).toEqual([null])
})

test('each photo that was handed out is in the audit log, and each that was not', async () => {
  const photo = newPhoto()
  await ask(practice.clinician, photo.hash)
  const entries = await server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('audit_entry').select(['action', 'outcome', 'subject']).execute(),
  )
  expect(entries).toEqual([{ action: 'photo.cached', outcome: 'denied', subject: { photo: photo.hash, size: '512' } }])
})
