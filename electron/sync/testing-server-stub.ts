import type { MutationResult, PushRequest } from '../../server/contract/sync/wire.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { ServerApi } from '../platform/server-api.ts'

type Answer = (request: PushRequest) => MutationResult[]
export type ServerStub = ReturnType<typeof createServerStub>

/** For tests of what follows an answer to a push: no network, the answer as given, every request kept. */
export function createServerStub() {
  const pushes: PushRequest[] = []
  const behave = { answer: answerAll({ status: 'applied', code: null, feedSeq: 9 }) }
  const call = async (_name: string, { body }: { body: PushRequest }) => {
    pushes.push(body)
    return { results: behave.answer(body) }
  }
  return { pushes, behave, api: { call } as unknown as ServerApi } // only `sync.push` is called, with a body
}

export const answerAll =
  (verdict: Pick<MutationResult, 'status' | 'code' | 'feedSeq'>): Answer =>
  ({ mutations }) =>
    mutations.map(({ id, clientSeq }) => ({ id, clientSeq, ...verdict }))

/** Whether the server has it, nobody knows. */
export const breakOff: Answer = () => {
  throw new AppError('server.unreachable', { sent: true })
}

/** To the whole request. */
export const refuseAll =
  (code: ConstructorParameters<typeof AppError>[0]): Answer =>
  () => {
    throw new AppError(code)
  }
