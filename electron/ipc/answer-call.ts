import { type CallName, type Handlers, IPC_CALLS, type Reply } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Logger } from '../platform/logger.ts'

/** Who asks: the frame as the host sees it, never as the page describes itself. */
export type Sender = { readonly frameUrl: string; readonly isMainFrame: boolean }

export type Answering = {
  readonly handlers: Handlers
  readonly isTrusted: (sender: Sender) => boolean
  readonly logger: Logger
}

export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(IPC_CALLS, name)
}

/** Answers one call from an untrusted window: check who, check what, do, check the answer. Never throws. */
export async function answerCall(answering: Answering, sender: Sender, name: unknown, raw: unknown): Promise<Reply> {
  try {
    if (!answering.isTrusted(sender)) throw new AppError('auth.denied')
    if (!isCallName(name)) throw new AppError('not-found')
    const spec = IPC_CALLS[name]
    const input = spec.input.safeParse(raw)
    if (!input.success) throw new AppError('input.invalid', { call: name }, { cause: input.error })
    // The table pairs each handler with its schema; a union of functions cannot be called without saying so.
    const handle = answering.handlers[name] as (input: unknown) => Promise<unknown>
    return { ok: true, value: spec.output.parse(await handle(input.data)) }
  } catch (cause) {
    const error = AppError.from(cause)
    if (error.code === 'internal') {
      answering.logger.error('call.failed', error.cause ?? error, { call: isCallName(name) ? name : 'unknown' })
    }
    return { ok: false, code: error.code, detail: error.detail }
  }
}
