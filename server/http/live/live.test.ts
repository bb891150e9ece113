import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { PracticeId } from '../../contract/domain/ids.ts'
import { Role } from '../../contract/domain/roles.ts'
import { AppError } from '../../contract/errors.ts'
import { identifyByRole, otherPracticeId, practiceId, type StubHttp, startStubHttp } from '../testing/stub-http.ts'
import { createPokes } from './pokes.ts'
import { CLOSE_REPLACED, CLOSE_SIGN_IN } from './sockets.ts'
import { openLive } from './live.ts'

const client = '0198b000-0000-7000-8000-0000000000c1'
let stub: StubHttp
let port: number
let ca: string
beforeEach(async () => {
  stub = await startStubHttp()
  port = (await stub.http.listen('127.0.0.1', 0)).port
  ca = await readFile(stub.ca, 'utf8')
})
afterEach(() => stub.stop())

function connect(authorization: string | undefined, query = ''): WebSocket {
  const headers = authorization === undefined ? {} : { authorization }
  return new WebSocket(`wss://127.0.0.1:${port}/api/v1/live${query}`, { ca, headers })
}
/** Opened, or the status of the refusal. */
function outcome(socket: WebSocket): Promise<'open' | number> {
  const { promise, resolve } = Promise.withResolvers<'open' | number>()
  socket.on('open', () => resolve('open'))
  socket.on('unexpected-response', (request, response) => {
    resolve(response.statusCode ?? 0)
    request.destroy()
  })
  socket.on('error', () => {}) // ws says once more that a refused socket never opened
  return promise
}
function nextMessage(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())))
}
function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', resolve))
}

test.each([
  { caller: 'nobody', authorization: undefined, expected: 401 },
  { caller: 'intake', authorization: 'Intake key', expected: 403 },
  ...Role.options.map((role) => ({
    caller: role,
    authorization: `Bearer ${role}`,
    expected: role === 'it_admin' || role === 'auditor' ? 403 : ('open' as const),
  })),
])('$caller gets $expected', async ({ authorization, expected }) => {
  const socket = connect(authorization)
  expect(await outcome(socket)).toBe(expected)
  socket.terminate()
})

test('the first of many commits is told at once, the others together with the highest position', async () => {
  const socket = connect('Bearer clinician')
  await outcome(socket)
  const seen: string[] = []
  socket.on('message', (data: Buffer) => seen.push(data.toString()))
  for (const seq of [4, 7, 5]) stub.http.poke(practiceId, seq)
  stub.http.poke(otherPracticeId, 99)
  await vi.waitFor(() => expect(seen).toHaveLength(2))
  const third = nextMessage(socket)
  stub.http.poke(practiceId, 8) // an end mark: had the other practice's poke been coming, it would be here before
  await third
  expect(seen.map((text) => JSON.parse(text))).toEqual([4, 7, 8].map((seq) => ({ practice: practiceId, seq })))
  socket.terminate()
})

test('a device that connects again replaces its older socket; another device does not', async () => {
  const first = connect('Bearer clinician', `?client=${client}`)
  const other = connect('Bearer clinician', `?client=${client.replace('c1', 'c2')}`)
  await Promise.all([outcome(first), outcome(other)])
  const closed = closeCode(first)
  const second = connect('Bearer clinician', `?client=${client}`)
  expect(await outcome(second)).toBe('open')
  expect(await closed).toBe(CLOSE_REPLACED)
  expect(other.readyState).toBe(WebSocket.OPEN)
  for (const socket of [second, other]) socket.terminate()
})

test('a frame beyond 64 KiB ends the socket', async () => {
  const socket = connect('Bearer clinician')
  await outcome(socket)
  socket.on('error', () => {})
  const closed = closeCode(socket)
  socket.send(Buffer.alloc(64 * 1024 + 1))
  expect(await closed).toBe(1009)
})

test('a sign-in that ended closes the socket at the next beat', async () => {
  let isGood = true
  const live = openLive(stub.http.app.server, {
    identify: (authorization) =>
      isGood ? identifyByRole(authorization) : Promise.reject(new AppError('auth.required')),
    audit: { record: async () => {} },
    limits: { countCall: async () => {}, countFailedSignIn: async () => {} },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    heartbeatMs: 500, // long enough for a pong on a busy machine
  })
  stub.http.app.server.removeListener('upgrade', stub.http.app.server.listeners('upgrade')[0] as () => void)
  const socket = connect('Bearer clinician')
  await outcome(socket)
  const closed = closeCode(socket)
  isGood = false
  expect(await closed).toBe(CLOSE_SIGN_IN)
  await live.close()
})

test('an upgrade elsewhere is refused', async () => {
  const socket = new WebSocket(`wss://127.0.0.1:${port}/elsewhere`, { ca })
  expect(await outcome(socket)).toBe(404)
})

test('a lone commit waits for nothing, and practices are gathered apart', () => {
  vi.useFakeTimers()
  const sent: unknown[] = []
  const other = PracticeId.parse(otherPracticeId)
  const pokes = createPokes(150, ({ practice, seq }) => sent.push([practice, seq]))
  pokes.add(practiceId, 2)
  pokes.add(other, 9)
  expect(sent.splice(0)).toEqual([
    [practiceId, 2],
    [other, 9],
  ])
  for (const seq of [3, 6, 4]) pokes.add(practiceId, seq)
  vi.advanceTimersByTime(149)
  expect(sent).toEqual([])
  vi.advanceTimersByTime(1)
  expect(sent.splice(0)).toEqual([[practiceId, 6]])
  pokes.add(practiceId, 6) // told already
  pokes.add(practiceId, 5)
  vi.advanceTimersByTime(1000)
  expect(sent).toEqual([])
  vi.useRealTimers()
})
