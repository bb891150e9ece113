import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROUTES, type RouteName } from '../../contract/api/routes.ts'
import { IntakeKeyId, PersonId, PracticeId } from '../../contract/domain/ids.ts'
import { Role } from '../../contract/domain/roles.ts'
import { AppError } from '../../contract/errors.ts'
import { systemClock } from '../../platform/clock.ts'
import { silentLogger } from '../../platform/logger.ts'
import { getDemoTls } from '../../platform/secrets/demo-tls.ts'
import type { AuditEvent } from '../audit-port.ts'
import { createHttp, type Http, type HttpOptions } from '../create-http.ts'
import type { Principal, RouteHandlers } from '../handler.ts'
import type { Identify } from '../sign-in/identify.ts'

export const practiceId = PracticeId.parse('0198b000-0000-7000-8000-000000000001')
export const otherPracticeId = PracticeId.parse('0198b000-0000-7000-8000-000000000002')
export const personId = PersonId.parse('0198b000-0000-7000-8000-000000000003')
const intakeKeyId = IntakeKeyId.parse('0198b000-0000-7000-8000-000000000004')

export function person(...roles: Role[]): Principal {
  return { kind: 'person', practiceId, personId, roles }
}

/** Understands `Bearer <role>` and `Intake any`, so that a test can be anybody without a provider. */
export const identifyByRole: Identify = async (authorization) => {
  if (authorization === undefined) return undefined
  if (authorization.startsWith('Intake ')) return { kind: 'intake', practiceId, intakeKeyId }
  const role = Role.safeParse(authorization.replace('Bearer ', ''))
  if (!role.success) throw new AppError('auth.required')
  return person(role.data)
}

/** Handlers that all answer `conflict.exists`: whoever meets it was let in and understood. */
export function stubHandlers(over: Partial<RouteHandlers> = {}): RouteHandlers {
  const refuse = async () => {
    throw new AppError('conflict.exists')
  }
  const stubs = Object.fromEntries((Object.keys(ROUTES) as RouteName[]).map((name) => [name, refuse]))
  return { ...stubs, ...over } as RouteHandlers // every name of the table was just given a stub
}

export type StubHttp = {
  readonly http: Http
  readonly audited: AuditEvent[]
  readonly ca: string
  stop(): Promise<void>
}

export async function startStubHttp(over: Partial<HttpOptions> = {}): Promise<StubHttp> {
  const folder = await mkdtemp(join(tmpdir(), 'loupe-http-'))
  const tls = await getDemoTls(folder, systemClock.nowMs())
  const audited: AuditEvent[] = []
  const http = await createHttp({
    tls,
    handlers: stubHandlers(),
    identify: identifyByRole,
    audit: { record: async (_who, event) => void audited.push(event) },
    log: silentLogger,
    objects: undefined,
    maxLagMs: 60_000, // a busy machine is not what most tests are about
    ...over,
  })
  const stop = async () => {
    await http.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { http, audited, ca: tls.caPath, stop }
}
