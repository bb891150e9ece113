import type { AlignAnswer, AlignQuestion } from './messages.ts'

/** What is needed of a worker; a test gives its own. */
export type AlignWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>

export function startAlignWorker(): AlignWorker {
  return new Worker(new URL('./align-worker.ts', import.meta.url), { type: 'module' })
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never
type Waiting = { readonly resolve: (answer: AlignAnswer) => void; readonly reject: (error: DOMException) => void }

/** OpenCV's memory never shrinks: what nobody has asked for this long is given back. To start again takes a third of a second. */
const IDLE_MS = 20_000

/** Runs work once nothing was asked for a while. @returns a function that calls it off */
export type Later = (work: () => void) => () => void
export const onceIdle: Later = (work) => {
  const timer = setTimeout(work, IDLE_MS)
  return () => clearTimeout(timer)
}

/**
 * Questions and answers of one worker, started at the first question and ended when it is idle. One that fails ends every
 * open question with an error and is not started again: the photos stay side by side. Whoever closes it may ask again.
 */
export function openWorkerLine(startWorker: () => AlignWorker, later: Later = onceIdle) {
  const waiting = new Map<number, Waiting>()
  let worker: AlignWorker | undefined
  let isBroken = false
  let stayOpen = () => {}
  let lastId = 0

  function end(why: () => DOMException) {
    stayOpen()
    worker?.terminate()
    worker = undefined
    for (const { reject } of waiting.values()) reject(why())
    waiting.clear()
  }
  const close = () => end(closed)
  function open(): AlignWorker {
    const started = startWorker()
    started.addEventListener('message', (event) => {
      const { data } = event as MessageEvent<AlignAnswer> // our own worker sends nothing else
      waiting.get(data.id)?.resolve(data)
      waiting.delete(data.id)
      stayOpen()
      if (waiting.size === 0) stayOpen = later(close)
    })
    started.addEventListener('error', () => {
      isBroken = true
      end(broken)
    })
    return started
  }
  return {
    /** @throws DOMException `AbortError`: closed meanwhile; `OperationError`: the worker failed, now or before */
    ask(question: WithoutId<AlignQuestion>): Promise<AlignAnswer> {
      if (isBroken) return Promise.reject(broken())
      stayOpen()
      worker ??= open()
      lastId += 1
      const id = lastId
      const to = worker
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        to.postMessage({ ...question, id })
      })
    },
    close,
  }
}

const closed = () => new DOMException('The aligning worker was ended', 'AbortError')
const broken = () => new DOMException('The aligning worker failed', 'OperationError')
