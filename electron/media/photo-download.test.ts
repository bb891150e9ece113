import { createHash, randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { silentLogger } from '../platform/logger.ts'
import { type Handle, startTestServer } from '../platform/testing-server.ts'
import { downloadPhoto } from './photo-download.ts'
import { CHUNK_BYTES, HEAD_BYTES, SEALED_CHUNK_BYTES } from './sealed-bytes.ts'
import { openSealedFolder, type SealedFolder } from './sealed-folder.ts'

const MIB = 1024 * 1024
const NAME = ['photo', 'original']
const WHOLE = 5 * CHUNK_BYTES + 777
const key = randomBytes(32)
let plain: Buffer
let temporary: string
let folder: SealedFolder
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
/** What was asked for; null for the whole. */
let ranges: (string | null)[]
let sentBytes: number
let handle: Handle

beforeEach(async () => {
  plain = randomBytes(WHOLE)
  temporary = mkdtempSync(path.join(tmpdir(), 'loupe-download-'))
  folder = openSealedFolder(temporary, key)
  ranges = []
  sentBytes = 0
  handle = (request, response) => answerRange(request.headers.range, response)
  server = await startTestServer((request, response) => {
    ranges.push(request.headers.range ?? null)
    handle(request, response)
  })
  http = createHttpsClient(server.caFile)
})
afterEach(async () => {
  await http.close()
  server.stop()
  rmSync(temporary, { recursive: true, force: true })
})

/** As both object stores answer; `cutAfter` bytes the connection breaks. */
function answerRange(range: string | undefined, response: ServerResponse, bytes = plain, cutAfter = Infinity): void {
  const from = range === undefined ? 0 : Number(/^bytes=(\d+)-$/.exec(range)?.[1])
  const rest = bytes.subarray(from)
  const length = { 'content-length': rest.byteLength }
  if (from >= bytes.byteLength)
    return void response.writeHead(416, { 'content-range': `bytes */${bytes.byteLength}` }).end()
  if (range === undefined) response.writeHead(200, length)
  else {
    const contentRange = `bytes ${from}-${bytes.byteLength - 1}/${bytes.byteLength}`
    response.writeHead(206, { ...length, 'content-range': contentRange })
  }
  sentBytes += Math.min(rest.byteLength, cutAfter)
  if (cutAfter >= rest.byteLength) response.end(rest)
  else response.write(rest.subarray(0, cutAfter), () => response.destroy())
}
const breakAfter = (bytes: number) => {
  handle = (request, response) => answerRange(request.headers.range, response, plain, bytes)
}
const heal = () => {
  handle = (request, response) => answerRange(request.headers.range, response)
}

function download(isStopped = () => false) {
  const [hash = '', size = ''] = NAME
  const sha256 = createHash('sha256').update(plain).digest('hex')
  const photo = { hash, size, sha256, bytes: plain.byteLength, rank: 1, needMs: 0 }
  const seams = { http, serverUrl: server.url, logger: silentLogger, folder, isStopped }
  return downloadPhoto(seams, photo, '/objects/one')
}
/** As after a kill: only the disk is left. */
const reopen = () => (folder = openSealedFolder(temporary, key))
const files = () =>
  readdirSync(temporary, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
const partial = () => files().find((file) => file.endsWith('.partial')) ?? ''

describe('a download that breaks off', () => {
  it('goes on where it was, from however random a byte, and no byte on disk is fetched twice', async () => {
    const shown: unknown[] = []
    let attempts = 0
    for (let end = 'further'; end !== 'here'; attempts++) {
      if (attempts < 12) breakAfter(randomInt(1, 2 * CHUNK_BYTES))
      else heal()
      reopen()
      end = await download()
      shown.push(end === 'here' ? 'whole' : await folder.find(NAME))
    }
    expect(new Set(shown.slice(0, -1))).toEqual(new Set([undefined]))
    expect((await folder.find(NAME))?.equals(plain)).toBe(true)
    expect(files()).toHaveLength(1)
    expect(sentBytes).toBeLessThan(WHOLE + attempts * CHUNK_BYTES) // of each break at most one begun chunk
  })

  it('has nothing plain on disk, and is found by nobody before it is whole', async () => {
    breakAfter(3 * CHUNK_BYTES + 5000)
    expect(await download()).toBe('further')
    expect(await folder.find(NAME)).toBeUndefined()
    const bytes = readFileSync(partial())
    expect(bytes.byteLength).toBe(HEAD_BYTES + 3 * SEALED_CHUNK_BYTES)
    for (let at = 0; at + 16 <= WHOLE; at += 4096) expect(bytes.includes(plain.subarray(at, at + 16))).toBe(false)
  })

  it('says whether it came any further', async () => {
    breakAfter(CHUNK_BYTES + 10)
    expect(await download()).toBe('further')
    breakAfter(CHUNK_BYTES / 2)
    expect(await download()).toBe('not-now')
    heal()
    expect(await download()).toBe('here')
    expect(ranges).toEqual([null, `bytes=${CHUNK_BYTES}-`, `bytes=${CHUNK_BYTES}-`])
  })

  it.each([
    ['cut inside a chunk', (file: string) => truncateSync(file, HEAD_BYTES + 2 * SEALED_CHUNK_BYTES - 7), 1],
    ['cut inside its head', (file: string) => truncateSync(file, 9), 0],
    ['damaged in its second chunk', (file: string) => flipBit(file, HEAD_BYTES + SEALED_CHUNK_BYTES + 99), 1],
    ['of another key', (file: string) => writeFileSync(file, randomBytes(3 * SEALED_CHUNK_BYTES)), 0],
  ])('goes on from the last whole chunk of a file that was %s', async (_what, spoil, chunks) => {
    breakAfter(4 * CHUNK_BYTES)
    await download()
    spoil(partial())
    heal()
    reopen()
    expect(await download()).toBe('here')
    expect(ranges.at(-1)).toBe(chunks === 0 ? null : `bytes=${chunks * CHUNK_BYTES}-`)
    expect((await folder.find(NAME))?.equals(plain)).toBe(true)
  })

  it('when the process ended between the last byte and the name asks for nothing more', async () => {
    const all = await folder.resume(NAME, WHOLE)
    await all.append(plain)
    await all.close()
    reopen()
    expect(await download()).toBe('here')
    expect(ranges).toEqual([])
  })

  it('stops with its workstation and keeps what came', async () => {
    const asked = { times: 0 }
    expect(await download(() => ++asked.times > 8)).toBe('not-now')
    expect(await folder.find(NAME)).toBeUndefined()
    expect(await download()).toBe('here')
  })
})

describe('bytes that are not the promised ones', () => {
  const other = (bytes: number) => randomBytes(bytes)
  it.each([
    ['another object behind the same address', () => other(WHOLE)],
    ['a shorter one', () => other(CHUNK_BYTES + 3)],
    ['a much shorter one', () => other(3)],
    ['a longer one', () => other(WHOLE + 1)],
  ])('%s: never kept, thrown away, and fetched from the start once it is right', async (_what, make) => {
    for (const before of [0, 2 * CHUNK_BYTES]) {
      ranges = []
      breakAfter(before)
      if (before > 0) await download()
      const wrong = make()
      handle = (request, response) => answerRange(request.headers.range, response, wrong)
      expect(await download()).toBe('not-now')
      expect(await folder.find(NAME)).toBeUndefined()
      heal()
      expect(await download()).toBe('here')
      expect((await folder.find(NAME))?.equals(plain)).toBe(true)
      await folder.remove(NAME)
    }
  })

  it('a beginning that turns out wrong costs its whole photo once, and no more', async () => {
    handle = (request, response) => answerRange(request.headers.range, response, other(WHOLE), 2 * CHUNK_BYTES)
    expect(await download()).toBe('further')
    heal()
    expect(await download()).toBe('not-now')
    expect(files()).toEqual([])
    expect(await download()).toBe('here')
    expect(ranges).toEqual([null, `bytes=${2 * CHUNK_BYTES}-`, null])
  })

  it('a server without ranges sends all of it again, and that is taken', async () => {
    breakAfter(2 * CHUNK_BYTES)
    await download()
    handle = (_request, response) => answerRange(undefined, response)
    expect(await download()).toBe('here')
    expect((await folder.find(NAME))?.equals(plain)).toBe(true)
  })

  it('an error leaves what is there for the next attempt', async () => {
    breakAfter(2 * CHUNK_BYTES)
    await download()
    handle = (_request, response) => void response.writeHead(503).end('busy')
    expect(await download()).toBe('not-now')
    heal()
    expect(await download()).toBe('here')
    expect(ranges.at(-1)).toBe(`bytes=${2 * CHUNK_BYTES}-`)
  })
})

it('a beginning that nobody goes on with is removed after a week', async () => {
  breakAfter(2 * CHUNK_BYTES)
  await download()
  await reopen().removeDrafts()
  expect(files()).toHaveLength(1)
  const eightDaysAgo = Date.now() / 1000 - 8 * 86_400
  utimesSync(partial(), eightDaysAgo, eightDaysAgo)
  await reopen().removeDrafts()
  expect(files()).toEqual([])
})

it('a file of 64 MiB is never in memory, and once when it is read', async () => {
  setFlagsFromString('--expose_gc')
  const collect = runInNewContext('gc') as () => void // what the flag gives to new contexts
  const held = async () => {
    collect()
    await immediate() // what was collected is given back beside the next turn
    collect()
    return process.memoryUsage().arrayBuffers
  }
  const part = randomBytes(MIB)
  const before = await held()
  const file = await folder.resume(NAME, 64 * MIB)
  let most = 0
  for (let index = 0; index < 64; index++) {
    await file.append(part)
    if (index % 8 === 0) most = Math.max(most, (await held()) - before)
  }
  await file.keep()
  await file.close()
  expect(most).toBeLessThan(16 * MIB)
  const whole = await folder.find(NAME)
  expect(whole?.byteLength).toBe(64 * MIB)
  expect((await held()) - before).toBeLessThan(80 * MIB)
})

function flipBit(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(file, bytes)
}
