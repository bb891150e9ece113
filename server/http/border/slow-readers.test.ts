import { readFile } from 'node:fs/promises'
import { connect, type TLSSocket } from 'node:tls'
import { afterEach, expect, test, vi } from 'vitest'
import type { BootstrapAnswer } from '../../contract/sync/wire.ts'
import { startStubHttp, type StubHttp, stubHandlers } from '../testing/stub-http.ts'
import { withText } from '../handler.ts'
import { DEFAULT_RATES } from './request-limits.ts'

/** More than the buffers between two sockets hold. */
const LARGE = JSON.stringify(Array.from({ length: 400 }, () => 'x'.repeat(50_000)))

let stub: StubHttp | undefined
const sockets: TLSSocket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await stub?.stop()
})

/** A server whose first copies are large, and a workstation that asks for one and reads nothing of it. */
async function start(over: Parameters<typeof startStubHttp>[0]) {
  const rest = { epoch: 1, seq: 1, next: null, totals: null, protocol: 1 }
  const handlers = stubHandlers({
    'sync.bootstrap': async () => withText<BootstrapAnswer, 'rows'>(rest, 'rows', LARGE),
  })
  stub = await startStubHttp({ handlers, ...over })
  const { http, ca: caPath } = stub
  const { port } = await http.listen('127.0.0.1', 0)
  const ca = await readFile(caPath, 'utf8')
  const askAndNotRead = () => {
    const socket = connect({ host: '127.0.0.1', port, ca }, () =>
      socket.write(
        'GET /api/v1/sync/bootstrap?entity=patient&protocol=3 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer clinician\r\n\r\n',
      ),
    )
    socket.on('error', () => {}) // it is cut
    sockets.push(socket)
  }
  const countOpen = () => new Promise((resolve) => http.app.server.getConnections((_, count) => resolve(count)))
  const me = (role: string) => http.app.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${role}` } })
  return { askAndNotRead, countOpen, me }
}

test('who asks and does not read is cut off', async () => {
  const { askAndNotRead, countOpen } = await start({ idleMs: 500 })
  askAndNotRead()
  await vi.waitFor(async () => expect(await countOpen()).toBe(1))
  await vi.waitFor(async () => expect(await countOpen()).toBe(0))
})

test('who has as many answers under way as one may have gets no other until one of them has ended', async () => {
  const { askAndNotRead, countOpen, me } = await start({ rates: { ...DEFAULT_RATES, atOncePerPrincipal: 3 } })
  for (let i = 0; i < 3; i += 1) askAndNotRead()
  await vi.waitFor(async () => expect((await me('clinician')).statusCode).toBe(429))
  expect((await me('clinician')).headers['retry-after']).toBe('1')
  sockets.pop()?.destroy()
  await vi.waitFor(async () => expect(await countOpen()).toBe(2))
  await vi.waitFor(async () => expect((await me('clinician')).statusCode).toBe(409)) // let in: the stub's own answer
})
