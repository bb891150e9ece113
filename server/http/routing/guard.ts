import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../contract/errors.ts'
import type { AuditPort } from '../audit-port.ts'
import type { Asking, RequestLimits } from '../border/request-limits.ts'
import type { Principal } from '../handler.ts'
import type { Identify } from '../sign-in/identify.ts'
import { isOpen, mayCall } from './policy.ts'
import { auditSubject } from './audit-subject.ts'

export type GuardedRoute = { readonly who: readonly string[]; readonly audit: string | null }
type Counting = Pick<GuardPorts, 'identify'> & {
  readonly limits: Pick<RequestLimits, 'countCall' | 'countFailedSignIn'>
}
export type GuardPorts = { readonly identify: Identify; readonly audit: AuditPort; readonly limits: RequestLimits }

/**
 * Who is it, and may they? Runs before the body is read and before any record is looked for,
 * so that a refusal tells nothing about what exists.
 */
export async function guard(
  ports: GuardPorts,
  route: GuardedRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (isOpen(route.who)) {
    await ports.limits.countOpenCall(request)
    return
  }
  const principal = await signIn(ports, request, request.headers.authorization)
  ports.limits.holdPlace(principal, reply.raw)
  if (mayCall(route.who, principal)) return
  const subject = auditSubject(request.params)
  await ports.audit.record(principal, { action: route.audit ?? 'route.call', outcome: 'denied', subject })
  throw new AppError('auth.denied')
}

/**
 * Who it is, known to the request from here on, and counted.
 * @throws AppError `auth.required`, `auth.no-practice`, `rate.limited`
 */
export async function signIn(ports: Counting, request: Asking, authorization: string | undefined): Promise<Principal> {
  const principal = await identified(ports, request, authorization)
  await ports.limits.countCall(request, principal)
  request.principal = principal
  return principal
}

async function identified(ports: Counting, request: Asking, authorization: string | undefined): Promise<Principal> {
  try {
    const principal = await ports.identify(authorization)
    if (principal === undefined) throw new AppError('auth.required')
    return principal
  } catch (cause) {
    const { code } = AppError.from(cause)
    if (code === 'auth.required' || code === 'auth.no-practice') await ports.limits.countFailedSignIn(request)
    throw cause
  }
}
