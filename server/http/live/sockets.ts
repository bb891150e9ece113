import type { WebSocket } from 'ws'
import type { PracticeId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import type { Logger } from '../../platform/logger.ts'
import type { PersonPrincipal } from '../handler.ts'
import type { Identify } from '../sign-in/identify.ts'

/** Close codes of ours, for the workstation's own use: sign in again; this device opened a newer socket. */
export const CLOSE_SIGN_IN = 4401
export const CLOSE_REPLACED = 4409
const CLOSE_GOING_AWAY = 1001
/** A socket that cannot take a few lines any more has stopped reading. */
const MAX_BUFFERED_BYTES = 64 * 1024
const CLOSE_GRACE_MS = 1000
/** Workstations name themselves, so one socket for each of them is no bound. */
const MOST_OF_ONE_PERSON = 50

type Entry = {
  readonly principal: PersonPrincipal
  readonly deviceKey: string
  readonly authorization: string | undefined
  /** The workstation's PROTOCOL_VERSION: what it can read. */
  readonly protocol: number
}
type Held = Entry & { isAlive: boolean }

export type Sockets = {
  add(socket: WebSocket, entry: Entry): void
  /** To those that speak `since` or a later protocol. */
  send(practice: PracticeId, text: string, since?: number): void
  count(): number
  /** Each practice with such a socket, once. */
  practices(since?: number): PracticeId[]
  closeAll(): Promise<void>
}

export function createSockets(ports: {
  readonly identify: Identify
  readonly log: Logger
  readonly heartbeatMs?: number
}): Sockets {
  const held = new Map<WebSocket, Held>()
  const beat = setInterval(() => {
    for (const [socket, entry] of held) beatOnce(ports, socket, entry)
  }, ports.heartbeatMs ?? 30_000)
  beat.unref()

  const endOldest = (person: PersonPrincipal['personId']) => {
    const [oldest, ...others] = [...held].filter(([, { principal }]) => principal.personId === person)
    if (oldest === undefined || others.length + 1 < MOST_OF_ONE_PERSON) return
    held.delete(oldest[0])
    oldest[0].terminate()
  }

  return {
    add: (socket, entry) => {
      for (const [older, other] of held) if (other.deviceKey === entry.deviceKey) older.close(CLOSE_REPLACED)
      endOldest(entry.principal.personId)
      const kept: Held = { ...entry, isAlive: true }
      held.set(socket, kept)
      socket.on('pong', () => {
        kept.isAlive = true
      })
      socket.on('message', () => socket.close(1003)) // nothing is ever asked over this socket
      socket.on('error', (cause) => ports.log.warn('live.socket-broken', { errorName: cause.name }))
      socket.on('close', () => held.delete(socket))
    },
    send: (practice, text, since = 1) => {
      for (const [socket, entry] of held) {
        if (entry.principal.practiceId !== practice || entry.protocol < since) continue
        if (socket.readyState !== socket.OPEN) continue
        if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate()
        else socket.send(text)
      }
    },
    count: () => held.size,
    practices: (since = 1) => {
      const able = [...held.values()].filter((entry) => entry.protocol >= since)
      return [...new Set(able.map((entry) => entry.principal.practiceId))]
    },
    closeAll: async () => {
      clearInterval(beat)
      await Promise.all([...held.keys()].map(closeWithin))
    },
  }
}

function beatOnce(ports: { identify: Identify; log: Logger }, socket: WebSocket, entry: Held): void {
  if (!entry.isAlive) return socket.terminate()
  entry.isAlive = false
  socket.ping()
  checkSignIn(ports, socket, entry).catch((cause: unknown) => ports.log.error('live.check-failed', cause))
}

async function checkSignIn(ports: { identify: Identify; log: Logger }, socket: WebSocket, entry: Held): Promise<void> {
  try {
    const now = await ports.identify(entry.authorization)
    const isSame = now?.kind === 'person' && now.personId === entry.principal.personId
    if (!isSame || String(now.roles) !== String(entry.principal.roles)) socket.close(CLOSE_SIGN_IN)
  } catch (cause) {
    const { code } = AppError.from(cause)
    ports.log.info('live.sign-in-ended', { code })
    if (code === 'auth.required' || code === 'auth.no-practice') socket.close(CLOSE_SIGN_IN)
  }
}

function closeWithin(socket: WebSocket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(() => socket.terminate(), CLOSE_GRACE_MS)
  socket.once('close', () => {
    clearTimeout(timer)
    resolve()
  })
  socket.close(CLOSE_GOING_AWAY)
  return promise
}
