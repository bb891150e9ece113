import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { RouteSpec } from '../../contract/api/route.ts'
import { AppError } from '../../contract/errors.ts'
import { PROTOCOL_VERSION } from '../../contract/protocol-version.ts'

const Spoken = z.looseObject({ protocol: z.coerce.number().int() })

/**
 * A workstation newer than this server. Looked at before the strict parse: its words may be unknown here, and
 * `input.invalid` would make it give up changes that the server takes once it has been updated.
 * @throws AppError `sync.server-too-old`
 */
export function refuseNewerProtocol(spec: RouteSpec, request: FastifyRequest): void {
  if (spec.protocolIn === undefined) return
  const spoken = Spoken.safeParse(request[spec.protocolIn])
  if (!spoken.success || spoken.data.protocol <= PROTOCOL_VERSION) return
  throw new AppError('sync.server-too-old', { serverProtocol: PROTOCOL_VERSION })
}
