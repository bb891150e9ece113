import {
  type Bridge,
  type CallInput,
  type CallName,
  type CallOutput,
  type EventBody,
  type EventName,
  IPC_EVENTS,
} from '../../preload/contract/ipc.ts'
import type { PhotoSize } from '../../server/contract/domain/photos.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { z } from 'zod'

/** The outside as the window knows it: every call typed by the contract's table, every failure an `AppError`. */
export type Port = {
  readonly host: Bridge['host']
  /** @throws AppError with the host's code; `internal` when the host did not answer at all */
  call<N extends CallName>(name: N, ...input: CallArguments<N>): Promise<CallOutput<N>>
  /** @returns a function that ends the subscription */
  on<E extends EventName>(event: E, listener: (body: EventBody<E>) => void): () => void
  photoUrl(hash: string, size: z.output<typeof PhotoSize>): string
}

/** Calls that take nothing may leave the `null` out. */
type CallArguments<N extends CallName> = CallInput<N> extends null ? [input?: null] : [input: CallInput<N>]

/** Types and checks what preload exposes. Made once by `renderer/app`; screens get it from `usePort`. */
export function openPort(bridge: Bridge): Port {
  return {
    host: bridge.host,
    async call<N extends CallName>(name: N, ...[input]: CallArguments<N>) {
      const reply = await bridge.call(name, input ?? null).catch((cause: unknown) => {
        throw new AppError('internal', { call: name }, { cause })
      })
      if (!reply.ok) throw new AppError(reply.code, reply.detail)
      // The host parsed this very answer with the contract's schema before it sent it (electron/ipc).
      return reply.value as CallOutput<N>
    },
    on<E extends EventName>(event: E, listener: (body: EventBody<E>) => void) {
      return bridge.on(event, (body) => {
        const parsed = IPC_EVENTS[event].safeParse(body)
        if (!parsed.success) throw new AppError('internal', { event }, { cause: parsed.error })
        // One schema per event name: the lookup above loses that link, the types keep it.
        listener(parsed.data as EventBody<E>)
      })
    },
    photoUrl: (hash, size) => bridge.photoUrl(hash, size),
  }
}
