import { createHash, randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UPLOAD_PART_BYTES } from '../../server/contract/domain/photos.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { createServerApi } from '../platform/server-api.ts'
import { answerJson, type Handle, startTestServer } from '../platform/testing-server.ts'
import { findUpload } from '../store/imports/uploads.ts'
import { openTestStore } from '../store/testing.ts'
import { uploadPhoto } from './upload-photo.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const bytes = randomBytes(2 * UPLOAD_PART_BYTES + 77)
const photo = { hash: sha256(bytes), bytes, mediaType: 'image/jpeg' as const }
type Step = 'uploadUrl' | 'start' | 'part' | 'put' | 'complete'

let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
/** Parts that the object store took, in order. */
let puts: string[]
let whole: string | undefined
let uploads: Map<string, Map<number, string>>
let asked: Step[]
/** Answers the nth time that a step is asked for. */
let instead: (step: Step, nth: number) => Handle | undefined

beforeEach(async () => {
  store = openTestStore()
  puts = []
  asked = []
  whole = undefined
  uploads = new Map()
  instead = () => undefined
  server = await startTestServer((request, response) => {
    const step = stepOf(request.method, request.url.pathname)
    asked.push(step)
    const other = instead(step, asked.filter((one) => one === step).length)
    ;(other ?? ANSWERS[step])(request, response)
  })
  http = createHttpsClient(server.caFile)
})
afterEach(async () => {
  await http.close()
  server.stop()
  store.remove()
})

function stepOf(method: string, pathname: string): Step {
  if (method === 'PUT') return 'put'
  const steps = { part: 'part', complete: 'complete', uploads: 'start' } as const
  return steps[pathname.split('/').at(-1) as keyof typeof steps] ?? 'uploadUrl' // a name that is none of them
}
type Asked = { uploadId: string; part: number; sha256: string; parts: { part: number; etag: string }[] }
const notFound = (response: ServerResponse) => answerJson(response, 404, { code: 'not-found', detail: {} })
const address = (url: string) => ({ already: false, method: 'PUT', url, headers: {}, expiresAtMs: 19e11 })
const ANSWERS: Record<Step, Handle> = {
  uploadUrl: (_request, response) => answerJson(response, 200, address('/objects/whole')),
  start: (_request, response) => {
    const uploadId = `upload-${uploads.size}`
    uploads.set(uploadId, new Map())
    answerJson(response, 200, { already: false, uploadId, partBytes: UPLOAD_PART_BYTES })
  },
  part: ({ body }, response) => {
    const { uploadId, part } = body as Asked // what the client sent
    if (uploads.has(uploadId)) answerJson(response, 200, address(`/objects/${uploadId}/${part}`))
    else notFound(response)
  },
  put: ({ url, body }, response) => {
    const [uploadId = '', part = ''] = url.pathname.split('/').slice(-2)
    puts.push(part)
    const text = String(body)
    if (part === 'whole') whole = text
    else uploads.get(uploadId)?.set(Number(part), text)
    response.writeHead(200, { etag: `"${part}"` }).end()
  },
  complete: ({ body }, response) => {
    const { uploadId, parts } = body as Asked // what the client sent
    const sent = uploads.get(uploadId)
    if (sent === undefined) return notFound(response)
    expect(parts.map(({ part, etag }) => [part, etag])).toEqual([1, 2, 3].map((part) => [part, `"${part}"`]))
    whole = parts.map(({ part }) => sent.get(part) ?? '').join('')
    answerJson(response, 200, { stored: true })
  },
}
const cut: Handle = (_request, response) => void response.destroy()

function upload(what: { hash: string; bytes: Buffer; mediaType: 'image/jpeg' } = photo, isStopped = () => false) {
  const api = createServerApi(http, server.url, async () => 'token')
  return uploadPhoto({ db: store.db, http, serverUrl: server.url, isStopped }, api, what)
}
const arrived = () => (whole === undefined ? undefined : sha256(Buffer.from(whole, 'latin1')))
const retryable = expect.objectContaining({ code: expect.stringMatching(/^server\./) as string })

describe('a photo of more than 8 MiB', () => {
  it('goes in parts, and leaves nothing to remember', async () => {
    await upload()
    expect(arrived()).toBe(photo.hash)
    expect(puts).toEqual(['1', '2', '3'])
    expect(findUpload(store.db, photo.hash)).toBeUndefined()
  })

  it.each([
    { what: 'while the first part travels', step: 'put', nth: 1, stored: 0, again: ['1', '2', '3'] },
    { what: 'while the second part travels', step: 'put', nth: 2, stored: 1, again: ['2', '3'] },
    { what: 'before the third address comes', step: 'part', nth: 3, stored: 2, again: ['3'] },
    { what: 'while it is completed', step: 'complete', nth: 1, stored: 3, again: [] },
  ] as const)('goes on at the first missing part when it ends $what', async ({ step, nth, stored, again }) => {
    instead = (at, count) => (at === step && count >= nth ? cut : undefined)
    await expect(upload()).rejects.toEqual(retryable)
    expect(findUpload(store.db, photo.hash)?.parts).toHaveLength(stored)
    instead = () => undefined
    puts = []
    await upload()
    expect(puts).toEqual(again)
    expect(arrived()).toBe(photo.hash)
    expect(uploads.size).toBe(1)
  })

  it('after a kill between the answer and its note sends no part that the server says it has', async () => {
    instead = (at, count) => (at === 'put' && count > 1 ? cut : undefined)
    await expect(upload()).rejects.toEqual(retryable)
    instead = (at, count) =>
      at === 'part' && count === 3
        ? (_request, response) => answerJson(response, 200, { already: true, etag: '"2"' })
        : undefined
    uploads.get('upload-0')?.set(2, bytes.subarray(UPLOAD_PART_BYTES, 2 * UPLOAD_PART_BYTES).toString('latin1'))
    puts = []
    await upload()
    expect(puts).toEqual(['3'])
    expect(arrived()).toBe(photo.hash)
  })

  it.each(['part', 'put', 'complete'] as const)('begins anew when the server gave it up (%s)', async (step) => {
    instead = (at, count) => (at === step && count === 1 ? (_request, response) => notFound(response) : undefined)
    await expect(upload()).rejects.toEqual(retryable)
    expect(findUpload(store.db, photo.hash)).toBeUndefined()
    await upload()
    expect(uploads.size).toBe(2)
    expect(arrived()).toBe(photo.hash)
  })

  it('goes in one request to a server that knows no parts', async () => {
    instead = (at) => (at === 'start' ? (_request, response) => notFound(response) : undefined)
    await upload()
    expect(asked).toEqual(['start', 'uploadUrl', 'put'])
    expect(arrived()).toBe(photo.hash)
  })

  it('writes nothing after its workstation has stopped', async () => {
    await expect(upload(photo, () => asked.includes('put'))).rejects.toEqual(retryable)
    expect(findUpload(store.db, photo.hash)?.parts).toEqual([])
  })
})

it('a photo of up to 8 MiB goes in one request, as before', async () => {
  const small = randomBytes(UPLOAD_PART_BYTES)
  await upload({ hash: sha256(small), bytes: small, mediaType: 'image/jpeg' })
  expect(asked).toEqual(['uploadUrl', 'put'])
})
