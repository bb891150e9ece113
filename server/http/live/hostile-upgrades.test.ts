import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { DEFAULT_RATES } from '../border/request-limits.ts'
import { silentLogger } from '../../platform/logger.ts'
import { identifyByRole, startStubHttp, type StubHttp } from '../testing/stub-http.ts'

let stub: StubHttp | undefined
afterEach(() => stub?.stop())

async function start(over: Parameters<typeof startStubHttp>[0] = {}) {
  stub = await startStubHttp(over)
  const { port } = await stub.http.listen('127.0.0.1', 0)
  const ca = await readFile(stub.ca, 'utf8')
  const headers = { authorization: 'Bearer clinician' }
  const open = () => new WebSocket(`wss://127.0.0.1:${port}/api/v1/live`, { ca, headers })
  return { http: stub.http, port, ca, open }
}

/** The first line of the answer to an upgrade of this very address. */
function upgradeRaw(port: number, ca: string, address: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const socket = connectTls({ host: '127.0.0.1', port, ca }, () =>
    socket.write(`GET ${address} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`),
  )
  socket.once('data', (data) => {
    resolve(data.toString().split('\r\n')[0] ?? '')
    socket.destroy()
  })
  return promise
}

test('a socket that asks to be let in while the server stops does not keep it from stopping', async () => {
  const asked = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const { http, open } = await start({
    identify: async (authorization) => {
      asked.resolve()
      await goOn.promise
      return identifyByRole(authorization)
    },
  })
  const socket = open()
  socket.on('error', () => {}) // it may be refused as well as closed
  await asked.promise
  const stopped = http.close().then(() => 'stopped')
  setTimeout(goOn.resolve, 300) // the socket is let in when the others have been closed
  expect(await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, 15_000, 'still open'))])).toBe(
    'stopped',
  )
  socket.terminate()
})

test.each(['//', '///x', '//[', 'http://[/', '/api/v1/live/../..//', '*'])(
  'an upgrade at %s is nowhere, and no fault of ours',
  async (address) => {
    const faults: string[] = []
    const { port, ca } = await start({ log: { ...silentLogger, error: (event) => void faults.push(event) } })
    expect(await upgradeRaw(port, ca, address)).toMatch(/ 4\d\d /)
    expect(faults).toEqual([])
  },
)

test('who opens sockets too often is told when to come back, as with every other call, and nothing more is written', async () => {
  const { open } = await start({ rates: { ...DEFAULT_RATES, perPrincipal: 3 } })
  const outcomes: (number | 'open')[] = []
  for (let i = 0; i < 5; i += 1) {
    const { promise, resolve } = Promise.withResolvers<number | 'open'>()
    const socket = open()
    socket.on('open', () => resolve('open'))
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => {})
    outcomes.push(await promise)
    socket.terminate()
  }
  expect(outcomes).toEqual(['open', 'open', 'open', 429, 429])
  expect(stub?.audited).toHaveLength(3)
})

test('who is refused and does not hang up is hung up on', async () => {
  const { http, port, ca } = await start()
  const halfOpen = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  const socket = connectTls({ socket: halfOpen, host: '127.0.0.1', ca }, () =>
    socket.write('GET /api/v1/live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
  )
  socket.resume()
  await new Promise((resolve) => socket.once('end', resolve))
  const countOpen = () => new Promise((resolve) => http.app.server.getConnections((_, count) => resolve(count)))
  await vi.waitFor(async () => expect(await countOpen()).toBe(0))
  socket.destroy()
})

test('a person holds no more sockets than anybody sits at workstations: one more ends the oldest', async () => {
  const { open } = await start()
  const sockets: WebSocket[] = []
  const openOne = async () => {
    const socket = open()
    sockets.push(socket)
    await new Promise((resolve) => socket.once('open', resolve))
  }
  for (let i = 0; i < 50; i += 1) await openOne()
  const [oldest, second] = sockets
  const ended = new Promise((resolve) => oldest?.once('close', resolve))
  await openOne()
  await ended
  expect(second?.readyState).toBe(WebSocket.OPEN)
  for (const socket of sockets) socket.terminate()
})
