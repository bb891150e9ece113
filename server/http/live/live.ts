import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Server } from 'node:https'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { z } from 'zod'
import { RAW_ROUTES } from '../../contract/api/routes.ts'
import { ClientId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import type { Logger } from '../../platform/logger.ts'
import type { AuditPort } from '../audit-port.ts'
import type { RequestLimits } from '../border/request-limits.ts'
import type { PersonPrincipal } from '../handler.ts'
import { signIn } from '../routing/guard.ts'
import { mayCall } from '../routing/policy.ts'
import type { Identify } from '../sign-in/identify.ts'
import { type FeedPositions, followFeeds } from './follow-feeds.ts'
import { followPresence, type PresencePort } from './follow-presence.ts'
import { type Announce, createPokes } from './pokes.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import { createSockets } from './sockets.ts'

const MAX_FRAME_BYTES = 64 * 1024

export type LivePorts = {
  readonly identify: Identify
  readonly audit: AuditPort
  readonly limits: Pick<RequestLimits, 'countCall' | 'countFailedSignIn'>
  readonly log: Logger
  /** How long pokes of one practice are gathered, 100-250. */
  readonly gatherMs?: number
  /** A socket that missed a whole beat is cut; at each beat its sign-in is checked again. */
  readonly heartbeatMs?: number
  /** Where feeds stand in the database, which other server processes write too. Without it only this one's commits are told. */
  readonly feedPositions?: FeedPositions
  readonly followMs?: number
  /** Who has which case open; without it nobody is told. */
  readonly presence?: PresencePort
}

export type Live = { readonly poke: Announce; readonly socketCount: () => number; close(): Promise<void> }

/** The first protocol that knows the message `Presence`: older workstations take every message for a poke. */
const PRESENCE_SINCE = 3

/**
 * `/api/v1/live`: tells workstations that something new may be pulled, and who has which case open. Sign-in by the
 * Authorization header of the upgrade; `?client=<ClientId>` names the workstation, whose newer socket replaces its older
 * one; `&protocol=` says what it can read: without it pokes alone.
 */
export function openLive(server: Server, ports: LivePorts): Live {
  const sockets = createSockets(ports)
  const pokes = createPokes(ports.gatherMs ?? 150, (poke) => sockets.send(poke.practice, JSON.stringify(poke)))
  const { feedPositions: positions, followMs: everyMs = 1000, log } = ports
  const followed =
    positions && followFeeds({ positions, practices: () => sockets.practices(), poke: pokes.add, log, everyMs })
  const { presence } = ports
  const together =
    presence &&
    followPresence({
      presence,
      practices: () => sockets.practices(PRESENCE_SINCE),
      send: (practice, text) => sockets.send(practice, text, PRESENCE_SINCE),
      log,
      everyMs,
      nowMs: () => Date.now(),
    })
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false })
  /** Neither let in yet nor gone: nobody else knows of them, and one that stays keeps the server from stopping. */
  const asking = new Set<Duplex>()
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    asking.add(socket)
    socket.once('close', () => asking.delete(socket))
    socket.on('error', (cause) => ports.log.warn('live.upgrade-broken', { errorName: cause.name }))
    admit(ports, request).then(
      (admitted) =>
        upgrades.handleUpgrade(request, socket, head, (ws) => {
          asking.delete(socket)
          sockets.add(ws, { ...admitted, authorization: request.headers.authorization })
          together?.joined(admitted.principal.practiceId)
        }),
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
      for (const socket of asking) socket.destroy()
      await Promise.all([followed?.stop(), together?.stop()])
      pokes.stop()
      await sockets.closeAll()
    },
  }
}

type Admitted = { readonly principal: PersonPrincipal; readonly deviceKey: string; readonly protocol: number }
const Protocol = z.coerce.number().int().positive()

async function admit(ports: LivePorts, request: IncomingMessage): Promise<Admitted> {
  const url = URL.parse(request.url ?? '/', 'https://server')
  const route = RAW_ROUTES['live.socket']
  if (url?.pathname !== route.path || request.method !== route.method) throw new AppError('not-found')
  const asking = { ip: request.socket.remoteAddress ?? '', principal: undefined }
  const principal = await signIn(ports, asking, request.headers.authorization)
  const isAllowed = mayCall(route.who, principal) && principal.kind === 'person'
  const outcome = isAllowed ? 'done' : 'denied'
  await ports.audit.record(principal, { action: 'live.socket', outcome, subject: {} })
  if (!isAllowed) throw new AppError('auth.denied')
  const client = ClientId.safeParse(url.searchParams.get('client') ?? randomUUID())
  if (!client.success) throw new AppError('input.invalid', { part: 'query', path: 'client' })
  const protocol = Protocol.safeParse(url.searchParams.get('protocol') ?? 1)
  if (!protocol.success) throw new AppError('input.invalid', { part: 'query', path: 'protocol' })
  return { principal, deviceKey: `${principal.personId}:${client.data}`, protocol: protocol.data }
}
