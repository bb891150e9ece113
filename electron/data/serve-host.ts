import { type CallName, type Handlers, IPC_CALLS, type Reply } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Keychain } from '../platform/keychain.ts'
import type { Logger } from '../platform/logger.ts'
import { createHandlers } from './handlers.ts'
import type { HostPort } from './host-port.ts'
import type { DataOptions, ToData } from './protocol.ts'
import type { Emit, WorkstationSeams } from './opened.ts'
import { startWorkstation, type Workstation } from './workstation.ts'

export type ServeSeams = {
  readonly options: DataOptions
  readonly clock: Clock
  readonly logger: Logger
  readonly keychain: Keychain
  readonly port: HostPort
  readonly exit: () => void
  /** See WorkstationSeams. */
  readonly entry?: URL
}

/** A store that cannot be closed must not leave a process without a host. */
const EXIT_WITHIN_MS = 5000

/** Answers the host until it says `shutdown` or goes away; both also while the keychain is still being asked. */
export async function serveHost({ options, clock, logger, keychain, port, exit, entry }: ServeSeams): Promise<void> {
  const emit: Emit = (name, body) => port.post({ kind: 'event', name, body })
  const state = { answering: undefined as Answering | undefined, ending: false }
  const shutdown = async (onPurpose: boolean) => {
    if (state.ending) return
    state.ending = true
    setTimeout(exit, EXIT_WITHIN_MS).unref()
    if (state.answering !== undefined) await lock(state.answering, onPurpose)
    exit()
  }
  port.onGone(() => void shutdown(false))
  const threads = entry === undefined ? {} : { entry }
  const starting = startAnswering({ options, clock, logger, emit, ...threads }, keychain, port)
  port.onMessage((message) => {
    if (message.kind === 'power' && message.what === 'shutdown') void shutdown(true)
    else void starting.then((answering) => answer(answering, message))
  })
  state.answering = await starting
  port.post({ kind: 'ready' })
}

type Answering = {
  readonly handlers: Handlers
  readonly workstation: Workstation
  readonly port: HostPort
  readonly logger: Logger
}

async function startAnswering(seams: WorkstationSeams, keychain: Keychain, port: HostPort): Promise<Answering> {
  const workstation = await startWorkstation(seams, keychain)
  return {
    handlers: createHandlers(workstation, seams.clock, seams.options.dataDir),
    workstation,
    port,
    logger: seams.logger,
  }
}

async function answer(answering: Answering, message: ToData): Promise<void> {
  const { port } = answering
  if (message.kind === 'call') {
    port.post({ kind: 'reply', id: message.id, reply: await reply(answering, message.name, message.input) })
  } else if (message.kind === 'photo') {
    const found = await findPhoto(answering, message)
    const { bytes, mediaType } = found ?? { bytes: null, mediaType: '' }
    port.post({ kind: 'photo', id: message.id, bytes, mediaType })
  } else await lock(answering, true)
}

/** An end by error here would start the process anew, and a keychain would open the store again by itself. */
async function lock({ workstation, logger }: Answering, onPurpose: boolean): Promise<void> {
  try {
    await workstation.lock(onPurpose)
  } catch (cause) {
    logger.error('store.not-closed', cause)
  }
}

async function reply({ handlers, logger }: Answering, name: CallName, input: unknown): Promise<Reply> {
  try {
    if (!Object.hasOwn(IPC_CALLS, name)) throw new AppError('not-found')
    // The host parsed the input by this name's schema; a union of functions cannot be called without saying so.
    const handle = handlers[name] as (input: unknown) => Promise<unknown>
    return { ok: true, value: await handle(input) }
  } catch (cause) {
    const error = AppError.from(cause)
    if (error.code === 'internal') logger.error('call.failed', error.cause ?? error, { call: name })
    return { ok: false, code: error.code, detail: error.detail }
  }
}

type AskedPhoto = Extract<ToData, { kind: 'photo' }>

async function findPhoto({ workstation, logger }: Answering, { hash, size, onlyKept }: AskedPhoto) {
  try {
    if (workstation.state().phase !== 'ready') return null
    return await workstation.opened().photos.get(hash, size, onlyKept)
  } catch (cause) {
    logger.error('photo.failed', cause)
    return null
  }
}
