import { createHash, randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import type { ScanSession } from '../../server/contract/domain/sessions.ts'
import { AppError } from '../../server/contract/errors.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { silentLogger } from '../platform/logger.ts'
import { createServerApi } from '../platform/server-api.ts'
import { answerJson, startTestServer } from '../platform/testing-server.ts'
import { write } from '../store/db.ts'
import { countCachedBytes, isCached } from '../store/photos/cached.ts'
import { aPage, aPatient, aSession, hashOf, openTestStore, renditionBytes } from '../store/testing.ts'
import { applyPage } from '../sync/apply.ts'
import { LOW_DISK_BYTES, type PhotoCache, startPhotoCache } from './photo-cache.ts'
import { CHUNK_BYTES } from './sealed-bytes.ts'
import { openSealedFolder, type SealedFolder } from './sealed-folder.ts'

const patient = aPatient()
const session = aSession(patient.id)
const hashesOf = ({ images }: ScanSession) => images.map((image) => image.photo?.hash ?? '')
const hash = hashesOf(session)[2] ?? ''
const original = randomBytes(700_000)
/** Its third photo is `original`. */
const withOriginal = sessionWith(original)
const originalHash = createHash('sha256').update(original).digest('hex')
let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
let cache: PhotoCache
let arrived: EventEmitter
let folder: SealedFolder
/** `hash/size` in the order in which they were asked for at the object store. */
let downloads: string[]
const START = {
  spoil: new Set<string>(),
  fetch: false,
  freeBytes: Infinity,
  isFull: false,
  refusedWrites: 0,
  nowMs: 18e11,
  lowDisk: [] as boolean[],
  budgetBytes: 1024 ** 3,
  cutAfter: Infinity,
  originalFrom: [] as number[],
}
const behave = { ...START }

beforeEach(async () => {
  store = openTestStore(randomBytes(32))
  arrived = new EventEmitter()
  downloads = []
  Object.assign(behave, START, { spoil: new Set(), lowDisk: [], originalFrom: [] })
  feed(patient, [session])
  server = await startTestServer(({ url, body, headers }, response) => {
    const [name = '', size = ''] = url.pathname.split('/').slice(-2)
    if (url.pathname.startsWith('/photo/')) {
      downloads.push(`${name}/${size}`)
      if (size === 'original') return answerOriginal(headers.range, response)
      const spoilt = behave.spoil.has(`${name}/${size}`)
      return void response.end(spoilt ? 'spoilt, and longer than was promised '.repeat(9) : renditionBytes(name, size))
    }
    const { photos } = body as { photos: { hash: string; size: string }[] } // what the cache sent
    const urls = photos.map((photo) => ({
      url: `${server.url}/photo/${photo.hash}/${photo.size}`,
      sha256: hashOf(renditionBytes(photo.hash, photo.size)),
      bytes: 100,
    }))
    answerJson(response, 200, { urls })
  })
  http = createHttpsClient(server.caFile)
  folder = openSealedFolder(path.join(store.folder, 'photos'), store.key)
})
afterEach(async () => {
  await http.close()
  await cache.stop()
  server.stop()
  store.remove()
})

function feed(ofPatient: typeof patient, sessions: readonly ScanSession[]): void {
  const rows = [
    { entity: 'patient' as const, id: ofPatient.id, body: ofPatient },
    ...sessions.map((body) => ({ entity: 'session' as const, id: body.id, body })),
  ]
  const position = store.db.prepare<[], string>(`SELECT value FROM sync_state WHERE name = 'position'`).pluck().get()
  const { seq } = JSON.parse(position ?? '{"seq":0}') as { seq: number }
  write(store.db, (tx) => applyPage(tx, aPage(rows, { from: seq + 1 })))
}

function start(budgetBytes?: number): void {
  const resume: SealedFolder['resume'] = async (name, wholeBytes) => {
    const partial = await folder.resume(name, wholeBytes)
    if (!behave.isFull) return partial
    const append = () => {
      behave.refusedWrites += 1
      return Promise.reject(new AppError('store.full'))
    }
    return { ...partial, append }
  }
  cache = startPhotoCache({
    db: store.db,
    http,
    serverUrl: server.url,
    clock: { nowMs: () => behave.nowMs },
    logger: silentLogger,
    folder: { ...folder, resume },
    apiOf: () => createServerApi(http, server.url, async () => 'token'),
    personId: () => (behave.fetch ? 'somebody' : null),
    freeBytes: async () => behave.freeBytes,
    onProgress: () => {},
    onLowDisk: (low) => behave.lowDisk.push(low),
    onArrived: (which) => arrived.emit('photo', which),
    budgetBytes: () => budgetBytes ?? behave.budgetBytes,
  })
}
/** The original breaks off after `cutAfter` bytes, which a test may take away. */
function answerOriginal(range: string | undefined, response: ServerResponse): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
  const rest = original.subarray(from)
  const length = { 'content-length': rest.byteLength }
  if (from === 0) response.writeHead(200, length)
  else
    response.writeHead(206, { ...length, 'content-range': `bytes ${from}-${original.length - 1}/${original.length}` })
  behave.originalFrom.push(from)
  if (from > 0 && behave.cutAfter < Infinity) return void response.destroy()
  if (behave.cutAfter >= rest.byteLength) response.end(rest)
  else response.write(rest.subarray(0, behave.cutAfter), () => response.destroy())
}
const arrivals = async (count: number) => {
  for (let seen = 0; seen < count; seen++) await once(arrived, 'photo')
}
const fetchAll = async (count: number) => {
  behave.fetch = true
  const here = arrivals(count)
  cache.wake()
  await here
}
const cachedOf = (of: ScanSession, size: string) =>
  hashesOf(of).filter((name) => isCached(store.db, { hash: name, size }))

describe('photos are fetched', () => {
  it('for a screen at once, and answered from disk afterwards', async () => {
    start()
    behave.fetch = true
    const here = arrivals(1)
    expect(await cache.get(hash, '2048')).toBeNull()
    await here
    const found = await cache.get(hash, '2048')
    expect(Buffer.from(found?.bytes ?? []).toString('utf8')).toBe(renditionBytes(hash, '2048'))
  })

  it('thumbnails before review size, and the scan that has waited longest first, as the queue opens them', async () => {
    const newer = aSession(patient.id, { capturedOn: '2026-05-20', submittedAtMs: 175e10 })
    const other = aPatient()
    const older = aSession(other.id, { submittedAtMs: 160e10 })
    feed(patient, [newer])
    feed(other, [older])
    start()
    await fetchAll(30)
    const places = (of: ScanSession, size: string) => hashesOf(of).map((name) => downloads.indexOf(`${name}/${size}`))
    const [thumbs, review] = [
      [session, newer, older].flatMap((of) => places(of, '512')),
      [session, newer, older].flatMap((of) => places(of, '2048')),
    ]
    expect(Math.max(...thumbs)).toBeLessThan(20) // four are fetched at once, sixteen asked for together
    expect(Math.min(...review)).toBeGreaterThan(11)
    expect(Math.max(...places(older, '2048'))).toBeLessThan(Math.max(...places(newer, '2048')))
    expect(new Set(downloads).size).toBe(30)
  })

  it('never when the feed has not named them', async () => {
    start()
    expect(await cache.get('f'.repeat(64), '512')).toBeNull()
    expect(store.db.prepare('SELECT count(*) FROM wanted_photo WHERE hash = ?').pluck().get('f'.repeat(64))).toBe(0)
  })

  it('again when the file on disk is damaged', async () => {
    start()
    await fetchAll(10)
    const file = readdirSync(path.join(store.folder, 'photos'), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    )
    for (const { parentPath, name } of file) writeFileSync(path.join(parentPath, name), 'damaged')
    const here = arrivals(1)
    expect(await cache.get(hash, '512')).toBeNull()
    await here
    expect(await cache.get(hash, '512')).not.toBeNull()
  })
})

describe('bytes that are not the promised ones', () => {
  it('are never kept, hold up no other photo, and are asked for again later', async () => {
    start()
    behave.spoil.add(`${hash}/512`)
    await fetchAll(9)
    expect(isCached(store.db, { hash, size: '512' })).toBe(false)
    behave.spoil.clear()
    behave.nowMs += 60_000
    await fetchAll(1)
    expect(isCached(store.db, { hash, size: '512' })).toBe(true)
  })
})

describe('an original that breaks off', () => {
  beforeEach(() => feed(patient, [withOriginal]))

  it('is shown to nobody before it is whole, and after a restart goes on with what is there', async () => {
    behave.cutAfter = 600_000
    start()
    behave.fetch = true
    expect(await cache.get(originalHash, 'original', true)).toBeNull()
    expect(store.db.prepare('SELECT count(*) FROM wanted_photo WHERE size = ?').pluck().get('original')).toBe(0)
    expect(await cache.get(originalHash, 'original')).toBeNull()
    await vi.waitFor(() => expect(behave.originalFrom).toContain(2 * CHUNK_BYTES))
    expect(await folder.find([originalHash, 'original'])).toBeUndefined()
    behave.fetch = false
    await cache.stop()
    expect(isCached(store.db, { hash: originalHash, size: 'original' })).toBe(false)
    Object.assign(behave, { cutAfter: Infinity, nowMs: behave.nowMs + 60_000 })
    folder = openSealedFolder(path.join(store.folder, 'photos'), store.key)
    start()
    expect(await cache.get(originalHash, 'original')).toBeNull()
    behave.fetch = true
    while (!isCached(store.db, { hash: originalHash, size: 'original' })) {
      cache.wake()
      await once(arrived, 'photo')
    }
    expect(Buffer.from((await cache.get(originalHash, 'original'))?.bytes ?? []).equals(original)).toBe(true)
    expect(behave.originalFrom.at(-1)).toBe(2 * CHUNK_BYTES)
  })

  it('asked for by a screen and by the list at once is written by one of them', async () => {
    start()
    behave.fetch = true
    await cache.get(originalHash, 'original')
    cache.wake()
    await vi.waitFor(() => expect(isCached(store.db, { hash: originalHash, size: 'original' })).toBe(true))
    expect(behave.originalFrom).toEqual([0])
    expect(Buffer.from((await cache.get(originalHash, 'original'))?.bytes ?? []).equals(original)).toBe(true)
  })
})

describe('the room on disk', () => {
  const photoBytes = Buffer.byteLength(renditionBytes(hash, '2048'))
  const other = aPatient()
  const older = aSession(other.id, { submittedAtMs: 160e10 })
  const newer = aSession(aPatient().id)

  it('is kept: the scans that the queue opens first stay, nothing is fetched only to be thrown away', async () => {
    feed(other, [older])
    start(15.5 * photoBytes) // ten thumbnails and one set of five
    await fetchAll(15)
    await vi.waitFor(() => expect(store.db.prepare('SELECT count(*) FROM wanted_photo').pluck().get()).toBe(0))
    expect(downloads).toHaveLength(15)
    expect([cachedOf(older, '2048').length, cachedOf(session, '2048').length]).toEqual([5, 0])

    const third = { ...newer, patientId: other.id, capturedOn: '2026-06-01', submittedAtMs: 177e10 }
    feed(other, [third])
    await fetchAll(5)
    expect(cachedOf(third, '512')).toHaveLength(5)
    expect(cachedOf(session, '512')).toHaveLength(5) // thumbnails never go
    expect(new Set(downloads).size).toBe(downloads.length)
    await vi.waitFor(() => expect(store.db.prepare('SELECT count(*) FROM wanted_photo').pluck().get()).toBe(0))
    await vi.waitFor(() => expect(countCachedBytes(store.db)).toBeLessThanOrEqual(15.5 * photoBytes))
  })

  it('that runs low is left to decisions; what a screen asks for still comes', async () => {
    behave.freeBytes = LOW_DISK_BYTES - 1
    start()
    behave.fetch = true
    cache.wake()
    const here = arrivals(1)
    await cache.get(hash, '2048')
    await here
    await cache.stop()
    expect(downloads).toEqual([`${hash}/2048`])
    expect(behave.lowDisk).toEqual([true]) // said once
  })

  it('gets room at once when the person gives photos less of it', async () => {
    behave.budgetBytes = 1024 ** 3
    start()
    await fetchAll(10)
    behave.budgetBytes = 0
    await cache.makeRoom()
    expect(cachedOf(session, '2048')).toEqual([])
    expect(cachedOf(session, '512')).toHaveLength(5) // thumbnails never go
  })

  it('that has run out loses no wish', async () => {
    behave.isFull = true
    start()
    behave.fetch = true
    await cache.get(hash, '2048')
    await vi.waitFor(() => expect(behave.refusedWrites).toBeGreaterThan(0))
    await cache.stop()
    expect(isCached(store.db, { hash, size: '2048' })).toBe(false)
    behave.isFull = false
    start()
    await fetchAll(10)
    expect(isCached(store.db, { hash, size: '2048' })).toBe(true)
  })
})

describe('photos of a withdrawn scan', () => {
  const filesIn = () =>
    readdirSync(path.join(store.folder, 'photos'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    )
  const withdraw = (of: ScanSession) => {
    const from = Number(
      store.db.prepare(`SELECT value ->> 'seq' FROM sync_state WHERE name = 'position'`).pluck().get(),
    )
    const page = aPage([{ entity: 'session', id: of.id, body: null }], { from: from + 1 })
    const ops = page.ops.map((op) => ({ ...op, op: 'del' as const }))
    write(store.db, (tx) => applyPage(tx, { ...page, ops }))
  }
  const cachedRows = () => store.db.prepare('SELECT count(*) FROM cached_photo').pluck().get()

  it('leave the disk as soon as the feed has said so, also after a kill and without a connection', async () => {
    start()
    await fetchAll(10)
    expect(filesIn()).toHaveLength(10)
    behave.fetch = false
    await cache.stop()
    withdraw(session)
    start() // the process was killed right after the page
    cache.wake()
    await vi.waitUntil(() => cachedRows() === 0)
    expect(filesIn()).toEqual([])
  })

  it('that is on its way is not kept, nor what has come of it, nor told to any screen', async () => {
    feed(patient, [withOriginal])
    start()
    await fetchAll(20)
    behave.cutAfter = CHUNK_BYTES + 1000
    expect(await cache.get(originalHash, 'original')).toBeNull()
    await vi.waitUntil(() => behave.originalFrom.length > 0)
    withdraw(withOriginal)
    behave.cutAfter = Infinity
    cache.wake()
    await vi.waitUntil(() => cachedRows() === 10)
    await vi.waitUntil(() => filesIn().length === 10)
    expect(cachedOf(session, '2048')).toHaveLength(5)
    expect(await cache.get(originalHash, 'original')).toBeNull()
  })

  it('stay where another scan holds the same ones, and come again with one that brings them back', async () => {
    const twin = { ...session, id: aSession(patient.id).id }
    feed(patient, [twin])
    start()
    await fetchAll(10)
    withdraw(session)
    cache.wake()
    expect(cachedOf(twin, '2048')).toHaveLength(5)
    withdraw(twin)
    cache.wake()
    await vi.waitUntil(() => cachedRows() === 0)
    const here = arrivals(10)
    feed(patient, [{ ...session, id: aSession(patient.id).id }])
    cache.wake()
    await here
    expect(cachedRows()).toBe(10)
  })
})

it('half-written files of a killed process are removed, whole ones stay', async () => {
  start()
  await fetchAll(10)
  const inner = path.join(store.folder, 'photos', readdirSync(path.join(store.folder, 'photos'))[0] ?? '')
  const draft = path.join(inner, 'abc.part')
  writeFileSync(draft, 'half')
  await openSealedFolder(path.join(store.folder, 'photos'), store.key).removeDrafts()
  expect(
    readdirSync(path.join(store.folder, 'photos'), { recursive: true }).filter((name) =>
      String(name).endsWith('.part'),
    ),
  ).toEqual([])
  expect(await cache.get(hash, '512')).not.toBeNull()
})

function sessionWith(bytes: Buffer): ScanSession {
  const plain = aSession(patient.id, { submittedAtMs: 165e10 })
  const digest = PhotoHash.parse(createHash('sha256').update(bytes).digest('hex'))
  const images = plain.images.map((image, index) => {
    if (index !== 2 || image.photo === null) return image
    const facts = (size: string) => {
      const text = renditionBytes(digest, size)
      return { sha256: hashOf(text), bytes: Buffer.byteLength(text), widthPx: 512, heightPx: 384 }
    }
    const renditions = { '512': facts('512'), '2048': facts('2048') }
    return { ...image, photo: { ...image.photo, hash: digest, bytes: bytes.byteLength, renditions } }
  })
  return { ...plain, images }
}
