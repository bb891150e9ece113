import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError, ERRORS, type ErrorCode } from '../../contract/errors.ts'
import type { Logger } from '../../platform/logger.ts'
import type { App } from '../app.ts'
import { errorBody } from './error-body.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/** Every failure, ours or the framework's, leaves as one shape; what we did not foresee says nothing but its number. */
export function answerErrors(app: App, log: Logger): void {
  app.setErrorHandler((cause, request, reply) => answer(appErrorOf(cause), cause, request, reply, log))
  app.setNotFoundHandler((request, reply) => answer(new AppError('not-found'), undefined, request, reply, log))
}

/** An address so broken that no route, hook or header of ours has been reached yet. */
export function answerEarlyError(cause: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): void {
  reply.headers(SECURITY_HEADERS)
  answer(appErrorOf(cause), cause, request, reply, log)
}

function answer(
  error: AppError,
  cause: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): FastifyReply {
  const { code } = error
  if (code === 'internal') log.error('http.failed', error.cause ?? cause, routeOf(request))
  if (code === 'auth.required') reply.header('www-authenticate', 'Bearer')
  const retryAfterS = error.detail['retryAfterS']
  if (typeof retryAfterS === 'number') reply.header('retry-after', String(retryAfterS))
  const detail = code === 'internal' ? {} : error.detail
  return reply
    .code(ERRORS[code].status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(errorBody(code, detail, request.id)))
}

/** Fastify's own refusals by their status: a broken body, a body too large, an unknown content type. */
function appErrorOf(cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  const status = (cause as { statusCode?: unknown }).statusCode
  const code = typeof status === 'number' ? FRAMEWORK_CODES[status] : undefined
  return new AppError(code ?? 'internal', {}, { cause })
}

const FRAMEWORK_CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'input.invalid',
  404: 'not-found',
  413: 'input.too-large',
  414: 'input.too-large',
  415: 'input.invalid',
  429: 'rate.limited',
  431: 'input.too-large',
  503: 'server.busy',
}

function routeOf(request: FastifyRequest): { requestId: string; route: string; method: string } {
  return { requestId: request.id, route: request.routeOptions.url ?? 'none', method: request.method }
}
