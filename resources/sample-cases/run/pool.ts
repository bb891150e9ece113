import { Worker } from 'node:worker_threads'
import type { PhotoTruth } from '../truth/schema.ts'
import type { PhotoDone, PhotoJob, WorkerStart } from './messages.ts'

export type PhotoPool = {
  readonly make: (session: number, photo: number) => Promise<PhotoTruth>
  readonly close: () => Promise<void>
}

type Waiting = { readonly resolve: (truth: PhotoTruth) => void; readonly reject: (cause: Error) => void }

/** Threads that make photos, first come first served. A thread that dies fails everything that waits, so the run ends. */
export function openPhotoPool(start: WorkerStart, threads: number): PhotoPool {
  const waiting = new Map<number, Waiting>()
  const queue: PhotoJob[] = []
  const idle: Worker[] = []
  const next = () => {
    while (idle.length > 0 && queue.length > 0) idle.pop()?.postMessage(queue.shift())
  }
  const failAll = (cause: Error) => {
    for (const one of waiting.values()) one.reject(cause)
    waiting.clear()
  }
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: start })
    worker.on('message', (done: PhotoDone) => {
      const one = waiting.get(done.id)
      waiting.delete(done.id)
      if ('truth' in done) one?.resolve(done.truth)
      else one?.reject(new Error(`A photo could not be made: ${done.failed}`))
      idle.push(worker)
      next()
    })
    worker.on('error', (cause) => failAll(cause instanceof Error ? cause : new Error('A thread ended early')))
    idle.push(worker)
    return worker
  })
  const ids = { next: 1 }
  return {
    make: (session, photo) =>
      new Promise((resolve, reject) => {
        const id = ids.next++
        waiting.set(id, { resolve, reject })
        queue.push({ id, session, photo })
        next()
      }),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
