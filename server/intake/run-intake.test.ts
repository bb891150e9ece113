import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IntakeDeps, IntakeResult } from './run-intake.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'
import { runIntake } from './run-intake.ts'
import { exitCodeOf, resultJson, resultLines, sessionLines } from './summary.ts'
import { type Fault, KEY, type Step, startTestServer, type TestServer } from './testing.ts'

let server: TestServer
let folder: string
let manifest: string
const clients: HttpClient[] = []

const ROWS = [
  ['p1', '2026-06-01', 'frontal', 'a.jpg'],
  ['p1', '2026-06-01', 'buccal_left', 'b.jpg'],
  ['p1', '2026-07-01', 'frontal', 'c.jpg'],
  ['p2', '2026-06-01', 'frontal', 'd.jpg'],
  ['p2', '2026-06-01', 'occlusal_upper', 'e.jpg'],
  ['p3', '2026-06-01', 'frontal', 'a.jpg'], // the same photo as p1's
]
const FILES = 5

beforeEach(async () => {
  server = await startTestServer()
  folder = mkdtempSync(path.join(tmpdir(), 'loupe-intake-'))
  for (const name of ['a', 'b', 'c', 'd', 'e']) writeFileSync(path.join(folder, `${name}.jpg`), jpegLike(name))
  manifest = path.join(folder, 'manifest.csv')
  writeFileSync(manifest, ['patient,captured_on,view,file', ...ROWS.map((row) => row.join(','))].join('\n'))
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await server.close()
  rmSync(folder, { recursive: true })
})

function run(key = KEY, deps: Partial<IntakeDeps> = {}): Promise<IntakeResult> {
  const client = createHttpClient({ serverUrl: server.url, key, ca: server.ca })
  clients.push(client)
  const retry = { attempts: 4, firstMs: 1, sleep: async () => {} }
  const all: IntakeDeps = { client, retry, today: '2026-08-01', pollMs: 1, polls: 20, ...deps }
  return runIntake({ manifest, practice: 'Northside' }, all)
}

function sent(result: IntakeResult) {
  if (result.kind !== 'sent') throw new Error('Not sent')
  return result
}

test('every session is created once with its photos, and the same photo of two sessions travels once', async () => {
  const result = sent(await run())
  expect(exitCodeOf(result)).toBe(0)
  expect(server.sessions.size).toBe(4)
  expect([...server.objects.keys()].toSorted()).toEqual(
    ['a', 'b', 'c', 'd', 'e'].map((name) => hashOf(jpegLike(name))).toSorted(),
  )
  expect(resultLines(result)).toEqual([expect.stringContaining('4 of 4 sessions published')])
})

test('a second run changes nothing and sends no byte again', async () => {
  await run()
  const before = JSON.stringify([...server.sessions])
  const puts = server.asked.put
  const again = sent(await run())
  expect(exitCodeOf(again)).toBe(0)
  expect(JSON.stringify([...server.sessions])).toBe(before)
  expect(server.asked.put).toBe(puts)
})

const FAULTS: [string, Step, Fault][] = [
  ['a busy server while asking for an address', 'scans.uploadUrl', 'server.busy'],
  ['too many requests', 'scans.uploadUrl', 'rate.limited'],
  ['a proxy page instead of an answer', 'scans.createSession', 'html'],
  ['a connection cut during an upload', 'put', 'reset'],
  ['a connection cut after an upload arrived', 'put', 'reset-after'],
  ['an expired upload address', 'put', 'upload.signature'],
  ['a session created whose answer got lost', 'scans.createSession', 'reset-after'],
  ['a failing poll', 'scans.getSession', 'internal'],
]

test.each(FAULTS)('%s is overcome in the same run, without doubles', async (_, step, fault) => {
  server.fault = (at, nth) => (at === step && nth % 2 === 1 && nth < 6 ? fault : undefined)
  const result = sent(await run())
  expect(exitCodeOf(result)).toBe(0)
  expect(server.sessions.size).toBe(4)
  expect(server.objects.size).toBe(FILES)
})

test.each(FAULTS.filter(([, , fault]) => fault !== 'upload.signature'))(
  '%s that lasts ends the run, and the next run finishes it, wherever it broke',
  async (_, step, fault) => {
    for (let allowed = 0; allowed < 6; allowed++) {
      server.asked[step] = 0
      server.fault = (at, nth) => (at === step && nth > allowed ? fault : undefined)
      const broken = sent(await run())
      if (exitCodeOf(broken) === 0) break
      expect(exitCodeOf(broken)).toBe(3)
    }
    server.fault = () => undefined
    expect(exitCodeOf(sent(await run()))).toBe(0)
    expect(server.sessions.size).toBe(4)
    expect(server.objects.size).toBe(FILES)
  },
)

test('the key of another practice sends nothing', async () => {
  server.practice = 'Southside'
  const result = await run()
  expect(result).toEqual({ kind: 'practice', named: 'Northside', keyOf: 'Southside' })
  expect(server.asked).toEqual({ 'scans.uploadUrl': 0, put: 0, 'scans.createSession': 0, 'scans.getSession': 0 })
})

test('a wrong key ends the run at once', async () => {
  const result = sent(await run('wrong'))
  expect(result.code).toBe('auth.required')
  expect(exitCodeOf(result)).toBe(3)
  expect(server.objects.size).toBe(0)
})

test('a server with another authority is not trusted', async () => {
  const client = createHttpClient({ serverUrl: server.url, key: KEY, ca: undefined })
  clients.push(client)
  const result = sent(await run(KEY, { client }))
  expect(result.code).toBe('server.unreachable')
  expect(server.asked['scans.uploadUrl']).toBe(0) // the key never left
})

test('a refused photo is told with its row and what to do, beside the published others', async () => {
  server.refusalOf = (hash) => (hash === hashOf(jpegLike('e')) ? 'truncated' : null)
  const result = sent(await run())
  expect(exitCodeOf(result)).toBe(1)
  expect(result.outcomes.flatMap(sessionLines).join('\n')).toMatch(
    /row 6, occlusal_upper, e\.jpg: The end of the file is missing/,
  )
  expect(JSON.parse(resultJson(result))).toMatchObject({
    exitCode: 1,
    published: 4,
    refused: [{ row: 6, view: 'occlusal_upper', refusal: 'truncated' }],
  })
})

test('a session that was sent with other photos before fails alone', async () => {
  await run()
  writeFileSync(path.join(folder, 'd.jpg'), jpegLike('another'))
  const result = sent(await run())
  expect(exitCodeOf(result)).toBe(1)
  expect(
    result.outcomes.filter(({ code }) => code === 'conflict.exists').map(({ session }) => session.patient),
  ).toEqual(['p2'])
})

test('a session that is never published ends the wait, not the run', async () => {
  server.pollsToPublish = 1000
  const result = sent(await run(KEY, { polls: 3 }))
  expect(result.outcomes.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'failed'])
  expect(exitCodeOf(result)).toBe(1)
})

test('a photo that changes after the check is not sent under its old name', async () => {
  const result = sent(
    await run(KEY, { onPlanned: () => writeFileSync(path.join(folder, 'b.jpg'), jpegLike('changed')) }),
  )
  expect(server.objects.has(hashOf(jpegLike('changed')))).toBe(false)
  expect(result.outcomes.filter(({ code }) => code === 'upload.length')).toHaveLength(1)
})

test('nothing is asked of the server when any row is wrong', async () => {
  writeFileSync(path.join(folder, 'empty.jpg'), '')
  writeFileSync(
    manifest,
    [
      'patient,captured_on,view,file',
      'p1,2026-06-01,frontal,a.jpg',
      'p1,2026-06-01,buccal_left,missing.jpg',
      'p1,2026-06-01,buccal_right,empty.jpg',
      'p1,2026-06-01,occlusal_upper,a.jpg',
      'p1,2026-02-30,frontal,b.jpg',
    ].join('\n'),
  )
  const result = await run()
  expect(result).toEqual({
    kind: 'manifest',
    problems: [
      { row: 3, say: 'missing.jpg: There is no such file.' },
      { row: 4, say: 'empty.jpg: The file is empty.' },
      { row: 5, say: 'a.jpg is the same photo as in row 2.' },
      { row: 6, say: '“2026-02-30” is not a day that exists, written YYYY-MM-DD.' },
    ],
  })
  expect(exitCodeOf(result)).toBe(2)
  expect(Object.values(server.asked)).toEqual([0, 0, 0, 0])
})

function jpegLike(name: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(name.repeat(5000))])
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
