import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createPlainServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHttpsClient, type HttpRequest, type HttpsClient } from './https-client.ts'
import { answerJson, type Handle, makeCertificate, startTestServer } from './testing-server.ts'

const HOUR_MS = 3_600_000
const SILENT_MS = 400
const behave = { answer: ((_request, response) => answerJson(response, 200, { ok: true })) as Handle }
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
beforeEach(async () => {
  behave.answer = (_request, response) => answerJson(response, 200, { ok: true })
  server = await startTestServer((request, response) => behave.answer(request, response))
  http = createHttpsClient(server.caFile, { silentMs: SILENT_MS })
})
afterEach(async () => {
  await http.close()
  server.stop()
})

const ask = (change: Partial<HttpRequest> = {}) =>
  http.send({ method: 'GET', url: server.url, maxBytes: 1000, timeoutMs: 30_000, ...change })
const post = (change: Partial<HttpRequest> = {}) => ask({ method: 'POST', body: '{}', ...change })
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => ({ code: 'answered' }),
    (cause: unknown) => {
      const { code, detail } = cause as { code: string; detail: object } // every failure is an AppError
      return { code, ...detail }
    },
  )
const exchange = async (change: Parameters<typeof makeCertificate>[0]) => {
  const { cert, key } = await makeCertificate(change)
  server.server.setSecureContext({ cert, key })
  return cert
}
const listening = async (listener: Server): Promise<string> => {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  return `https://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
}

describe('a certificate', () => {
  const names = { names: [{ type: 'ip', value: '127.0.0.1' }] } as const
  it.each([
    ['of another authority', {}],
    ['for another host', { names: [{ type: 'dns', value: 'elsewhere.example' }] }, 'and trusted'],
    ['that has expired', { ...names, fromMs: -4 * HOUR_MS, untilMs: -HOUR_MS }, 'and trusted'],
    [
      'of tomorrow, or a clock two days behind',
      { ...names, fromMs: 48 * HOUR_MS, untilMs: 96 * HOUR_MS },
      'and trusted',
    ],
  ] as const)('%s: nothing is sent, and the right one is enough to go on', async (_, change, trusted?: string) => {
    const cert = await exchange(change)
    if (trusted !== undefined) writeFileSync(server.caFile, cert)
    expect(await refusal(post())).toMatchObject({ code: 'server.certificate', sent: false })
    const right = await exchange({})
    writeFileSync(server.caFile, right) // IT replaced the authority under the running workstation
    expect((await post()).status).toBe(200)
  })

  it('cannot be judged without the authority’s file, or with a broken one', async () => {
    const pem = readFileSync(server.caFile)
    rmSync(server.caFile)
    expect(await refusal(ask())).toMatchObject({ code: 'server.certificate', sent: false, reason: 'authority-file' })
    for (const broken of ['', 'garbage', pem.subarray(0, 100)]) {
      writeFileSync(server.caFile, broken)
      expect(await refusal(ask())).toMatchObject({ code: 'server.certificate', sent: false })
    }
    writeFileSync(server.caFile, pem)
    expect((await ask()).status).toBe(200)
  })

  it('of a server that knows old TLS alone is not looked at', async () => {
    await http.close()
    const old = await startTestServer(behave.answer, 'TLSv1.2')
    http = createHttpsClient(old.caFile)
    expect(await refusal(ask({ url: old.url }))).toMatchObject({ code: 'server.certificate', sent: false })
    old.stop()
  })
})

describe('somebody else in the server’s place', () => {
  it.each([
    ['a page with 200', 200, { 'content-type': 'text/html; charset=utf-8' }, 'server.not-loupe'],
    ['a page that blocks', 403, { 'content-type': 'text/html' }, 'server.not-loupe'],
    ['a network’s sign-in', 302, { location: 'http://portal.example/' }, 'server.not-loupe'],
    ['a proxy that wants a password', 407, { 'content-type': 'text/plain' }, 'server.not-loupe'],
    ['a gateway whose server is away', 502, { 'content-type': 'text/html' }, 'server.unreachable'],
  ])('%s', async (_, status, headers, code) => {
    behave.answer = (_request, response) => response.writeHead(status, headers).end('<html>Welcome</html>')
    expect(await refusal(ask())).toMatchObject({ code, status })
    expect(await refusal(post())).not.toMatchObject({ sent: false })
  })

  it('an endless answer is cut off', async () => {
    behave.answer = (_request, response) => response.end('x'.repeat(5000))
    expect(await refusal(ask())).toMatchObject({ code: 'server.not-loupe', reason: 'answer-too-large' })
  })

  it('plain HTTP on the server’s port, and what is no HTTP at all', async () => {
    const plain = createPlainServer((_request, response) => response.end('hello'))
    const url = await listening(plain)
    expect(await refusal(post({ url }))).toMatchObject({ code: 'server.not-loupe', sent: false })
    plain.close()
    server.server.removeAllListeners('secureConnection')
    server.server.on('secureConnection', (socket: Socket) => socket.once('data', () => socket.end('SSH-2.0-hello\r\n')))
    expect(await refusal(post())).toMatchObject({ code: 'server.not-loupe' })
  })
})

describe('a server that hangs', () => {
  it('is given up when no answer begins', async () => {
    behave.answer = () => {}
    expect(await refusal(post())).toMatchObject({ code: 'server.silent', sent: true })
  })

  it('is given up when its answer stops in the middle', async () => {
    behave.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"ok"')
    }
    expect(await refusal(ask())).toMatchObject({ code: 'server.silent', sent: true })
  })

  it('may take longer than that in all, as long as bytes arrive', async () => {
    behave.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const more = setInterval(() => response.write(' '), SILENT_MS / 4)
      setTimeout(() => {
        clearInterval(more)
        response.end('{}')
      }, 8 * SILENT_MS)
    }
    expect((await ask()).status).toBe(200)
  })

  it('does not even shake hands', async () => {
    const mute = createServer(() => {})
    const url = await listening(mute)
    expect(await refusal(post({ url }))).toMatchObject({ code: 'server.silent', sent: false })
    mute.close()
  })
})

describe('a connection', () => {
  it('that is refused, or to a name that nobody has, sent nothing', async () => {
    const gone = createServer()
    const url = await listening(gone)
    await new Promise((resolve) => gone.close(resolve))
    expect(await refusal(post({ url }))).toMatchObject({ code: 'server.unreachable', sent: false })
    expect(await refusal(post({ url: 'https://loupe.invalid' }))).toMatchObject({
      code: 'server.unreachable',
      sent: false,
    })
  })

  it('that the other side half-closed before the handshake sent nothing', async () => {
    const half = createServer({ allowHalfOpen: true }, (socket) => socket.end())
    const url = await listening(half)
    expect(await refusal(post({ url }))).toMatchObject({ code: 'server.unreachable', sent: false })
    half.close()
  })

  it.each(['half-closes', 'breaks off'])(
    'that was kept open and %s under a question is asked again on a fresh one',
    async (how) => {
      expect((await ask()).status).toBe(200)
      const seen: string[] = []
      behave.answer = ({ method }, response) => {
        seen.push(method)
        if (seen.length > 1) return answerJson(response, 200, { ok: true })
        if (how === 'breaks off') response.socket?.destroy()
        else response.socket?.end()
      }
      expect((await ask()).status).toBe(200)
      expect(seen).toEqual(['GET', 'GET'])
    },
  )

  it('that breaks under a change leaves it to the outbox, which knows what may have been taken', async () => {
    const seen: string[] = []
    behave.answer = ({ method }, response) => {
      seen.push(method)
      response.socket?.end()
    }
    expect(await refusal(post())).toMatchObject({ code: 'server.unreachable', sent: true })
    expect(seen).toEqual(['POST'])
  })
})
