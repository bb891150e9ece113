import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Server } from 'node:https'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { RAW_ROUTES } from '../../contract/api/routes.ts'
import { ClientId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import type { Logger } from '../../platform/logger.ts'
import type { AuditPort } from '../audit-port.ts'
import type { PersonPrincipal } from '../handler.ts'
import { mayCall } from '../routing/policy.ts'
import type { Identify } from '../sign-in/identify.ts'
import { type FeedPositions, followFeeds } from './follow-feeds.ts'
import { type Announce, createPokes } from './pokes.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import { createSockets } from './sockets.ts'

const MAX_FRAME_BYTES = 64 * 1024

export type LivePorts = {
  readonly identify: Identify
  readonly audit: AuditPort
  readonly log: Logger
  /** How long pokes of one practice are gathered, 100-250. */
  readonly gatherMs?: number
  /** A socket that missed a whole beat is cut; at each beat its sign-in is checked again. */
  readonly heartbeatMs?: number
  /** Where feeds stand in the database, which other server processes write too. Without it only this one's commits are told. */
  readonly feedPositions?: FeedPositions
  readonly followMs?: number
}

export type Live = { readonly poke: Announce; readonly socketCount: () => number; close(): Promise<void> }

/**
 * `/api/v1/live`: tells workstations that something new may be pulled. Sign-in by the Authorization header of the
 * upgrade; `?client=<ClientId>` names the workstation, whose newer socket replaces its older one.
 */
export function openLive(server: Server, ports: LivePorts): Live {
  const sockets = createSockets(ports)
  const pokes = createPokes(ports.gatherMs ?? 150, (poke) => sockets.send(poke.practice, JSON.stringify(poke)))
  const { feedPositions: positions, followMs: everyMs = 1000, log } = ports
  const followed =
    positions && followFeeds({ positions, practices: () => sockets.practices(), poke: pokes.add, log, everyMs })
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false })
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', (cause) => ports.log.warn('live.upgrade-broken', { errorName: cause.name }))
    admit(ports, request).then(
      ({ principal, deviceKey }) =>
        upgrades.handleUpgrade(request, socket, head, (ws) =>
          sockets.add(ws, { principal, deviceKey, authorization: request.headers.authorization }),
        ),
      (cause: unknown) => refuseUpgrade(socket, AppError.from(cause), ports.log),
    )
  }
  server.on('upgrade', onUpgrade)
  return {
    poke: (practice, seq) => {
      followed?.announced(practice, seq)
      pokes.add(practice, seq)
    },
    socketCount: () => sockets.count(),
    close: async () => {
      server.off('upgrade', onUpgrade)
      await followed?.stop()
      pokes.stop()
      await sockets.closeAll()
    },
  }
}

type Admitted = { readonly principal: PersonPrincipal; readonly deviceKey: string }

async function admit(ports: LivePorts, request: IncomingMessage): Promise<Admitted> {
  const url = new URL(request.url ?? '/', 'https://server')
  const route = RAW_ROUTES['live.socket']
  if (url.pathname !== route.path || request.method !== route.method) throw new AppError('not-found')
  const principal = await ports.identify(request.headers.authorization)
  if (principal === undefined) throw new AppError('auth.required')
  const isAllowed = mayCall(route.who, principal) && principal.kind === 'person'
  const outcome = isAllowed ? 'done' : 'denied'
  await ports.audit.record(principal, { action: 'live.socket', outcome, subject: {} })
  if (!isAllowed) throw new AppError('auth.denied')
  const client = ClientId.safeParse(url.searchParams.get('client') ?? randomUUID())
  if (!client.success) throw new AppError('input.invalid', { part: 'query', path: 'client' })
  return { principal, deviceKey: `${principal.personId}:${client.data}` }
}
