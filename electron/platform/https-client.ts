import { Agent, buildConnector, request } from 'undici'
import { AppError } from '../../server/contract/errors.ts'
import { failureOf, refuseForeign, wasConnectionLost } from './server-failure.ts'
import { readAuthority } from './trusted-authority.ts'
import { unpackAnswer } from './unpack-answer.ts'

type Headers = Readonly<Record<string, string | string[] | undefined>>
export type HttpHead = { readonly status: number; readonly headers: Headers }
export type HttpAnswer = HttpHead & { readonly body: Buffer }
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
  /**
   * As `send`, but the body is handed on as it comes, unpacked by nobody: for files. `take` is called once at most, and
   * what it throws is thrown on; it throws AppErrors of its own, for everything else is taken for the line's.
   */
  receive<T>(request: HttpRequest, take: (answer: HttpHead, body: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T>
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
  /** @param mayRepeat asked after a failure: whether nothing of an answer was used yet */
  const perform = async <T>(what: HttpRequest, run: (line: Agent) => Promise<T>, mayRepeat: () => boolean) => {
    refusePlainHttp(what.url)
    try {
      return await run(kept)
    } catch (cause) {
      const isRepeated = what.method === 'GET' && wasConnectionLost(cause) && mayRepeat()
      if (!isRepeated || hasFailedToConnect(cause, failedToConnect)) throw failure(cause)
    }
    return run(fresh).catch((cause: unknown) => {
      throw failure(cause)
    })
  }
  return {
    dispatcher: kept,
    send: (what) =>
      perform(
        what,
        (line) => sendBy(line, what, silentMs),
        () => true,
      ),
    receive: (what, take) => {
      const state = { taken: false }
      const run = (line: Agent) =>
        receiveBy(line, what, silentMs, (head, body) => {
          state.taken = true
          return take(head, body)
        })
      return perform(what, run, () => !state.taken)
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
  const answer = await ask(dispatcher, what, silentMs)
  const packed = await readAll(answer.body, what.maxBytes)
  const body = await unpackAnswer(packed, textOf(answer.headers['content-encoding']), what.maxBytes)
  refuseForeign(answer.statusCode, textOf(answer.headers['content-type']))
  return { status: answer.statusCode, body, headers: answer.headers }
}

async function receiveBy<T>(
  dispatcher: Agent,
  what: HttpRequest,
  silentMs: number,
  take: (answer: HttpHead, body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const { statusCode: status, headers, body } = await ask(dispatcher, what, silentMs)
  try {
    refuseForeign(status, textOf(headers['content-type']))
    const encoding = textOf(headers['content-encoding'])
    if (encoding !== '' && encoding !== 'identity')
      throw new AppError('server.not-loupe', { reason: 'content-encoding' })
    return await take({ status, headers }, bounded(body, what.maxBytes))
  } finally {
    body.on('error', () => {}).destroy() // a rest that nobody wants
  }
}

function ask(dispatcher: Agent, what: HttpRequest, silentMs: number) {
  const uploadMs = what.body === undefined ? 0 : Buffer.byteLength(what.body) / SLOWEST_BYTES_PER_MS
  return request(what.url, {
    dispatcher,
    method: what.method,
    headers: what.headers ?? {},
    body: what.body ?? null,
    headersTimeout: silentMs + uploadMs,
    bodyTimeout: silentMs,
    signal: AbortSignal.timeout(what.timeoutMs),
  })
}

async function readAll(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of bounded(stream, maxBytes)) parts.push(part)
  return Buffer.concat(parts)
}

async function* bounded(stream: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const part of stream) {
    size += part.byteLength
    if (size > maxBytes) throw new AppError('server.not-loupe', { reason: 'answer-too-large' })
    yield part
  }
}

function textOf(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : ''
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
