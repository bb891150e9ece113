import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ObjectStore } from './objects.ts'

/** One store under test and what the suite must know about it. */
export type StoreUnderTest = {
  readonly store: ObjectStore
  /** The same objects with another secret: what somebody without ours can sign. */
  readonly withWrongSecret: ObjectStore
  /** Authority for its addresses' TLS; undefined for plain HTTP on loopback. */
  readonly ca: string | undefined
  /** Whether the store itself refuses bytes of the right length with another hash. Otherwise the publisher hashes them. */
  readonly checksHash: boolean
  /** Moves time past `seconds` from now for whoever judges expiry. */
  passTime(seconds: number): Promise<void>
  stop(): Promise<void>
}

const mediaType = 'image/jpeg'
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const factsOf = (bytes: Uint8Array) => ({ bytes: bytes.length, mediaType, sha256: hashOf(bytes) })
const newKey = () => `${randomUUID()}/photos/${randomBytes(32).toString('hex')}/original`

/** What every object store must do; run against the folder and against a real S3 server. */
export function objectStoreContract(start: () => Promise<StoreUnderTest>): void {
  let under: StoreUnderTest
  let store: ObjectStore
  beforeAll(async () => {
    under = await start()
    store = under.store
  })
  afterAll(() => under?.stop())

  async function sign(key: string, bytes: Uint8Array, from = store) {
    const signed = await from.signUpload(key, factsOf(bytes), 120)
    return (body: Uint8Array, over: Record<string, string> = {}) =>
      send(signed.url, { method: 'PUT', headers: { ...signed.headers, ...over } }, under.ca, body)
  }

  test('a signed upload arrives whole and can be read back', async () => {
    const [key, bytes] = [newKey(), randomBytes(700_001)]
    const put = await sign(key, bytes)
    expect((await put(bytes)).status).toBe(200)
    expect(await store.head(key)).toEqual({ bytes: bytes.length })
    expect(Buffer.from(await store.get(key)).equals(bytes)).toBe(true)
  })

  test('an upload signed with another secret is refused and leaves nothing', async () => {
    const [key, bytes] = [newKey(), randomBytes(100)]
    const put = await sign(key, bytes, under.withWrongSecret)
    expect((await put(bytes)).status).toBe(403)
    expect(await store.head(key)).toBeUndefined()
  })

  test.each([99, 101])('%i bytes to an address for 100 are refused and leave nothing', async (count) => {
    const [key, bytes] = [newKey(), randomBytes(100)]
    const put = await sign(key, bytes)
    expect((await put(randomBytes(count))).status).toBeGreaterThanOrEqual(400)
    expect(await store.head(key)).toBeUndefined()
  })

  test('another media type than the signed one is refused', async () => {
    const [key, bytes] = [newKey(), randomBytes(100)]
    const put = await sign(key, bytes)
    expect((await put(bytes, { 'content-type': 'text/html' })).status).toBe(403)
    expect(await store.head(key)).toBeUndefined()
  })

  test('an upload without the condition that protects what is there is refused', async () => {
    const [key, bytes] = [newKey(), randomBytes(100)]
    const signed = await store.signUpload(key, factsOf(bytes), 120)
    const { 'if-none-match': _left, ...headers } = signed.headers
    expect((await send(signed.url, { method: 'PUT', headers }, under.ca, bytes)).status).toBe(403)
  })

  test('what is there is not overwritten', async () => {
    const [key, bytes] = [newKey(), randomBytes(100)]
    const put = await sign(key, bytes)
    expect((await put(bytes)).status).toBe(200)
    expect((await put(bytes)).status).toBe(412)
  })

  test('of eight racing writers one wins', async () => {
    const [key, bytes] = [newKey(), randomBytes(200_000)]
    const put = await sign(key, bytes)
    const answers = await Promise.all(Array.from({ length: 8 }, () => put(bytes)))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(Buffer.from(await store.get(key)).equals(bytes)).toBe(true)
  })

  test('bytes with another hash never pass for the announced ones', async () => {
    const [key, bytes] = [newKey(), randomBytes(100)]
    const put = await sign(key, bytes)
    const { status } = await put(randomBytes(100))
    const stored = (await store.head(key)) === undefined ? 'nothing' : hashOf(await store.get(key))
    expect(stored).not.toBe(hashOf(bytes))
    // A store that does not look keeps them under their own hash: whoever publishes a photo hashes it first.
    expect({ status, isStored: stored !== 'nothing' }).toEqual(
      under.checksHash ? { status: 400, isStored: false } : { status: 200, isStored: true },
    )
  })

  test('an address is of no use for another object', async () => {
    const [key, other, bytes] = [newKey(), newKey(), randomBytes(100)]
    const signed = await store.signUpload(key, factsOf(bytes), 120)
    const moved = signed.url.replace(key, other)
    expect((await send(moved, { method: 'PUT', headers: signed.headers }, under.ca, bytes)).status).toBe(403)
    await store.put(other, bytes, mediaType)
    const download = await store.signDownload(key, 120)
    expect((await send(download.replace(key, other), {}, under.ca)).status).toBe(403)
  })

  test('a download address reads all, a range, and says when a range is beyond the end', async () => {
    const [key, bytes] = [newKey(), randomBytes(1000)]
    await store.put(key, bytes, mediaType)
    const url = await store.signDownload(key, 120)
    const ask = (range?: string) => send(url, { headers: range === undefined ? {} : { range } }, under.ca)
    expect(await ask()).toMatchObject({ status: 200, body: bytes })
    const part = await ask('bytes=100-199')
    expect(part).toMatchObject({ status: 206, body: bytes.subarray(100, 200) })
    expect(part.headers['content-range']).toBe('bytes 100-199/1000')
    expect(await ask('bytes=900-')).toMatchObject({ status: 206, body: bytes.subarray(900) })
    expect(await ask('bytes=-10')).toMatchObject({ status: 206, body: bytes.subarray(990) })
    expect((await ask('bytes=1000-')).status).toBe(416)
  })

  test('a download signed with another secret, and one of nothing, are refused', async () => {
    const key = newKey()
    const nothing = await store.signDownload(key, 120)
    expect((await send(nothing, {}, under.ca)).status).toBe(404)
    await store.put(key, randomBytes(10), mediaType)
    const forged = await under.withWrongSecret.signDownload(key, 120)
    expect((await send(forged, {}, under.ca)).status).toBe(403)
  })

  test('addresses end', async () => {
    const [key, bytes] = [newKey(), randomBytes(100)]
    const upload = await store.signUpload(key, factsOf(bytes), 1)
    const download = await store.signDownload(key, 1)
    await under.passTime(3)
    expect((await send(upload.url, { method: 'PUT', headers: upload.headers }, under.ca, bytes)).status).toBe(403)
    expect((await send(download, {}, under.ca)).status).toBe(403)
  })

  test('the server writes, writes again, and deletes', async () => {
    const key = newKey()
    await store.put(key, Buffer.from('one'), mediaType)
    await store.put(key, Buffer.from('one'), mediaType)
    expect(Buffer.from(await store.get(key)).toString()).toBe('one')
    await store.delete(key)
    await store.delete(key)
    expect(await store.head(key)).toBeUndefined()
    await expect(store.get(key)).rejects.toMatchObject({ code: 'not-found' })
  })

  const PART = 8 * 1024 * 1024
  /** Sends the parts named. @returns what completes them */
  async function sendParts(key: string, uploadId: string, bytes: Uint8Array, numbers: readonly number[]) {
    const done = []
    for (const part of numbers) {
      const piece = bytes.subarray((part - 1) * PART, part * PART)
      const sha256 = hashOf(piece)
      const signed = await store.parts.signPart(key, uploadId, { part, bytes: piece.length, sha256 }, 120)
      if ('etag' in signed) {
        done.push({ part, sha256, etag: signed.etag })
        continue
      }
      const answer = await send(signed.url, { method: 'PUT', headers: signed.headers }, under.ca, piece)
      expect(answer.status).toBe(200)
      done.push({ part, sha256, etag: String(answer.headers['etag']) })
    }
    return done
  }
  const wholeOf = (bytes: Uint8Array) => ({ bytes: bytes.length, sha256: hashOf(bytes) })

  test('parts become one object when they are joined, and not before', async () => {
    const [key, bytes] = [newKey(), randomBytes(2 * PART + 5)]
    const uploadId = await store.parts.start(key, mediaType)
    const first = await sendParts(key, uploadId, bytes, [1, 3])
    expect(await store.head(key)).toBeUndefined()
    const again = await sendParts(key, uploadId, bytes, [1, 2]) // as after a kill that forgot the first
    const parts = [...again, ...first.slice(1)]
    await store.parts.complete(key, uploadId, { parts, ...wholeOf(bytes) })
    expect(await store.head(key)).toEqual({ bytes: bytes.length })
    expect(Buffer.from(await store.get(key)).equals(bytes)).toBe(true)
  })

  test('a part of another length, of another upload, or by another hand is refused', async () => {
    const [key, bytes] = [newKey(), randomBytes(PART + 9)]
    const uploadId = await store.parts.start(key, mediaType)
    const sha256 = hashOf(bytes.subarray(PART))
    const what = { part: 2, bytes: 9, sha256 }
    for (const from of [store, under.withWrongSecret]) {
      const signed = await from.parts.signPart(key, uploadId, what, 120)
      if ('etag' in signed) throw new Error('nothing was sent')
      const body = from === store ? randomBytes(10) : bytes.subarray(PART)
      const answer = await send(signed.url, { method: 'PUT', headers: signed.headers }, under.ca, body)
      expect(answer.status).toBeGreaterThanOrEqual(400)
    }
    const elsewhere = sendParts(newKey(), uploadId, bytes, [1]).then(
      () => 'taken',
      () => 'refused',
    )
    expect(await elsewhere).toBe('refused')
  })

  test('parts that were not sent, or not as they are named, become nothing', async () => {
    const [key, bytes] = [newKey(), randomBytes(PART + 9)]
    const uploadId = await store.parts.start(key, mediaType)
    const [one] = await sendParts(key, uploadId, bytes, [1])
    if (one === undefined) throw new Error('one was sent')
    const never = { part: 2, etag: `"${'0'.repeat(32)}"`, sha256: hashOf(bytes.subarray(PART)) }
    const complete = (parts: (typeof one)[]) => store.parts.complete(key, uploadId, { parts, ...wholeOf(bytes) })
    await expect(complete([one, never])).rejects.toMatchObject({ code: 'upload.length' })
    await expect(complete([{ ...one, etag: never.etag }, never])).rejects.toMatchObject({ code: 'upload.length' })
    expect(await store.head(key)).toBeUndefined()
  })

  test('joining does not overwrite what is there', async () => {
    const [key, bytes] = [newKey(), randomBytes(PART + 9)]
    const uploadId = await store.parts.start(key, mediaType)
    const parts = await sendParts(key, uploadId, bytes, [1, 2])
    const other = randomBytes(20)
    await store.put(key, other, mediaType)
    await store.parts.complete(key, uploadId, { parts, ...wholeOf(bytes) })
    expect(Buffer.from(await store.get(key)).equals(other)).toBe(true)
  })

  test('an upload that ended, was given up, or was left for a day is unknown', async () => {
    const bytes = randomBytes(PART + 9)
    const end: ((key: string, uploadId: string) => Promise<unknown>)[] = [
      (key, uploadId) => store.parts.abort(key, uploadId),
      () => store.parts.removeStale(Date.now() + 60_000),
    ]
    for (const endIt of end) {
      const key = newKey()
      const uploadId = await store.parts.start(key, mediaType)
      const parts = await sendParts(key, uploadId, bytes, [1, 2])
      expect(await store.parts.removeStale(Date.now() - 60_000)).toBe(0)
      await endIt(key, uploadId)
      await store.parts.abort(key, uploadId) // twice is once
      await expect(store.parts.complete(key, uploadId, { parts, ...wholeOf(bytes) })).rejects.toMatchObject({
        code: 'not-found',
      })
      expect(await store.head(key)).toBeUndefined()
    }
  })

  test('it says that it can be reached', async () => {
    expect(await store.isReachable()).toBe(true)
  })
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }

/** node:http rather than fetch: it sends the headers it is given and nothing else. */
async function send(url: string, options: RequestOptions, ca: string | undefined, body?: Uint8Array): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const request = url.startsWith('https:') ? httpsRequest : httpRequest
  const length = body === undefined ? {} : { 'content-length': body.length }
  const headers = { ...(options.headers as Record<string, string>), ...length }
  const sent = request(url, { ...options, headers, ...(ca === undefined ? {} : { ca }) }, (answer) => {
    text(answer.setEncoding('latin1')).then(
      (read) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.from(read, 'latin1') }),
      reject,
    )
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}
