import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHttpsClient, type HttpsClient } from './https-client.ts'
import { type ServerClock, watchServerClock } from './server-clock.ts'
import { startTestServer } from './testing-server.ts'

const SERVER_MS = Date.UTC(2026, 10, 21, 12)
const MINUTE_MS = 60_000
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient & ServerClock
const behave = { nowMs: SERVER_MS, headers: {} as Record<string, string> }

beforeEach(async () => {
  Object.assign(behave, { nowMs: SERVER_MS, headers: {} })
  server = await startTestServer((_request, response) => {
    const date = new Date(SERVER_MS).toUTCString()
    response.writeHead(200, { 'content-type': 'application/json', date, ...behave.headers }).end('{}')
  })
  http = watchServerClock(createHttpsClient(server.caFile), server.url, { nowMs: () => behave.nowMs })
})
afterEach(async () => {
  await http.close()
  server.stop()
})
const ask = async (url = server.url) => {
  await http.send({ method: 'GET', url, maxBytes: 1000, timeoutMs: 5000 })
  return http.aheadMs()
}

it.each([
  ['two days ahead', 2 * 24 * 60],
  ['two days behind', -2 * 24 * 60],
  ['six minutes ahead', 6],
])('sees a clock that is %s', async (_, minutes) => {
  expect(http.aheadMs()).toBeNull()
  behave.nowMs = SERVER_MS + minutes * MINUTE_MS
  const aheadMs = await ask()
  expect(Math.abs((aheadMs ?? 0) - minutes * MINUTE_MS)).toBeLessThanOrEqual(1000)
})

it('says nothing of four minutes, and nothing any more once the clock is right', async () => {
  behave.nowMs = SERVER_MS + 60 * MINUTE_MS
  expect(await ask()).not.toBeNull()
  behave.nowMs = SERVER_MS - 4 * MINUTE_MS
  expect(await ask()).toBeNull()
})

it.each([
  ['an answer that a proxy had kept', { age: '86400' }],
  ['an answer with no time on it', { date: 'yesterday' }],
])('believes no time of %s', async (_, headers) => {
  behave.nowMs = SERVER_MS + 60 * MINUTE_MS
  behave.headers = headers
  expect(await ask()).toBeNull()
})

it('asks no other server for the time', async () => {
  behave.nowMs = SERVER_MS + 60 * MINUTE_MS
  const elsewhere = watchServerClock(createHttpsClient(server.caFile), 'https://elsewhere.test', {
    nowMs: () => behave.nowMs,
  })
  await elsewhere.send({ method: 'GET', url: server.url, maxBytes: 1000, timeoutMs: 5000 })
  expect(elsewhere.aheadMs()).toBeNull()
  await elsewhere.close()
})
