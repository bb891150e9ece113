import { Worker } from 'node:worker_threads'
import { AppError } from '../../server/contract/errors.ts'
import type { UnreadAnswer } from '../platform/server-api.ts'
import { type CopyPage, type FetchRows, fetchRowsHere, peekNext } from './read-rows.ts'
import { ROWS_THREAD, type RowsAnswer, type RowsQuestion } from './rows-thread.ts'

/** A thread costs some memory: after a copy it is not kept for long. */
const KEPT_MS = 10_000

/** @param entry a module that calls `readRowsInThread` when it runs in a thread for {@link ROWS_THREAD} */
export function createThreadedFetch(entry: URL): { readonly fetchRows: FetchRows; stop(): Promise<void> } {
  const waiting = new Map<number, PromiseWithResolvers<CopyPage>>()
  const state = { worker: undefined as Worker | undefined, lastId: 0, idle: undefined as NodeJS.Timeout | undefined }

  const start = (): Worker => {
    const worker = new Worker(entry, { workerData: ROWS_THREAD })
    worker.unref()
    worker.on('message', (answer: RowsAnswer) => settle(answer))
    worker.on('error', (cause) => fail(worker, cause))
    worker.on('exit', () => fail(worker, new Error('rows thread ended')))
    return worker
  }
  const settle = (answer: RowsAnswer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('page' in answer) asked?.resolve(answer.page)
    else asked?.reject(new AppError(answer.code, answer.detail))
  }
  const fail = (worker: Worker, cause: unknown) => {
    if (state.worker !== worker) return
    state.worker = undefined
    for (const asked of waiting.values()) asked.reject(new AppError('internal', { reason: 'rows-thread' }, { cause }))
    waiting.clear()
  }
  const stop = async () => {
    clearTimeout(state.idle)
    await state.worker?.terminate()
  }
  const read = (entity: RowsQuestion['entity'], answer: UnreadAnswer): Promise<CopyPage> => {
    const asked = Promise.withResolvers<CopyPage>()
    const question: RowsQuestion = { id: ++state.lastId, entity, answer: { ...answer, body: ownBytes(answer.body) } }
    waiting.set(question.id, asked)
    state.worker ??= start()
    clearTimeout(state.idle)
    state.idle = setTimeout(() => void stop(), KEPT_MS).unref()
    state.worker.postMessage(question, [question.answer.body.buffer as ArrayBuffer]) // moved, not copied
    return asked.promise
  }
  return {
    stop,
    fetchRows: (api, query, peek) =>
      api.callUnread === undefined
        ? fetchRowsHere(api, query, peek)
        : api.callUnread('sync.bootstrap', { query }, (answer) => {
            const next = peekNext(answer)
            if (next !== undefined) peek(next)
            return read(query.entity, answer)
          }),
  }
}

/** Small answers lie in a buffer that others use too: only one that is an answer's own may be moved away. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes)
}
