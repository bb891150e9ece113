import { v7 } from 'uuid'
import { beforeEach, expect, it } from 'vitest'
import { AppError, type ErrorCode } from '../../server/contract/errors.ts'
import { ImportOutboxRequest, type MutationResult, PushAnswer } from '../../server/contract/sync/wire.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { OutboxContents } from './contents.ts'
import { importOutbox } from './import-outbox.ts'
import { selectFresh } from './selection.ts'

const contents = OutboxContents.parse({
  practiceId: v7(),
  practiceName: 'Testing Orthodontics',
  person: { id: v7(), displayName: 'Dr Vera Blum' },
  clientId: v7(),
  exportedAtMs: 17e11,
  mutations: Array.from({ length: 250 }, (_, index) => ({
    id: v7(),
    clientSeq: index + 1,
    name: 'of.tomorrow',
    version: 1,
    args: { number: index },
    base: {},
    queuedAtMs: 17e11,
  })),
})

/** Takes each change once, numbers without a gap; the ninth is refused, and the line may break. */
const server = {
  requests: [] as ImportOutboxRequest[],
  results: new Map<string, MutationResult>(),
  breaksAt: 0,
  refusal: null as ErrorCode | null,
}
const failures: ErrorCode[] = []
const api: ServerApi = {
  call: async (_name, sent) => {
    const request = ImportOutboxRequest.parse('body' in sent ? sent.body : undefined)
    server.requests.push(request)
    const failure = failures.shift()
    if (failure !== undefined) throw new AppError(failure)
    const results = request.mutations.map(({ id, clientSeq }) => {
      const status = clientSeq === 9 ? 'parked' : 'applied'
      const known = server.results.get(id) ?? {
        id,
        clientSeq,
        status,
        code: status === 'applied' ? null : server.refusal,
        feedSeq: null,
      }
      server.results.set(id, known)
      return { ...known, clientSeq }
    })
    if (server.requests.length === server.breaksAt) throw new AppError('server.unreachable')
    return PushAnswer.parse({ results }) as never // the only route that is called here
  },
}
const bring = () => importOutbox(api, contents, selectFresh(contents, []))
beforeEach(() => {
  Object.assign(server, { requests: [], results: new Map(), breaksAt: 0, refusal: null })
  failures.length = 0
})

it('sends in pieces, in order, and counts what the server keeps for the author', async () => {
  expect(await bring()).toMatchObject({ applied: 249, refused: 1, leftOut: 0 })
  const seqs = server.requests.flatMap(({ mutations }) => mutations.map(({ clientSeq }) => clientSeq))
  expect(seqs).toEqual(Array.from({ length: 250 }, (_, index) => index + 1))
  expect(new Set(server.requests.map(({ clientId }) => clientId)).size).toBe(1)
})

it('sends the very same again after a break, and the answer is that of one that never broke', async () => {
  server.breaksAt = 2 // after it was applied, before its answer
  await expect(bring()).rejects.toMatchObject({ code: 'server.unreachable' })
  expect(await bring()).toMatchObject({ applied: 249, refused: 1, leftOut: 0 })
  const [first, second, firstAgain, secondAgain] = server.requests.map((request) => JSON.stringify(request))
  expect([firstAgain, secondAgain]).toEqual([first, second])
  expect(server.results.size).toBe(250)
})

it('goes on under a new client id when the server knows other numbers under this one, and gives up the second time', async () => {
  failures.push('conflict.exists')
  expect(await bring()).toMatchObject({ applied: 249 })
  expect(new Set(server.requests.map(({ clientId }) => clientId)).size).toBe(2)
  failures.push('conflict.exists', 'conflict.exists')
  await expect(bring()).rejects.toMatchObject({ code: 'conflict.exists' })
})

it('says of what was refused whose it is, what they wanted, and why', async () => {
  server.refusal = 'goal.stale'
  const { refusals } = await bring()
  const { id: mutationId } = contents.mutations[8]!
  const ninth = { mutationId, authorName: 'Dr Vera Blum', name: 'of.tomorrow', args: '{"number":8}', base: '{}' }
  expect(refusals).toEqual([{ ...ninth, status: 'parked', code: 'goal.stale' }])
})

it('says what the server says of the whole', async () => {
  failures.push('auth.denied')
  await expect(bring()).rejects.toMatchObject({ code: 'auth.denied' })
  expect(server.requests).toHaveLength(1)
})
