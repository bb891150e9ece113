import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { connect as connectTcp } from 'node:net'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ErrorBody } from '../../contract/api/call.ts'
import { ERRORS } from '../../contract/errors.ts'
import { type StubHttp, startStubHttp } from '../testing/stub-http.ts'

let stub: StubHttp
let port: number
let ca: string
beforeAll(async () => {
  stub = await startStubHttp()
  ;({ port } = await stub.http.listen('127.0.0.1', 0))
  ca = await readFile(stub.ca, 'utf8')
})
afterAll(() => stub.stop())

/** Sends bytes as they are over TLS; gives the first answer. */
async function send(bytes: string): Promise<{ status: number; code: string }> {
  const socket = connect({ host: '127.0.0.1', port, ca, servername: 'localhost' })
  socket.write(bytes)
  const answer = await text(socket)
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), code: ErrorBody.parse(JSON.parse(body)).code }
}

const HEAD = 'POST /api/v1/patients HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n'
const CLINICIAN = 'Authorization: Bearer clinician\r\n'

test.each([
  ['bytes that are no HTTP', '\x16\x03\x01 hello\r\n\r\n', 'input.invalid'],
  ['two lengths', `${HEAD}${CLINICIAN}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `, 'input.invalid'],
  [
    'a length and chunks',
    `${HEAD}${CLINICIAN}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
    'input.invalid',
  ],
  ['a length below nothing', `${HEAD}${CLINICIAN}Content-Length: -1\r\n\r\n{}`, 'input.invalid'],
  ['a chunk of no size', `${HEAD}${CLINICIAN}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`, 'input.invalid'],
  ['a header with a NUL', `${HEAD}X-A: a\0b\r\n\r\n`, 'input.invalid'],
  ['headers without end', `${HEAD}X-A: ${'a'.repeat(40_000)}\r\n\r\n`, 'input.too-large'],
  [
    'a bad sign-in before a good one',
    `${HEAD}Authorization: Bearer forged\r\n${CLINICIAN}Content-Length: 2\r\n\r\n{}`,
    'auth.required',
  ],
  ['two content types', `${HEAD}${CLINICIAN}Content-Type: text/html\r\nContent-Length: 2\r\n\r\n{}`, 'input.invalid'],
] as const)('%s: one shape of refusal', async (_, bytes, code) => {
  expect(await send(bytes)).toEqual({ status: ERRORS[code].status, code })
})

test('who has sent no HTTP and does not hang up is hung up on', async () => {
  const halfOpen = connectTcp({ host: '127.0.0.1', port, allowHalfOpen: true })
  const socket = connect({ socket: halfOpen, host: '127.0.0.1', ca, servername: 'localhost' })
  socket.write('hello\r\n\r\n')
  socket.resume()
  await new Promise((resolve) => socket.once('end', resolve))
  const countOpen = () => new Promise((resolve) => stub.http.app.server.getConnections((_, count) => resolve(count)))
  await vi.waitFor(async () => expect(await countOpen()).toBe(0))
  socket.destroy()
})
