import { decodedOf, loadBitmap, type Loaded, type LoadPhoto } from './decode.ts'

export type DecodeQuestion = { readonly id: number; readonly url: string }
export type DecodeOrder = DecodeQuestion | { readonly cancel: number }
export type DecodeAnswer = { readonly id: number; readonly loaded: Loaded<ImageBitmap> }

/** What the pool needs of a worker; a test gives its own. */
export type DecodeWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>

type End = Loaded<ImageBitmap> | 'lost'
type Lane = { readonly worker: DecodeWorker; readonly waiting: Map<number, (end: End) => void>; answeredCount: number }

/**
 * Photos that one worker decodes. What a browser keeps of each outside of the worker's heap goes with its next large
 * garbage collection, for which a worker that makes hardly any garbage of its own gives no occasion.
 */
const WORN_OUT_AFTER = 400

export function startDecodeWorker(): DecodeWorker {
  return new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' })
}

/**
 * Fetches and decodes in a few workers, started when they are needed, so that no key waits for a photo. Where workers
 * cannot run photos are decoded here: slower, never missing.
 */
export function createDecodePool(workerCount: number, startWorker: () => DecodeWorker) {
  const lanes = new Set<Lane>()
  let areWorkersBroken = false
  let lastId = 0

  function openLane(): Lane {
    const lane: Lane = { worker: startWorker(), waiting: new Map(), answeredCount: 0 }
    lane.worker.addEventListener('message', (event) => {
      const { data } = event as MessageEvent<DecodeAnswer> // our own worker sends nothing else
      const answered = lane.waiting.get(data.id)
      lane.waiting.delete(data.id)
      if (answered !== undefined) answered(data.loaded)
      // Cancelled while it was on its way here.
      else if (data.loaded.state === 'ready') data.loaded.pixels.close()
      lane.answeredCount += 1
      if (lane.answeredCount >= WORN_OUT_AFTER && lane.waiting.size === 0) closeLane(lane)
    })
    lane.worker.addEventListener('error', () => {
      areWorkersBroken = true
      closeLane(lane)
    })
    lanes.add(lane)
    return lane
  }
  function closeLane(lane: Lane) {
    lanes.delete(lane)
    lane.worker.terminate()
    for (const end of lane.waiting.values()) end('lost')
    lane.waiting.clear()
  }
  function findLane(): Lane | undefined {
    const [idlest] = [...lanes].toSorted((a, b) => a.waiting.size - b.waiting.size)
    const wantsMore = idlest === undefined || (idlest.waiting.size > 0 && lanes.size < workerCount)
    if (!wantsMore || areWorkersBroken) return idlest
    try {
      return openLane()
    } catch {
      areWorkersBroken = true // no workers here at all: `load` goes on without
      return idlest
    }
  }
  function ask(url: string, signal: AbortSignal): Promise<End> {
    const lane = findLane()
    if (lane === undefined) return Promise.resolve('lost')
    lastId += 1
    const id = lastId
    return new Promise((resolve, reject) => {
      lane.waiting.set(id, resolve)
      lane.worker.postMessage({ id, url } satisfies DecodeOrder)
      // Its place is free at once: what is wanted now does not queue behind what was wanted before.
      const cancel = () => {
        if (!lane.waiting.delete(id)) return
        lane.worker.postMessage({ cancel: id } satisfies DecodeOrder)
        reject(signal.reason)
      }
      signal.addEventListener('abort', cancel, { once: true })
    })
  }

  const load: LoadPhoto = async (url, signal) => {
    signal.throwIfAborted()
    const end = await ask(url, signal)
    if (end === 'lost') signal.throwIfAborted()
    const loaded = end === 'lost' ? await loadBitmap(url, signal) : end
    return loaded.state === 'ready' ? { state: 'ready', pixels: decodedOf(loaded.pixels) } : loaded
  }
  return {
    load,
    /** Ends the workers; they start again when somebody decodes. */
    close() {
      for (const lane of lanes) closeLane(lane)
    },
  }
}
