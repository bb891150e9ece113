import { createHash, webcrypto } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { ROUTES } from '../contract/api/routes.ts'
import type { CreateSession, SessionProgress } from '../contract/api/shapes.ts'
import { PatientId, type SessionId } from '../contract/domain/ids.ts'
import type { PhotoRefusal } from '../contract/domain/photos.ts'
import { type ErrorCode, ERRORS } from '../contract/errors.ts'

/** What goes wrong with one request: a status with or without our error body, a cut connection, or work done and then a cut. */
export type Fault = ErrorCode | 'reset' | 'reset-after' | 'html' | undefined
export type Step = 'scans.uploadUrl' | 'put' | 'scans.createSession' | 'scans.getSession'

export type TestServer = {
  readonly url: URL
  readonly ca: string
  /** The practice that the key belongs to. */
  practice: string
  readonly objects: Map<string, Uint8Array>
  readonly sessions: Map<string, CreateSession>
  /** How often each step was asked for. */
  readonly asked: Record<Step, number>
  /** PUTs that carried bytes which were there already: work done twice. */
  doublePuts: number
  fault: (step: Step, nth: number) => Fault
  refusalOf: (hash: string) => PhotoRefusal | null
  /** Polls of a session before it is published. */
  pollsToPublish: number
  close(): Promise<void>
}

export const KEY = 'test-intake-key'
const PRACTICE_ID = '01890000-0000-7000-8000-000000000002'

/** The addresses an intake needs, over real TLS, parsed and answered by the contract's own schemas. */
export async function startTestServer(): Promise<TestServer> {
  const { key, cert } = await selfSigned()
  const sockets = new Set<Socket>()
  const polls = new Map<string, number>()
  const server = https.createServer({ key, cert, minVersion: 'TLSv1.3' }, (request, response) => {
    void answer(request, response).catch((cause: unknown) => {
      response.statusCode = 500
      response.end(String(cause))
    })
  })
  server.on('secureConnection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const state: TestServer = {
    url: new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`),
    ca: cert,
    practice: 'Northside',
    objects: new Map(),
    sessions: new Map(),
    asked: { 'scans.uploadUrl': 0, put: 0, 'scans.createSession': 0, 'scans.getSession': 0 },
    doublePuts: 0,
    fault: () => undefined,
    refusalOf: () => null,
    pollsToPublish: 1,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const body = await bodyOf(request)
    if (request.url === '/api/v1/practice' && request.headers.authorization === `Intake ${KEY}`)
      return reply(response, 200, JSON.stringify({ id: PRACTICE_ID, name: state.practice }))
    const step = stepOf(request)
    const fault = state.fault(step, ++state.asked[step])
    if (fault === 'reset') return request.socket.destroy()
    if (fault === 'html') return reply(response, 200, '<html>A proxy says hello</html>')
    if (fault !== undefined && fault !== 'reset-after')
      return reply(
        response,
        ERRORS[fault].status,
        step === 'put' ? '<Error/>' : JSON.stringify({ code: fault, detail: {} }),
      )
    const done = perform(step, request, body)
    return fault === 'reset-after' ? request.socket.destroy() : reply(response, done.status, done.text)
  }

  function perform(step: Step, request: IncomingMessage, body: Buffer): { status: number; text: string } {
    if (step === 'put') return put(request, body)
    if (request.headers.authorization !== `Intake ${KEY}`) return refuse('auth.required')
    if (step === 'scans.getSession') return ok(step, progressOf((request.url ?? '').split('/').at(-1) as SessionId))
    const json: unknown = JSON.parse(body.toString('utf8'))
    if (step === 'scans.uploadUrl') {
      const { hash } = ROUTES[step].body.parse(json)
      if (state.objects.has(hash)) return ok(step, { already: true })
      const url = new URL(`/api/v1/objects/${hash}`, state.url).href
      return ok(step, { already: false, url, method: 'PUT', headers: { 'x-signed': hash }, expiresAtMs: 4e12 })
    }
    const wanted = ROUTES['scans.createSession'].body.parse(json)
    const known = state.sessions.get(wanted.sessionId)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(wanted)) return refuse('conflict.exists')
    state.sessions.set(wanted.sessionId, wanted)
    return ok('scans.createSession', progressOf(wanted.sessionId))
  }

  function put(request: IncomingMessage, body: Buffer) {
    const hash = (request.url ?? '').split('/').at(-1) ?? ''
    const right = request.headers['x-signed'] === hash && createHash('sha256').update(body).digest('hex') === hash
    if (!right || request.headers.authorization !== undefined) return { status: 400, text: '<Error/>' }
    if (state.objects.has(hash)) {
      state.doublePuts++
      return { status: 412, text: '<Error/>' }
    }
    state.objects.set(hash, body)
    return { status: 200, text: '' }
  }

  function progressOf(id: SessionId): SessionProgress {
    const { images } = state.sessions.get(id) as CreateSession
    const asked = (polls.get(id) ?? -1) + 1
    polls.set(id, asked)
    const published = asked >= state.pollsToPublish
    return {
      sessionId: id,
      patientId: PatientId.parse('01890000-0000-7000-8000-000000000001'),
      state: published ? 'published' : 'processing',
      images: images.map(({ view, hash }) => {
        if (!state.objects.has(hash)) return { view, hash, state: 'awaiting-upload', refusal: null }
        const refusal = published ? state.refusalOf(hash) : null
        return { view, hash, state: !published ? 'processing' : refusal === null ? 'ready' : 'refused', refusal }
      }),
      session: null,
    }
  }
  return state
}

function ok(step: Exclude<Step, 'put'>, value: unknown) {
  return { status: 200, text: JSON.stringify(ROUTES[step].output.parse(value)) }
}

function refuse(code: ErrorCode) {
  return { status: ERRORS[code].status, text: JSON.stringify({ code, detail: {} }) }
}

function reply(response: ServerResponse, status: number, text: string) {
  response.statusCode = status
  response.end(text)
}

function stepOf(request: IncomingMessage): Step {
  if (request.method === 'PUT') return 'put'
  if (request.method === 'GET') return 'scans.getSession'
  return request.url === '/api/v1/scans/upload-url' ? 'scans.uploadUrl' : 'scans.createSession'
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function selfSigned(): Promise<{ key: string; cert: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  x509.cryptoProvider.set(webcrypto as never) // the package's own Crypto type is the browser's
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=127.0.0.1',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    signingAlgorithm: algorithm,
    keys: keys as never,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
      new x509.BasicConstraintsExtension(true),
    ],
  })
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
    cert: certificate.toString('pem'),
  }
}
