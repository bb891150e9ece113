import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { RouteSpec } from '../../contract/api/route.ts'
import { RAW_ROUTES, ROUTES, type RouteName } from '../../contract/api/routes.ts'
import { AppError } from '../../contract/errors.ts'
import type { App } from '../app.ts'
import { REQUEST_BODY_LIMIT_BYTES } from '../border/request-limits.ts'
import { findText, type Principal, type RouteHandlers } from '../handler.ts'
import { auditSubject } from './audit-subject.ts'
import { guard, type GuardPorts } from './guard.ts'
import { refuseOtherMethods } from './other-methods.ts'
import { assertPolicies } from './policy.ts'
import { refuseBody } from './refuse-body.ts'
import { refuseNewerProtocol } from './refuse-newer-protocol.ts'

/** What all handlers have in common once their types are forgotten; the table has checked each one against its route. */
type AnyHandler = (
  input: { params: unknown; query: unknown; body: unknown },
  caller: Principal | undefined,
) => Promise<unknown>

const JSON_TYPE = 'application/json; charset=utf-8'

/** Answers that are not 200 although nothing was refused: a load balancer looks at the status of /readyz alone. */
const STATUS_OF: Partial<Record<RouteName, (output: unknown) => number>> = {
  'health.ready': (output) => (ROUTES['health.ready'].output.parse(output).ok ? 200 : 503),
}

/** Puts every row of the table on the server: who may? -> parse -> handle -> parse the answer -> answer. */
export function registerRoutes(app: App, handlers: RouteHandlers, ports: GuardPorts): void {
  assertPolicies({ ...ROUTES, ...RAW_ROUTES })
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    registerRoute(app, ROUTES[name], handlers[name] as AnyHandler, ports, STATUS_OF[name])
  }
  refuseOtherMethods(app, [...Object.values(ROUTES), ...Object.values(RAW_ROUTES)])
}

function registerRoute(
  app: App,
  spec: RouteSpec,
  handle: AnyHandler,
  ports: GuardPorts,
  statusOf: (output: unknown) => number = () => 200,
): void {
  app.route({
    method: spec.method,
    url: spec.path,
    bodyLimit: spec.bodyLimitBytes ?? REQUEST_BODY_LIMIT_BYTES,
    exposeHeadRoute: false,
    onRequest: (request, reply) => guard(ports, spec, request, reply),
    handler: async (request, reply) => {
      const output = await auditingRefusals(ports, spec, request, () =>
        handle(inputOf(spec, request), request.principal),
      )
      const text = findText(output)
      if (text !== undefined) return reply.type(JSON_TYPE).send(text)
      const answer = spec.output.safeParse(output)
      if (!answer.success) throw new AppError('internal', {}, { cause: answer.error })
      reply.code(statusOf(answer.data))
      return reply.type(JSON_TYPE).send(JSON.stringify(answer.data))
    },
  })
}

/**
 * A record out of reach is written down as a refusal. What was done, the modules write themselves, in the
 * transaction that did it.
 */
async function auditingRefusals(
  ports: GuardPorts,
  spec: RouteSpec,
  request: FastifyRequest,
  work: () => Promise<unknown>,
): Promise<unknown> {
  try {
    return await work()
  } catch (cause) {
    const { code } = AppError.from(cause)
    const { principal } = request
    if (principal !== undefined && spec.audit !== null && (code === 'auth.denied' || code === 'not-found')) {
      const subject = auditSubject(request.params, { code })
      await ports.audit.record(principal, { action: spec.audit, outcome: 'denied', subject })
    }
    throw cause
  }
}

function inputOf(spec: RouteSpec, request: FastifyRequest): { params: unknown; query: unknown; body: unknown } {
  refuseBody(request.body, { anyText: spec.anyText === true })
  refuseNewerProtocol(spec, request)
  return {
    params: parsePart('params', spec.params, request.params),
    query: parsePart('query', spec.query, request.query),
    body: parsePart('body', spec.body, request.body),
  }
}

function parsePart(part: string, schema: z.ZodType | undefined, raw: unknown): unknown {
  if (schema === undefined) return undefined
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new AppError('input.invalid', { part, path: path.slice(0, 200) }, { cause: parsed.error })
}
