import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import type { Logger } from '../platform/logger.ts'
import type { SignedRequests } from '../platform/objects/folder/signed-requests.ts'
import type { Tls } from '../platform/secrets/demo-tls.ts'
import type { App } from './app.ts'
import type { AuditPort } from './audit-port.ts'
import { answerEarlyError, answerErrors } from './border/answer-error.ts'
import { MAX_LAG_MS, refuseUnderPressure } from './border/pressure.ts'
import { compressAnswers } from './border/compress-answers.ts'
import { addRequestLimits, DEFAULT_RATES, type Rates, REQUEST_BODY_LIMIT_BYTES } from './border/request-limits.ts'
import { answerBrokenHttp } from './border/refuse-on-socket.ts'
import { addSecurityHeaders } from './border/security-headers.ts'
import type { RouteHandlers } from './handler.ts'
import type { FeedPositions } from './live/follow-feeds.ts'
import type { PresencePort } from './live/follow-presence.ts'
import { openLive } from './live/live.ts'
import type { Announce } from './live/pokes.ts'
import { registerObjectRoutes } from './objects/object-routes.ts'
import { registerDocs } from './openapi/docs-page.ts'
import { registerRoutes } from './routing/register-routes.ts'
import type { Identify } from './sign-in/identify.ts'

/** For as long as nothing is sent or taken on a connection; no request of ours takes that long. */
const IDLE_MS = 120_000
/** A stop must not wait for a client that has stopped sending. */
const CLOSE_GRACE_MS = 10_000

export type HttpOptions = {
  readonly tls: Tls
  readonly handlers: RouteHandlers
  readonly identify: Identify
  readonly audit: AuditPort
  readonly log: Logger
  /** Present when photos lie in a folder: the receiving side of its presigned addresses. */
  readonly objects: SignedRequests | undefined
  readonly rates?: Rates
  readonly maxLagMs?: number
  /** When a connection on which nothing moves is cut, as of somebody who does not read the answer. */
  readonly idleMs?: number
  /** For pokes about what other server processes commit. */
  readonly feedPositions?: FeedPositions
  /** For who has which case open. */
  readonly presence?: PresencePort
  /** How often both are asked for; a second unless a test is in a hurry. */
  readonly followMs?: number
}

export type Http = {
  readonly app: App
  readonly poke: Announce
  listen(host: string, port: number): Promise<{ readonly port: number }>
  /** Ends sockets, then waits for requests that are under way, 10 s at most. */
  close(): Promise<void>
}

/** The server's whole border to the network, not yet listening. */
export async function createHttp(options: HttpOptions): Promise<Http> {
  const app: App = fastify({
    https: { ...options.tls, minVersion: 'TLSv1.3' },
    logger: false,
    bodyLimit: REQUEST_BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    requestTimeout: 120_000,
    connectionTimeout: options.idleMs ?? IDLE_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (cause, request, reply) => answerEarlyError(cause, request, reply, options.log),
    clientErrorHandler: answerBrokenHttp,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  })
  app.decorateRequest('principal', undefined)
  app.removeContentTypeParser('text/plain')
  addSecurityHeaders(app)
  await compressAnswers(app)
  answerErrors(app, options.log)
  logAnswers(app, options.log)
  await refuseUnderPressure(app, options.maxLagMs ?? MAX_LAG_MS)
  const limits = await addRequestLimits(app, options.rates ?? DEFAULT_RATES)
  const ports = { identify: options.identify, audit: options.audit, limits }
  await registerObjectRoutes(app, options.objects, ports)
  await registerDocs(app, ports)
  registerRoutes(app, options.handlers, ports)
  const live = openLive(app.server, { ...options, limits })
  return {
    app,
    poke: live.poke,
    listen: async (host, port) => {
      await app.listen({ host, port })
      return { port: (app.server.address() as AddressInfo).port } // a TCP server that listens has a port
    },
    close: async () => {
      await live.close()
      const impatient = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS)
      await app.close()
      clearTimeout(impatient)
    },
  }
}

/** The pattern of the route, never the address: addresses carry ids and signatures. */
function logAnswers(app: App, log: Logger): void {
  app.addHook('onResponse', async (request, reply) => {
    log.info('http.answered', {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    })
  })
}
