import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CompleteUpload } from '../contract/api/shapes.ts'
import { PhotoHash } from '../contract/domain/ids.ts'
import { UPLOAD_PART_BYTES } from '../contract/domain/photos.ts'
import type { HttpClient } from './http-client.ts'
import type { PlannedPhoto } from './plan.ts'
import { uploadPhoto } from './upload.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const bytes = randomBytes(UPLOAD_PART_BYTES + 5)
const retry = { attempts: 3, firstMs: 1, sleep: async () => {} }
let folder: string
let photo: PlannedPhoto
/** What was asked for, and the sizes that were sent. */
let seen: (string | number)[]
let completed: CompleteUpload | undefined

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'loupe-upload-'))
  const file = path.join(folder, 'large.jpg')
  writeFileSync(file, bytes)
  const about = { row: 1, view: 'frontal', mirrored: 'none', stage: null, aligners: 'in', file: 'large.jpg' }
  const hash = PhotoHash.parse(hashOf(bytes))
  // What a manifest says besides is of no use here.
  photo = { ...about, path: file, hash, mediaType: 'image/jpeg', bytes: bytes.length } as PlannedPhoto
  seen = []
  completed = undefined
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const answer = (status: number, body: unknown) => ({ status, text: JSON.stringify(body) })
const address = { already: false, method: 'PUT', url: '/objects/part', headers: {}, expiresAtMs: 19e11 }

/** @param puts what the object store answers, one after the other; then it takes everything */
function clientOf(puts: readonly number[], start: number = 200): HttpClient {
  const waiting = [...puts]
  return {
    call: async ({ path: at, body }) => {
      const step = at.split('/').at(-1) ?? ''
      seen.push(step)
      if (step === 'uploads')
        return start === 200
          ? answer(200, { already: false, uploadId: 'one', partBytes: UPLOAD_PART_BYTES })
          : answer(start, { code: 'not-found', detail: {} })
      if (step !== 'complete') return answer(200, address)
      completed = CompleteUpload.parse(JSON.parse(String(body)))
      return answer(200, { stored: true })
    },
    put: async (_url, _headers, piece) => {
      seen.push(piece.length)
      return { status: waiting.shift() ?? 200, text: '', etag: `"${hashOf(piece)}"` }
    },
    close: () => {},
  }
}

test('a photo of more than 8 MiB goes in parts, of which one that failed is sent again alone', async () => {
  expect(await uploadPhoto(clientOf([200, 503]), retry, photo)).toBe('sent')
  expect(seen).toEqual(['uploads', 'part', UPLOAD_PART_BYTES, 'part', 5, 'part', 5, 'complete'])
  const [first, second] = [bytes.subarray(0, UPLOAD_PART_BYTES), bytes.subarray(UPLOAD_PART_BYTES)].map(hashOf)
  expect(completed?.parts).toEqual([
    { part: 1, etag: `"${first}"`, sha256: first },
    { part: 2, etag: `"${second}"`, sha256: second },
  ])
})

test('a server that knows no parts gets it in one request', async () => {
  expect(await uploadPhoto(clientOf([], 404), retry, photo)).toBe('sent')
  expect(seen).toEqual(['uploads', 'upload-url', bytes.length])
})

test('a file that changed since the run began is not sent', async () => {
  writeFileSync(photo.path, randomBytes(UPLOAD_PART_BYTES + 5))
  await expect(uploadPhoto(clientOf([]), retry, photo)).rejects.toMatchObject({ code: 'upload.length' })
  expect(seen).toEqual([])
})
