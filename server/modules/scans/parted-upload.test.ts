import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { StartedUpload } from '../../contract/api/shapes.ts'
import { PhotoHash } from '../../contract/domain/ids.ts'
import { partBytesOf, UPLOAD_PART_BYTES } from '../../contract/domain/photos.ts'
import type { Principal } from '../../http/handler.ts'
import { silentLogger } from '../../platform/logger.ts'
import { objectKeys } from '../../platform/objects/objects.ts'
import { openPractice, startTestServer, type TestPractice, type TestServer } from '../testing.ts'
import { pruneUploads } from './prune-uploads.ts'

const BYTES = UPLOAD_PART_BYTES + 1000
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
let server: TestServer
let practice: TestPractice
let bytes: Buffer
let hash: PhotoHash

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
  bytes = randomBytes(BYTES)
  hash = PhotoHash.parse(sha256(bytes))
})

const none = { params: undefined, query: undefined }
const start = (caller: Principal = practice.key.caller, size = BYTES) =>
  server.handlers['scans.startUpload']({ ...none, body: { hash, bytes: size, mediaType: 'image/jpeg' } }, caller)
const part = (uploadId: string, number: number, caller: Principal = practice.key.caller) => {
  const piece = bytes.subarray((number - 1) * UPLOAD_PART_BYTES, number * UPLOAD_PART_BYTES)
  const body = { hash, uploadId, part: number, sha256: sha256(piece) }
  return server.handlers['scans.uploadPart']({ ...none, body }, caller)
}
const complete = (uploadId: string, numbers = [1, 2], caller: Principal = practice.key.caller) => {
  const parts = numbers.map((number) => {
    const piece = bytes.subarray((number - 1) * UPLOAD_PART_BYTES, number * UPLOAD_PART_BYTES)
    return { part: number, etag: `"${sha256(piece)}"`, sha256: sha256(piece) }
  })
  return server.handlers['scans.completeUpload']({ ...none, body: { hash, uploadId, parts } }, caller)
}
const idOf = (started: StartedUpload) => {
  if (started.already) throw new Error('nothing was sent yet')
  return started.uploadId
}
/** What the object store does with a part: this server's is a folder. */
const keep = async (uploadId: string, number: number) => {
  const piece = bytes.subarray((number - 1) * UPLOAD_PART_BYTES, number * UPLOAD_PART_BYTES)
  const key = objectKeys
    .original(practice.id, hash)
    .replace('/original', `/uploads/${uploadId}/${number}-${sha256(piece)}`)
  await server.deps.objects.put(key, piece, 'application/octet-stream')
}
const isThere = async () => (await server.deps.objects.head(objectKeys.original(practice.id, hash))) !== undefined
const refusedWith = (code: string) => expect.objectContaining({ code })

test('a large photo arrives in parts; each has an address for its own length, and the same call again changes nothing', async () => {
  const uploadId = idOf(await start())
  expect(await part(uploadId, 1)).toMatchObject({ already: false, method: 'PUT' })
  await keep(uploadId, 1)
  expect(await part(uploadId, 1)).toMatchObject({ already: true }) // after a kill that forgot its etag
  await keep(uploadId, 2)
  expect(await isThere()).toBe(false)
  expect(await complete(uploadId)).toEqual({ stored: true })
  expect(await isThere()).toBe(true)
  expect(await complete(uploadId)).toEqual({ stored: true }) // its answer was lost
  expect(await start()).toEqual({ already: true })
  expect(partBytesOf(BYTES, 2)).toBe(1000)
})

test('parts that are missing, beyond the end, or of an unknown upload are refused', async () => {
  const uploadId = idOf(await start())
  await keep(uploadId, 1)
  await expect(complete(uploadId)).rejects.toEqual(refusedWith('upload.length'))
  await expect(complete(uploadId, [1])).rejects.toEqual(refusedWith('upload.length'))
  await expect(complete(uploadId, [2, 1])).rejects.toEqual(refusedWith('upload.length'))
  await expect(part(uploadId, 3)).rejects.toEqual(refusedWith('input.invalid'))
  await expect(part('../../../etc', 1)).rejects.toEqual(refusedWith('not-found'))
  expect(await isThere()).toBe(false)
})

test('a photo that was not announced, or announced as a small one, has no parts', async () => {
  await expect(part('00000000-0000-4000-8000-000000000000', 1)).rejects.toEqual(refusedWith('not-found'))
  await server.handlers['scans.uploadUrl'](
    { ...none, body: { hash, bytes: 41, mediaType: 'image/jpeg' } },
    practice.key.caller,
  )
  await expect(part('00000000-0000-4000-8000-000000000000', 1)).rejects.toEqual(refusedWith('not-found'))
})

test("another practice can neither add to an upload nor end it, even with the upload's id", async () => {
  const other = await openPractice(server)
  const uploadId = idOf(await start())
  await expect(part(uploadId, 1, other.key.caller)).rejects.toEqual(refusedWith('not-found'))
  await start(other.key.caller) // it announces the same photo as its own
  await expect(part(uploadId, 1, other.key.caller)).rejects.toEqual(refusedWith('not-found'))
  await keep(uploadId, 1)
  await keep(uploadId, 2)
  await expect(complete(uploadId, [1, 2], other.key.caller)).rejects.toEqual(refusedWith('not-found'))
  expect(await complete(uploadId)).toEqual({ stored: true })
})

test('what was left for a day is removed, what is under way stays', async () => {
  const uploadId = idOf(await start())
  const deps = { objects: server.deps.objects, log: silentLogger }
  await pruneUploads(deps, Date.now())
  await keep(uploadId, 1)
  await pruneUploads(deps, Date.now() + 25 * 3_600_000)
  await expect(part(uploadId, 2)).rejects.toEqual(refusedWith('not-found'))
})
