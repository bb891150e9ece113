import { type Later, onceIdle } from '../align/worker-line.ts'
import type { Port } from '../ports/bridge.ts'
import type { CheckAnswer, CheckQuestion, FiledPhoto } from './messages.ts'

/** What is needed of a worker; a test gives its own. */
export type CheckWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>
export type Checker = ReturnType<typeof createChecker>

const startCheckWorker = (): CheckWorker =>
  new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' })

type Waiting = (check: CheckAnswer['check']) => void

/**
 * Looks at photos in a worker of its own: the aligning one may be busy for a second. It starts with the first photo, and ends when
 * there are no more for a while; one that fails is not started again, and photos stay without marks.
 */
export function createChecker(
  port: Pick<Port, 'photoUrl'>,
  startWorker: () => CheckWorker = startCheckWorker,
  later: Later = onceIdle,
) {
  const waiting = new Map<number, Waiting>()
  const state = { worker: undefined as CheckWorker | undefined, isBroken: false, lastId: 0, stayOpen: () => {} }

  function close() {
    state.stayOpen()
    state.worker?.terminate()
    state.worker = undefined
    for (const resolve of waiting.values()) resolve('broken')
    waiting.clear()
  }
  function open(): CheckWorker {
    const started = startWorker()
    started.addEventListener('message', (event) => {
      const { id, check } = (event as MessageEvent<CheckAnswer>).data // our own worker sends nothing else
      waiting.get(id)?.(check)
      waiting.delete(id)
      state.stayOpen()
      if (waiting.size === 0) state.stayOpen = later(close)
    })
    started.addEventListener('error', () => {
      state.isBroken = true
      close()
    })
    return started
  }
  return {
    async check(photo: FiledPhoto): Promise<CheckAnswer['check']> {
      if (state.isBroken) return 'broken'
      state.stayOpen()
      const worker = (state.worker ??= open())
      const question: CheckQuestion = { id: (state.lastId += 1), photo, url: port.photoUrl(photo.hash, '512') }
      return new Promise((resolve) => {
        waiting.set(question.id, resolve)
        worker.postMessage(question)
      })
    },
    /** Ends the worker; it starts again when somebody asks. */
    close,
  }
}
