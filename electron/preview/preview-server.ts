import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { COMPARE_PATH, PREVIEW_PATHS } from '../../preload/contract/channels.ts'
import type { CallName, Handlers, Reply } from '../../preload/contract/ipc.ts'
import { fromWire, toWire } from '../../preload/contract/preview-wire.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { type Answering, answerCall, type Sender } from '../ipc/answer-call.ts'
import { contentPolicy, WINDOW_HEADERS } from '../ipc/content-policy.ts'
import type { DataProcess } from '../ipc/data-process.ts'
import { forwardCalls } from '../ipc/forward-calls.ts'
import { parsePhotoPath, PHOTO_CACHE_CONTROL, photoType } from '../ipc/photo-request.ts'
import { findWindowFile } from '../ipc/window-files.ts'
import type { Logger } from '../platform/logger.ts'
import { attachEvents } from './events-socket.ts'
import { createGate, type Gate } from './gate.ts'
import { withBridge } from './window-page.ts'

/** One file of 64 MiB in base64, with room for its frame. Every other call is small. */
const FILE_LIMIT_BYTES = 100 * 1024 * 1024
const CALL_LIMIT_BYTES = 1024 * 1024
const FILE_CALLS: readonly CallName[] = ['import.stage', 'outbox.readExport', 'outbox.import']

export type PreviewServerOptions = {
  readonly data: DataProcess
  /** Folders of `npm run build`. */
  readonly rendererDir: string
  readonly bridgeFile: string
  readonly port: number
  readonly logger: Logger
}
export type PreviewServer = { readonly url: string; close(): Promise<void> }

/** Serves the window, its photos, calls and events to one browser on this machine. */
export async function startPreviewServer(options: PreviewServerOptions): Promise<PreviewServer> {
  const app = fastify({ bodyLimit: CALL_LIMIT_BYTES, forceCloseConnections: true })
  const gates: { current: Gate | undefined } = { current: undefined }
  addGate(app, () => gates.current)
  addCalls(app, options, () => compareUrl(app, gates.current))
  addPhotos(app, options.data)
  addWindow(app, options)
  app.setErrorHandler((error: { code?: string }, request, reply) =>
    answerFailure(options.logger, error, request, reply),
  )
  // Port 0 is known only after listening, and the gate names the port: until then everything is refused.
  await app.listen({ host: '127.0.0.1', port: options.port })
  const { port } = app.server.address() as { port: number } // a TCP server's address
  const gate = createGate(port)
  gates.current = gate
  const endEvents = attachEvents(app.server, gate, options.data)
  return {
    url: `http://127.0.0.1:${port}/?token=${gate.token}`,
    close: async () => {
      endEvents()
      await app.close()
    },
  }
}

function addGate(app: FastifyInstance, gate: () => Gate | undefined): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(WINDOW_HEADERS)
    const admission = gate()?.admit(request.raw) ?? { kind: 'refused', why: 'token' }
    if (admission.kind === 'in') return undefined
    if (admission.kind === 'welcome') {
      return reply
        .header('set-cookie', admission.cookie)
        .header('cache-control', 'no-store')
        .redirect(admission.location)
    }
    return reply.code(403).type('text/plain').send('Open the address that Loupe printed when it started.\n')
  })
}

/** The window opens it itself: a browser lets no program do that. Its token spares it the cookie of the first visit. */
function compareUrl(app: FastifyInstance, gate: Gate | undefined): string {
  const { port } = app.server.address() as { port: number } // a TCP server's address
  return `http://127.0.0.1:${port}${COMPARE_PATH}?token=${gate?.token ?? ''}`
}

function addCalls(app: FastifyInstance, { data, logger }: PreviewServerOptions, findCompareUrl: () => string): void {
  const handlers: Handlers = { ...forwardCalls(data.call), 'compare.popOut': async () => ({ url: findCompareUrl() }) }
  const answering: Answering = { handlers, isTrusted: (sender) => sender.isMainFrame, logger }
  const answer = async (name: string, request: FastifyRequest, reply: FastifyReply) => {
    const input = fromWire(request.body ?? null, (text) => new Uint8Array(Buffer.from(text, 'base64')))
    const result = await answerCall(answering, senderOf(request), name, input)
    return reply
      .header('cache-control', 'no-store')
      .type('application/json')
      .send(toWire(result, (bytes) => Buffer.from(bytes).toString('base64')))
  }
  for (const name of FILE_CALLS) {
    app.post(`${PREVIEW_PATHS.call}/${name}`, { bodyLimit: FILE_LIMIT_BYTES }, (request, reply) =>
      answer(name, request, reply),
    )
  }
  app.post<{ Params: { name: string } }>(`${PREVIEW_PATHS.call}/:name`, (request, reply) =>
    answer(request.params.name, request, reply),
  )
}

/** The gate has let only our own page in; a browser that reports otherwise (a frame) is not the window. */
function senderOf(request: FastifyRequest): Sender {
  const site = request.headers['sec-fetch-site']
  return { frameUrl: request.headers.origin ?? '', isMainFrame: site === undefined || site === 'same-origin' }
}

function addPhotos(app: FastifyInstance, data: DataProcess): void {
  app.get(`${PREVIEW_PATHS.photo}/*`, async (request, reply) => {
    const asked = parsePhotoPath(pathOf(request).slice(PREVIEW_PATHS.photo.length))
    const photo = asked === undefined ? null : await data.photo(asked)
    void reply.header('cache-control', PHOTO_CACHE_CONTROL)
    if (photo === null) return reply.code(404).send()
    return reply.type(photoType(photo.mediaType)).send(Buffer.from(photo.bytes))
  })
}

function addWindow(app: FastifyInstance, { rendererDir, bridgeFile }: PreviewServerOptions): void {
  app.get(PREVIEW_PATHS.bridge, async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(await readFile(bridgeFile)),
  )
  app.get('/*', async (request, reply) => {
    const file = await findWindowFile(path.resolve(rendererDir), pathOf(request))
    if (file === undefined) return reply.code(404).type('text/plain').send('Not found\n')
    const isPage = file.type.startsWith('text/html')
    void reply.type(file.type).header('cache-control', isPage ? 'no-store' : 'private, max-age=3600')
    if (!isPage) return reply.send(file.body)
    return reply
      .header('content-security-policy', contentPolicy({ photoSource: '', eventSource: '' }))
      .send(withBridge(file.body.toString('utf8')))
  })
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/'
}

/** Call paths always answer with a Reply: the bridge in the browser reads nothing else. */
function answerFailure(
  logger: Logger,
  error: { readonly code?: string; readonly statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const code: ErrorCode =
    error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
      ? 'input.too-large'
      : (error.statusCode ?? 500) < 500
        ? 'input.invalid'
        : 'internal'
  if (code === 'internal') logger.error('preview.request-failed', error)
  const result: Reply = { ok: false, code, detail: {} }
  return reply.code(request.method === 'POST' ? 200 : (error.statusCode ?? 500)).send(result)
}
