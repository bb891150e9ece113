import { Agent, buildConnector, request } from 'undici'
import { AppError } from '../../server/contract/errors.ts'
import { failureOf, refuseForeign, wasConnectionLost } from './server-failure.ts'
import { readAuthority } from './trusted-authority.ts'
import { unpackAnswer } from './unpack-answer.ts'

type Headers = Readonly<Record<string, string | string[] | undefined>>
export type HttpAnswer = { readonly status: number; readonly body: Buffer; readonly headers: Headers }
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
  /** An answer larger than this is cut off: nothing the server sends may exhaust this computer. */
  readonly maxBytes: number
  /** In all. Silence ends it much earlier. */
  readonly timeoutMs: number
}
export type HttpsClient = {
  /**
   * @throws AppError `server.unreachable`, `server.silent`, `server.certificate`, `server.not-loupe`;
   *   detail `sent: false` when no byte of the request can have left
   */
  send(request: HttpRequest): Promise<HttpAnswer>
  readonly dispatcher: Agent
  close(): Promise<void>
}
export type ClientLimits = {
  /** How long a connection may take, the server may think, and the line may rest between two bytes. */
  readonly silentMs: number
}

const SILENT_MS = 10_000
/** A body leaves at this pace at least, on the slowest line that Loupe works on: so much longer an upload may take. */
const SLOWEST_BYTES_PER_MS = 32

/** @param caFile the one authority that is trusted; null for the system's list */
export function createHttpsClient(
  caFile: string | null,
  { silentMs }: ClientLimits = { silentMs: SILENT_MS },
): HttpsClient {
  const failedToConnect = new WeakSet<object>()
  const connect = connectTrusting(caFile, silentMs, failedToConnect)
  const kept = new Agent({ connect, keepAliveTimeout: 30_000 })
  const fresh = new Agent({ connect, pipelining: 0 }) // a connection for each request
  const failure = (cause: unknown): AppError => failureOf(cause, !hasFailedToConnect(cause, failedToConnect))
  return {
    dispatcher: kept,
    send: async (what) => {
      refusePlainHttp(what.url)
      try {
        return await sendBy(kept, what, silentMs)
      } catch (cause) {
        const mayRepeat = what.method === 'GET' && wasConnectionLost(cause)
        if (!mayRepeat || hasFailedToConnect(cause, failedToConnect)) throw failure(cause)
      }
      return sendBy(fresh, what, silentMs).catch((cause: unknown) => {
        throw failure(cause)
      })
    },
    close: async () => {
      await Promise.all([kept.destroy(), fresh.destroy()])
    },
  }
}

/** Notes errors from before a connection stood: nothing was sent then. */
function connectTrusting(caFile: string | null, timeoutMs: number, failed: WeakSet<object>): buildConnector.connector {
  const state = { ca: undefined as string | undefined, connector: undefined as buildConnector.connector | undefined }
  const connector = (): buildConnector.connector => {
    const ca = readAuthority(caFile)
    if (state.connector !== undefined && ca === state.ca) return state.connector // it remembers TLS sessions
    state.ca = ca
    state.connector = buildConnector({
      ...(ca === undefined ? {} : { ca }),
      minVersion: 'TLSv1.3',
      timeout: timeoutMs,
      allowH2: false,
    })
    return state.connector
  }
  return (options, callback) => {
    const fail = (error: Error) => {
      failed.add(error)
      callback(error, null)
    }
    try {
      connector()(options, (...[error, socket]) => (error === null ? callback(null, socket) : fail(error)))
    } catch (cause) {
      fail(AppError.from(cause))
    }
  }
}

async function sendBy(dispatcher: Agent, what: HttpRequest, silentMs: number): Promise<HttpAnswer> {
  const uploadMs = what.body === undefined ? 0 : Buffer.byteLength(what.body) / SLOWEST_BYTES_PER_MS
  const answer = await request(what.url, {
    dispatcher,
    method: what.method,
    headers: what.headers ?? {},
    body: what.body ?? null,
    headersTimeout: silentMs + uploadMs,
    bodyTimeout: silentMs,
    signal: AbortSignal.timeout(what.timeoutMs),
  })
  const packed = await readAll(answer.body, what.maxBytes)
  const encoding = answer.headers['content-encoding']
  const body = await unpackAnswer(packed, typeof encoding === 'string' ? encoding : '', what.maxBytes)
  const type = answer.headers['content-type']
  refuseForeign(answer.statusCode, typeof type === 'string' ? type : '')
  return { status: answer.statusCode, body, headers: answer.headers }
}

async function readAll(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of stream) {
    size += part.byteLength
    if (size > maxBytes) throw new AppError('server.not-loupe', { reason: 'answer-too-large' })
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

function hasFailedToConnect(cause: unknown, failed: WeakSet<object>): boolean {
  return typeof cause === 'object' && cause !== null && failed.has(cause)
}
