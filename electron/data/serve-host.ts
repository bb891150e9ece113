import { type CallName, type Handlers, IPC_CALLS, type Reply } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Keychain } from '../platform/keychain.ts'
import type { Logger } from '../platform/logger.ts'
import { createHandlers } from './handlers.ts'
import type { HostPort } from './host-port.ts'
import type { DataOptions, ToData } from './protocol.ts'
import type { Emit } from './opened.ts'
import { startWorkstation, type Workstation } from './workstation.ts'

export type ServeSeams = {
  readonly options: DataOptions
  readonly clock: Clock
  readonly logger: Logger
  readonly keychain: Keychain
  readonly port: HostPort
  readonly exit: () => void
}

/** Answers the host until it says `shutdown` or goes away. */
export async function serveHost({ options, clock, logger, keychain, port, exit }: ServeSeams): Promise<void> {
  const emit: Emit = (name, body) => port.post({ kind: 'event', name, body })
  const workstation = await startWorkstation({ options, clock, logger, emit }, keychain)
  const handlers = createHandlers(workstation, clock)
  const shutdown = async () => {
    await workstation.lock()
    exit()
  }
  port.onMessage((message) => void answer({ handlers, workstation, port, logger, shutdown }, message))
  port.onGone(() => void shutdown())
  port.post({ kind: 'ready' })
}

type Answering = {
  readonly handlers: Handlers
  readonly workstation: Workstation
  readonly port: HostPort
  readonly logger: Logger
  readonly shutdown: () => Promise<void>
}

async function answer(answering: Answering, message: ToData): Promise<void> {
  const { port, workstation } = answering
  if (message.kind === 'call') {
    port.post({ kind: 'reply', id: message.id, reply: await reply(answering, message.name, message.input) })
  } else if (message.kind === 'photo') {
    const found = await findPhoto(answering, message.hash, message.size)
    const { bytes, mediaType } = found ?? { bytes: null, mediaType: '' }
    port.post({ kind: 'photo', id: message.id, bytes, mediaType })
  } else if (message.what === 'lock') await workstation.lock()
  else await answering.shutdown()
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

async function findPhoto({ workstation, logger }: Answering, hash: string, size: string) {
  try {
    if (workstation.state().phase !== 'ready') return null
    return await workstation.opened().photos.get(hash, size)
  } catch (cause) {
    logger.error('photo.failed', cause)
    return null
  }
}
