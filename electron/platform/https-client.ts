import { readFileSync } from 'node:fs'
import { Agent, request } from 'undici'
import { AppError } from '../../server/contract/errors.ts'

export type HttpAnswer = { readonly status: number; readonly body: Buffer }
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
  /** An answer larger than this is cut off: nothing the server sends may exhaust this computer. */
  readonly maxBytes: number
  readonly timeoutMs: number
}
export type HttpsClient = {
  /** @throws AppError `server.unreachable`; detail `sent: false` when no byte of the request can have left */
  send(request: HttpRequest): Promise<HttpAnswer>
  readonly dispatcher: Agent
  close(): Promise<void>
}

const CONNECT_WITHIN_MS = 10_000
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** @param caFile the one authority that is trusted; null for the system's list */
export function createHttpsClient(caFile: string | null): HttpsClient {
  const ca = caFile === null ? {} : { ca: readFileSync(caFile, 'utf8') }
  const dispatcher = new Agent({
    connect: { ...ca, minVersion: 'TLSv1.3', timeout: CONNECT_WITHIN_MS },
    allowH2: false,
    keepAliveTimeout: 30_000,
  })
  return {
    dispatcher,
    send: (what) => send(dispatcher, what),
    close: () => dispatcher.destroy(),
  }
}

async function send(dispatcher: Agent, what: HttpRequest): Promise<HttpAnswer> {
  refusePlainHttp(what.url)
  try {
    const answer = await request(what.url, {
      dispatcher,
      method: what.method,
      headers: what.headers ?? {},
      body: what.body ?? null,
      signal: AbortSignal.timeout(what.timeoutMs),
    })
    return { status: answer.statusCode, body: await readAll(answer.body, what.maxBytes) }
  } catch (cause) {
    throw new AppError('server.unreachable', { sent: !NOT_SENT.has(codeOf(cause)) }, { cause })
  }
}

async function readAll(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of stream) {
    size += part.byteLength
    if (size > maxBytes) throw new Error('answer too large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** A signed address may point to an object store on this very machine in development; nowhere else without TLS. */
function refusePlainHttp(url: string): void {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:') return
  if (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return
  throw new AppError('server.unreachable', { reason: 'plain-http' })
}

function codeOf(cause: unknown): string {
  const code = (cause as { code?: unknown }).code
  return typeof code === 'string' ? code : ''
}
