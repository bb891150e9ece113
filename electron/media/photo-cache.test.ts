import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { EventEmitter } from 'node:events'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { silentLogger } from '../platform/logger.ts'
import { createServerApi } from '../platform/server-api.ts'
import { write } from '../store/db.ts'
import { isCached } from '../store/photos/cached.ts'
import { aPage, aPatient, aSession, hashOf, openTestStore, renditionBytes } from '../store/testing.ts'
import { applyPage } from '../sync/apply.ts'
import { answerJson, startTestServer } from '../platform/testing-server.ts'
import { type PhotoCache, startPhotoCache } from './photo-cache.ts'
import { openSealedFolder } from './sealed-folder.ts'

const patient = aPatient()
const session = aSession(patient.id)
const hash = session.images[2]?.photo?.hash ?? ''
let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
let cache: PhotoCache
let arrived: EventEmitter
const behave = { spoil: new Set<string>(), fetch: false, freeBytes: Infinity }

beforeEach(async () => {
  store = openTestStore(randomBytes(32))
  arrived = new EventEmitter()
  Object.assign(behave, { spoil: new Set(), fetch: false, freeBytes: Infinity })
  const rows = [
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
  ]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
  server = await startTestServer(({ url, body }, response) => {
    const [, name, size] = url.pathname.split('/').slice(-3)
    if (url.pathname.startsWith('/photo/'))
      return void response.end(
        behave.spoil.has(`${name}/${size}`)
          ? 'spoilt, and longer than was promised '.repeat(9)
          : renditionBytes(name ?? '', size ?? ''),
      )
    const { photos } = body as { photos: { hash: string; size: string }[] } // what the cache sent
    const urls = photos.map((photo) => ({
      url: `${server.url}/photo/${photo.hash}/${photo.size}`,
      sha256: hashOf(renditionBytes(photo.hash, photo.size)),
      bytes: 100,
    }))
    answerJson(response, 200, { urls })
  })
  http = createHttpsClient(server.caFile)
  cache = startPhotoCache({
    db: store.db,
    http,
    serverUrl: server.url,
    clock: systemClock,
    logger: silentLogger,
    folder: openSealedFolder(path.join(store.folder, 'photos'), store.key),
    apiOf: () => createServerApi(http, server.url, async () => 'token'),
    personId: () => (behave.fetch ? 'somebody' : null),
    freeBytes: async () => behave.freeBytes,
    onArrived: (which) => arrived.emit(which),
  })
})
afterEach(async () => {
  await http.close()
  await cache.stop()
  server.stop()
  store.remove()
})

it('fetches what a screen asks for first, and answers it from disk afterwards', async () => {
  behave.fetch = true
  const here = once(arrived, hash)
  expect(await cache.get(hash, '2048')).toBeNull()
  await here
  const found = await cache.get(hash, '2048')
  expect(Buffer.from(found?.bytes ?? []).toString('utf8')).toBe(renditionBytes(hash, '2048'))
})

it('keeps nothing whose bytes are not the promised ones', async () => {
  behave.fetch = true
  behave.spoil.add(`${hash}/512`)
  const others = session.images.map((image) => image.photo?.hash ?? '').filter((other) => other !== hash)
  const here = Promise.all(others.map((other) => once(arrived, other)))
  cache.wake()
  await here
  expect(isCached(store.db, { hash, size: '512' })).toBe(false)
  expect(store.db.prepare('SELECT tries FROM wanted_photo WHERE hash = ? AND size = ?').pluck().get(hash, '512')).toBe(
    1,
  )
})

it('asks for no photo that the feed has not named', async () => {
  expect(await cache.get('f'.repeat(64), '512')).toBeNull()
  expect(store.db.prepare('SELECT count(*) FROM wanted_photo WHERE hash = ?').pluck().get('f'.repeat(64))).toBe(0)
})
