import { type CallName, type EventBody, type EventName, IPC_EVENTS, type Reply } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Logger } from '../platform/logger.ts'
import type { FromData, ToData } from '../data/protocol.ts'
import type { DataPort } from './data-port.ts'
import { createPendingCalls } from './pending-calls.ts'
import type { PhotoRequest } from './photo-request.ts'

/** Waits between restarts: doubled after each crash, back to the first once a process has got ready. */
const FIRST_RESTART_MS = 250
const LAST_RESTART_MS = 10_000
/** Longer than writing out a store and its outbox takes; then the process is ended by force. */
const SHUTDOWN_MS = 5000

export type PhotoBytes = { readonly bytes: Uint8Array; readonly mediaType: string }
type Announce = <E extends EventName>(name: E, body: EventBody<E>) => void

export type DataProcess = {
  readonly call: (name: CallName, input: unknown) => Promise<Reply>
  /** Null while the photo is not in the local cache. */
  photo(asked: PhotoRequest): Promise<PhotoBytes | null>
  /** Closes the store: idle, screen lock and suspend. */
  lock(): void
  onEvent(listener: Announce): () => void
  /** Closes cleanly; nothing is restarted afterwards. */
  stop(): Promise<void>
}

export type DataProcessOptions = {
  readonly spawn: () => DataPort
  readonly logger: Logger
  /** Tests shorten the waits. */
  readonly firstRestartMs?: number
}

/** The one data process of a workstation, kept alive. Calls before it is ready wait; calls it took to its end fail. */
export function startDataProcess(options: DataProcessOptions): DataProcess {
  const { logger } = options
  const pending = createPendingCalls()
  const listeners = new Set<Announce>()
  const unsent: ToData[] = []
  const state = {
    port: undefined as DataPort | undefined,
    ready: false,
    stopping: false,
    crashes: 0,
    everReady: false,
    timer: undefined as NodeJS.Timeout | undefined,
    gone: undefined as (() => void) | undefined,
  }

  const send = (message: ToData) => {
    if (state.ready) state.port?.send(message)
    else unsent.push(message)
  }

  const announce = (name: EventName, body: unknown) => {
    const parsed = Object.hasOwn(IPC_EVENTS, name) ? IPC_EVENTS[name].safeParse(body) : undefined
    if (parsed?.success !== true) return logger.error('data.event-malformed', parsed?.error)
    // The schema of `name` has just made this body; the compiler cannot pair the two.
    for (const listener of listeners) (listener as (name: EventName, body: unknown) => void)(name, parsed.data)
  }

  const receive = (message: FromData) => {
    if (message.kind === 'event') announce(message.name, message.body)
    else if (message.kind === 'ready') becomeReady()
    else pending.answer(message)
  }

  const becomeReady = () => {
    const again = state.everReady
    Object.assign(state, { ready: true, everReady: true, crashes: 0 })
    for (const message of unsent.splice(0)) state.port?.send(message)
    if (again) void reannounce()
  }

  /** After a restart the windows are told where the workstation stands now: a fresh process starts locked or signed in. */
  const reannounce = async () => {
    for (const name of ['app.state', 'sync.status'] as const) {
      const reply = await call(name, null).catch(() => undefined) // the process ended again: the next one announces
      if (reply?.ok === true) announce(name, reply.value)
    }
    announce('store.changed', { patients: true, sessions: true, reads: true, practice: true })
  }

  const begin = () => {
    const port = options.spawn()
    Object.assign(state, { port, ready: false })
    port.onMessage((message) => {
      if (state.port === port) receive(message)
    })
    port.onExit((code) => ended(code))
  }

  const ended = (code: number | null) => {
    Object.assign(state, { port: undefined, ready: false })
    unsent.splice(0)
    pending.rejectAll(() => new AppError('internal', { reason: 'data-process-ended' }))
    if (state.stopping) return state.gone?.()
    const waitMs = Math.min(LAST_RESTART_MS, (options.firstRestartMs ?? FIRST_RESTART_MS) * 2 ** state.crashes++)
    logger.error('data.crashed', undefined, { code, waitMs, crashCount: state.crashes })
    state.timer = setTimeout(begin, waitMs)
  }

  const call = async (name: CallName, input: unknown): Promise<Reply> => {
    if (state.stopping) throw new AppError('internal', { reason: 'stopping' })
    const answer = await pending.ask((id) => send({ kind: 'call', id, name, input }))
    if (answer.kind !== 'reply') throw new AppError('internal', { reason: 'wrong-answer' })
    return answer.reply
  }

  const photo = async ({ hash, size, onlyKept }: PhotoRequest): Promise<PhotoBytes | null> => {
    if (state.stopping) return null
    const answer = await pending.ask((id) => send({ kind: 'photo', id, hash, size, onlyKept }))
    if (answer.kind !== 'photo' || answer.bytes === null) return null
    return { bytes: answer.bytes, mediaType: answer.mediaType }
  }

  const stop = async (): Promise<void> => {
    state.stopping = true
    clearTimeout(state.timer)
    const { port } = state
    if (port === undefined) return
    const force = setTimeout(() => port.kill(), SHUTDOWN_MS)
    await new Promise<void>((resolve) => {
      state.gone = resolve
      port.send({ kind: 'power', what: 'shutdown' })
    })
    clearTimeout(force)
  }

  begin()
  return {
    call,
    photo,
    lock: () => send({ kind: 'power', what: 'lock' }),
    onEvent: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop,
  }
}
