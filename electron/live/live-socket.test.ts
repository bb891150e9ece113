import { EventEmitter, once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { PROTOCOL_VERSION } from '../../server/contract/protocol-version.ts'
import { silentLogger } from '../platform/logger.ts'
import { startTestServer } from '../platform/testing-server.ts'
import { type LiveSeams, type LiveSocket, openLiveSocket } from './live-socket.ts'

const CLIENT = '0198b000-0000-7000-8000-0000000000c1'
const POKE = JSON.stringify({ practice: '0198b000-0000-7000-8000-0000000000d1', seq: 7 })
let server: Awaited<ReturnType<typeof startTestServer>>
let sockets: WebSocketServer
let seen: EventEmitter
let live: LiveSocket
let addresses: string[]
let renewals: boolean[]
const behave = { refuse: false }

beforeEach(async () => {
  seen = new EventEmitter()
  addresses = []
  renewals = []
  behave.refuse = false
  server = await startTestServer((_request, response) => response.destroy())
  sockets = new WebSocketServer({ noServer: true })
  server.server.on('upgrade', (request, socket, head) => {
    addresses.push(request.url ?? '')
    if (behave.refuse) {
      behave.refuse = false
      return void socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n')
    }
    sockets.handleUpgrade(request, socket, head, (ws) => seen.emit('opened', ws))
  })
})
afterEach(() => {
  live.close()
  vi.useRealTimers()
  for (const socket of sockets.clients) socket.terminate()
  server.stop()
})

const seams = (): LiveSeams => ({
  serverUrl: server.url,
  caFile: server.caFile,
  clientId: CLIENT,
  token: async (refused) => {
    renewals.push(refused !== null)
    return 'token'
  },
  onPoke: (seq) => seen.emit('poked', seq),
  onPresence: (message) => seen.emit('presence', message),
  onChange: () => seen.emit('changed'),
  logger: silentLogger,
})
const open = async (): Promise<WebSocket> => {
  const opened = once(seen, 'opened')
  const up = once(seen, 'changed')
  live = openLiveSocket(seams())
  const [socket] = (await opened) as [WebSocket]
  if (!live.isUp()) await up
  return socket
}
/** From here on time stands still, so that whatever happens next was not waited for. */
const stopTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })

it('names its device and passes pokes on, and nothing else', async () => {
  const socket = await open()
  expect(addresses).toEqual([`/api/v1/live?client=${CLIENT}&protocol=${PROTOCOL_VERSION}`])
  const pokes: unknown[] = []
  seen.on('poked', (seq) => pokes.push(seq))
  const last = once(seen, 'poked')
  socket.send('not json')
  socket.send(JSON.stringify({ practice: 'x', seq: 1 }))
  socket.send(POKE)
  await last
  expect(pokes).toEqual([7])
})

it('passes on who has which case open, and ignores what it does not know', async () => {
  const socket = await open()
  const heard: unknown[] = []
  seen.on('presence', (message) => heard.push(message))
  const presence = {
    kind: 'presence',
    practice: '0198b000-0000-7000-8000-0000000000d1',
    open: [{ sessionId: CLIENT, personId: CLIENT, sinceMs: 5 }],
  }
  const last = once(seen, 'poked')
  socket.send(JSON.stringify({ ...presence, kind: 'call' }))
  socket.send(JSON.stringify({ ...presence, open: [{ sessionId: CLIENT, name: 'Dr Vera Blum' }] }))
  socket.send(JSON.stringify(presence))
  socket.send(POKE)
  await last
  expect(heard).toEqual([presence])
})

it('renews the token and is back at once when its sign-in ended', async () => {
  const socket = await open()
  stopTime()
  const again = once(seen, 'opened')
  socket.close(4401)
  await again
  expect(renewals).toEqual([false, true])
})

it('does not fight with another process for the name of this device', async () => {
  const socket = await open()
  stopTime()
  const down = once(seen, 'changed')
  socket.close(4409)
  await down
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(renewals).toEqual([false])
  expect(live.isUp()).toBe(false)
})

it('comes back by itself after a restart of the server', async () => {
  const socket = await open()
  stopTime()
  const down = once(seen, 'changed')
  socket.close(1001)
  await down
  const again = once(seen, 'opened')
  await vi.advanceTimersByTimeAsync(15_000)
  await again
  expect(renewals).toEqual([false, false])
})

it('asks for a new token when the server refuses the old one', async () => {
  behave.refuse = true
  await open()
  expect(renewals).toEqual([false, true])
})

it('is not opened again once it was closed', async () => {
  const socket = await open()
  stopTime()
  const gone = once(socket, 'close')
  live.close()
  await gone
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(renewals).toEqual([false])
})

/** Whatever the client has sent or been sent before has arrived by then. */
const roundTrip = async (socket: WebSocket) => {
  const pong = once(socket, 'pong')
  socket.ping()
  await pong
}

it('asks a quiet server for a word, and keeps the line when it answers', async () => {
  const socket = await open()
  stopTime()
  await roundTrip(socket)
  const asked = once(socket, 'ping')
  await vi.advanceTimersByTimeAsync(10_000)
  await asked
  await roundTrip(socket)
  await vi.advanceTimersByTimeAsync(9000)
  expect(live.isUp()).toBe(true)
})

it('gives up a line that only this side still knows of, and opens another', async () => {
  const socket = await open()
  stopTime()
  await roundTrip(socket)
  socket.pause() // nothing that is sent arrives any more, and nobody says so
  const down = once(seen, 'changed')
  await vi.advanceTimersByTimeAsync(20_000)
  await down
  expect(live.isUp()).toBe(false)
  const again = once(seen, 'opened')
  await vi.advanceTimersByTimeAsync(15_000)
  await again
})

it('reads the authority’s file anew for each try', async () => {
  const pem = readFileSync(server.caFile)
  rmSync(server.caFile)
  const missed = Promise.withResolvers<void>()
  stopTime()
  const opened = once(seen, 'opened')
  live = openLiveSocket({
    ...seams(),
    logger: { ...silentLogger, warn: () => missed.resolve() },
  })
  await missed.promise
  writeFileSync(server.caFile, pem)
  await vi.advanceTimersByTimeAsync(15_000)
  const [socket] = (await opened) as [WebSocket]
  expect(sockets.clients.has(socket)).toBe(true)
})
