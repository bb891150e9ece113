import { type CallName, type Handlers, IPC_CALLS, type Reply } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'

export type AskData = (name: CallName, input: unknown) => Promise<Reply>

/** Handlers that pass every call on to the data process; `answerCall` checks input before and answer after. */
export function forwardCalls(ask: AskData): Handlers {
  const names = Object.keys(IPC_CALLS) as CallName[] // keys of a literal table
  const entries = names.map((name) => [name, (input: unknown) => forward(ask, name, input)] as const)
  return Object.fromEntries(entries) as unknown as Handlers // one entry per row, by construction
}

async function forward(ask: AskData, name: CallName, input: unknown): Promise<unknown> {
  const reply = await ask(name, input)
  if (!reply.ok) throw new AppError(reply.code, reply.detail)
  return reply.value
}
