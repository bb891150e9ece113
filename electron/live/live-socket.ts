import { WebSocket } from 'ws'
import { RAW_ROUTES } from '../../server/contract/api/routes.ts'
import { AppError } from '../../server/contract/errors.ts'
import { PROTOCOL_VERSION } from '../../server/contract/protocol-version.ts'
import { Poke } from '../../server/contract/live/poke.ts'
import { Presence } from '../../server/contract/live/presence.ts'
import { backoffMs } from '../platform/backoff.ts'
import type { Logger } from '../platform/logger.ts'
import { readAuthority } from '../platform/trusted-authority.ts'

const WAITS = { firstMs: 1000, lastMs: 15_000 }
/** The server pings every 30 s. After so long without a word it is asked for one, and then given so long to answer. */
const QUIET_MS = 10_000
const ANSWER_WITHIN_MS = 10_000
/** Presence of 500 people is some 70 KB. */
const MAX_MESSAGE_BYTES = 128 * 1024
/** A socket that held this long was a good one: what ends it later is no failure in a row. */
const GOOD_AFTER_MS = 5000
/** The server's own close codes: the sign-in of this socket has ended; this device has opened a newer one. */
const CLOSE_SIGN_IN = 4401
const CLOSE_REPLACED = 4409

export type LiveSocket = { isUp(): boolean; close(): void }
export type LiveSeams = {
  readonly serverUrl: string
  readonly caFile: string | null
  /** Names this device: the server keeps one socket for each. */
  readonly clientId: string
  /** Another than `refused`, which the server does not take any more. */
  readonly token: (refused: string | null) => Promise<string>
  /** The feed has reached `seq`. */
  readonly onPoke: (seq: number) => void
  /** Who of the practice has which case open now. */
  readonly onPresence?: (message: Presence) => void
  /** Up or down: the poll's pace changes, and after a gap it is time to pull. */
  readonly onChange: () => void
  readonly logger: Logger
}

/** One socket for pokes, opened again with growing waits. Whatever it says is only a reason to pull. */
export function openLiveSocket(seams: LiveSeams): LiveSocket {
  const state = {
    socket: undefined as WebSocket | undefined,
    up: false,
    closed: false,
    failures: 0,
    refused: null as string | null,
    timer: undefined as NodeJS.Timeout | undefined,
    silence: undefined as NodeJS.Timeout | undefined,
  }
  const url = addressOf(seams)

  const connect = async () => {
    const token = await seams.token(state.refused).catch(() => undefined) // none now: the next try asks again
    if (state.closed) return
    const trusted = trustedBy(seams)
    if (token === undefined || trusted === undefined) return again()
    state.refused = null
    const socket = new WebSocket(url, {
      ...trusted,
      minVersion: 'TLSv1.3',
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: 10_000,
      maxPayload: MAX_MESSAGE_BYTES,
      followRedirects: false,
    })
    state.socket = socket
    listen(socket, token)
  }
  const listen = (socket: WebSocket, token: string) => {
    const opened = { atMs: Number.POSITIVE_INFINITY }
    socket.on('open', () => {
      opened.atMs = performance.now()
      state.up = true
      heard()
      seams.onChange()
    })
    socket.on('ping', heard)
    socket.on('pong', heard)
    socket.on('message', (data: Buffer) => {
      heard()
      const message = parse(data)
      const poke = Poke.safeParse(message)
      if (poke.success) return seams.onPoke(poke.data.seq)
      const presence = Presence.safeParse(message)
      if (presence.success) seams.onPresence?.(presence.data)
    })
    socket.on('unexpected-response', (_request, response) => {
      if (response.statusCode === 401) state.refused = token
      socket.terminate()
    })
    socket.on('error', () => socket.terminate()) // `close` follows and plans the next try
    socket.on('close', (code) => ended(code, token, performance.now() - opened.atMs >= GOOD_AFTER_MS))
  }
  const ended = (code: number, token: string, wasGood: boolean) => {
    clearTimeout(state.silence)
    if (state.closed) return
    const { up } = state
    state.up = false
    if (wasGood) state.failures = 0
    if (up) seams.onChange()
    // Another process works under this device's name: two that replace each other would never end. The poll goes on.
    if (code === CLOSE_REPLACED) return seams.logger.warn('live.replaced')
    if (code === CLOSE_SIGN_IN) state.refused = token
    if (code === CLOSE_SIGN_IN && state.failures === 0) {
      state.failures = 1 // at once, but only once
      return void connect()
    }
    again()
  }
  const heard = () => {
    clearTimeout(state.silence)
    state.silence = setTimeout(ask, QUIET_MS).unref()
  }
  /** A line that only one side still knows of looks open for ever. */
  const ask = () => {
    const { socket } = state
    if (socket?.readyState === WebSocket.OPEN) socket.ping()
    state.silence = setTimeout(() => socket?.terminate(), ANSWER_WITHIN_MS).unref()
  }
  const again = () => {
    state.failures += 1
    state.timer = setTimeout(() => void connect(), backoffMs(state.failures, WAITS)).unref()
  }

  void connect()
  return {
    isUp: () => state.up,
    close: () => {
      state.closed = true
      clearTimeout(state.timer)
      clearTimeout(state.silence)
      state.socket?.terminate()
    },
  }
}

/** Undefined while the authority's file cannot be read: the next try reads it again. */
function trustedBy({ caFile, logger }: LiveSeams): { ca?: string } | undefined {
  try {
    const ca = readAuthority(caFile)
    return ca === undefined ? {} : { ca }
  } catch (cause) {
    logger.warn('live.no-authority', { code: AppError.from(cause).code })
    return undefined
  }
}

function addressOf({ serverUrl, clientId }: LiveSeams): URL {
  const url = new URL(RAW_ROUTES['live.socket'].path, serverUrl.replace(/^http/, 'ws'))
  url.searchParams.set('client', clientId)
  url.searchParams.set('protocol', String(PROTOCOL_VERSION)) // which messages may come
  return url
}

/** What is none of the messages known here is ignored: a newer server may say more. */
function parse(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'))
  } catch {
    return undefined // not the server's word
  }
}
