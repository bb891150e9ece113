import type { FastifyReply, FastifyRequest } from 'fastify'
import { RAW_ROUTES } from '../../contract/api/routes.ts'
import { AppError } from '../../contract/errors.ts'
import type { ObjectAnswer, SignedRequests } from '../../platform/objects/folder/signed-requests.ts'
import type { App } from '../app.ts'
import { guard, type GuardPorts } from '../routing/guard.ts'

type ObjectRequest = FastifyRequest<{ Params: { '*': string }; Querystring: Record<string, unknown> }>

/** The folder store's presigned addresses. With S3 there is nothing behind them, and they answer `not-found`. */
export async function registerObjectRoutes(
  app: App,
  objects: SignedRequests | undefined,
  ports: GuardPorts,
): Promise<void> {
  await app.register(async (scope: App) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload)) // streamed, never buffered
    const { 'objects.put': put, 'objects.get': get } = RAW_ROUTES
    const check = (who: readonly string[]) => (request: FastifyRequest, reply: FastifyReply) =>
      guard(ports, { who, audit: null }, request, reply)
    scope.route<{ Params: { '*': string }; Querystring: Record<string, unknown> }>({
      method: put.method,
      url: put.path,
      bodyLimit: put.bodyLimitBytes,
      onRequest: check(put.who),
      handler: (request, reply) => receive(objects, request, reply),
    })
    scope.route<{ Params: { '*': string }; Querystring: Record<string, unknown> }>({
      method: get.method,
      url: get.path,
      exposeHeadRoute: false,
      onRequest: check(get.who),
      handler: (request, reply) => send(objects, request, reply),
    })
  })
}

async function receive(objects: SignedRequests | undefined, request: ObjectRequest, reply: FastifyReply) {
  if (objects === undefined) throw new AppError('not-found')
  const body = (request.body as AsyncIterable<Uint8Array> | undefined) ?? request.raw
  try {
    await objects.receive(request.params['*'], queryOf(request), request.headers, body)
  } catch (cause) {
    reply.header('connection', 'close') // the rest of a refused body is not worth reading
    // A device that went away is no fault of ours: it sends the photo again.
    if (request.raw.errored !== null && cause === request.raw.errored)
      throw new AppError('upload.length', {}, { cause })
    throw cause
  }
  // What a part is named by when its upload is completed.
  return reply
    .code(200)
    .header('etag', `"${text(request.headers['x-loupe-sha256']) ?? ''}"`)
    .send()
}

async function send(objects: SignedRequests | undefined, request: ObjectRequest, reply: FastifyReply) {
  if (objects === undefined) throw new AppError('not-found')
  const answer = await objects.send(request.params['*'], queryOf(request), request.headers.range)
  reply.header('accept-ranges', 'bytes').type('application/octet-stream')
  if (answer.kind === 'unsatisfiable')
    return reply.code(416).header('content-range', `bytes */${answer.totalBytes}`).send()
  return sendBody(answer, reply)
}

function sendBody(answer: Extract<ObjectAnswer, { kind: 'whole' | 'part' }>, reply: FastifyReply): FastifyReply {
  const { start, end } = answer.range
  reply.header('content-length', end - start + 1)
  if (answer.kind === 'part') reply.code(206).header('content-range', `bytes ${start}-${end}/${answer.totalBytes}`)
  return reply.send(answer.body)
}

function queryOf(request: ObjectRequest): { expires: string | undefined; signature: string | undefined } {
  const { expires, signature } = request.query
  return { expires: text(expires), signature: text(signature) }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
