import type { PhotoSize } from '../../server/contract/domain/photos.ts'
import { decodeBitmap, decodedOf, type DecodePhoto } from './decode.ts'

export type DecodeQuestion = { readonly id: number; readonly bytes: Blob; readonly size: PhotoSize }
/** Null: the bytes are no photo. */
export type DecodeAnswer = { readonly id: number; readonly bitmap: ImageBitmap | null }

/** What the pool needs of a worker; a test gives its own. */
export type DecodeWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>

type Lane = { readonly worker: DecodeWorker; readonly waiting: Map<number, (answer: DecodeAnswer | 'lost') => void> }

export function startDecodeWorker(): DecodeWorker {
  return new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' })
}

/**
 * Decodes in a few workers, started when they are needed, so that no key waits for a photo. Where workers cannot run
 * photos are decoded here: slower, never missing.
 */
export function createDecodePool(workerCount: number, startWorker: () => DecodeWorker) {
  const lanes = new Set<Lane>()
  let areWorkersBroken = false
  let lastId = 0

  function openLane(): Lane {
    const lane: Lane = { worker: startWorker(), waiting: new Map() }
    lane.worker.addEventListener('message', (event) => {
      const { data } = event as MessageEvent<DecodeAnswer> // our own worker sends nothing else
      lane.waiting.get(data.id)?.(data)
      lane.waiting.delete(data.id)
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
    for (const answer of lane.waiting.values()) answer('lost')
    lane.waiting.clear()
  }
  function findLane(): Lane | undefined {
    const [idlest] = [...lanes].toSorted((a, b) => a.waiting.size - b.waiting.size)
    const wantsMore = idlest === undefined || (idlest.waiting.size > 0 && lanes.size < workerCount)
    return wantsMore && !areWorkersBroken ? openLane() : idlest
  }
  function ask(bytes: Blob, size: PhotoSize): Promise<DecodeAnswer | 'lost'> {
    const lane = findLane()
    if (lane === undefined) return Promise.resolve('lost')
    lastId += 1
    const id = lastId
    return new Promise((resolve) => {
      lane.waiting.set(id, resolve)
      lane.worker.postMessage({ id, bytes, size } satisfies DecodeQuestion)
    })
  }

  const decode: DecodePhoto = async (bytes, size, signal) => {
    const answer = await ask(bytes, size)
    if (answer === 'lost') signal.throwIfAborted()
    const bitmap = answer === 'lost' ? await decodeBitmap(bytes, size) : answer.bitmap
    if (bitmap === null) throw new DOMException('These bytes are no photo', 'EncodingError')
    if (signal.aborted) bitmap.close()
    signal.throwIfAborted()
    return decodedOf(bitmap)
  }
  return {
    decode,
    /** Ends the workers; they start again when somebody decodes. */
    close() {
      for (const lane of lanes) closeLane(lane)
    },
  }
}
