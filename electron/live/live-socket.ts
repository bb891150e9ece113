import { readFileSync } from 'node:fs'
import { WebSocket } from 'ws'
import { Poke } from '../../server/contract/live/poke.ts'
import { RAW_ROUTES } from '../../server/contract/api/routes.ts'
import type { Logger } from '../platform/logger.ts'

const FIRST_WAIT_MS = 1000
const LAST_WAIT_MS = 60_000
/** The server pings; a socket that is silent for longer is dead. */
const SILENT_MS = 90_000

export type LiveSocket = { isUp(): boolean; close(): void }
export type LiveSeams = {
  readonly serverUrl: string
  readonly caFile: string | null
  readonly token: () => Promise<string | null>
  readonly onPoke: () => void
  readonly onChange: () => void
  readonly logger: Logger
}

/** One socket for pokes, opened again with growing waits. Whatever it says is only a reason to pull. */
export function openLiveSocket(seams: LiveSeams): LiveSocket {
  const state = {
    socket: undefined as WebSocket | undefined,
    up: false,
    closed: false,
    tries: 0,
    timer: undefined as NodeJS.Timeout | undefined,
    silence: undefined as NodeJS.Timeout | undefined,
  }
  const url = new URL(RAW_ROUTES['live.socket'].path, seams.serverUrl.replace(/^http/, 'ws'))
  const ca = seams.caFile === null ? {} : { ca: readFileSync(seams.caFile) }

  const connect = async () => {
    const token = await seams.token().catch(() => null) // no token now: the next try asks again
    if (state.closed) return
    if (token === null) return again()
    const socket = new WebSocket(url, {
      ...ca,
      minVersion: 'TLSv1.3',
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: 10_000,
      maxPayload: 64 * 1024,
      followRedirects: false,
    })
    state.socket = socket
    socket.on('open', () => {
      state.up = true
      state.tries = 0
      heard()
      seams.onChange()
    })
    socket.on('ping', heard)
    socket.on('message', (data: Buffer) => {
      heard()
      if (isPoke(data)) seams.onPoke()
    })
    socket.on('error', () => socket.terminate()) // `close` follows and plans the next try
    socket.on('close', () => {
      clearTimeout(state.silence)
      const wasUp = state.up
      state.up = false
      if (state.closed) return
      if (wasUp) seams.onChange()
      again()
    })
  }
  const heard = () => {
    clearTimeout(state.silence)
    state.silence = setTimeout(() => state.socket?.terminate(), SILENT_MS).unref()
  }
  const again = () => {
    const ceiling = Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** state.tries++)
    state.timer = setTimeout(() => void connect(), Math.max(250, Math.random() * ceiling)).unref()
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

function isPoke(data: Buffer): boolean {
  try {
    return Poke.safeParse(JSON.parse(data.toString('utf8'))).success
  } catch {
    return false // not the server's word: ignored
  }
}
