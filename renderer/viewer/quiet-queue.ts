import type { PhotoCache } from './photo-cache.ts'

/** Runs work when nobody waits for anything. It should look itself at what is most wanted by then. */
export type Quietly = <T>(work: () => Promise<T>) => Promise<T>

/**
 * One queue for whatever is worked out ahead (how photos lie, whether they are doubtful): one piece of work at a time,
 * each of which begins only once the screen stands still and every photo that it wants is there.
 * @param restMs and has stood still for so long
 */
export function createQuietQueue(cache: Pick<PhotoCache, 'onceStill' | 'stillForMs'>, restMs = 0): Quietly {
  const line = { last: Promise.resolve() as Promise<unknown> }
  const quiet = async () => {
    for (;;) {
      await new Promise<void>((resolve) => void cache.onceStill(resolve))
      const leftMs = restMs - cache.stillForMs()
      if (leftMs <= 0) return
      await new Promise((resolve) => setTimeout(resolve, leftMs))
    }
  }
  return (work) => {
    const done = line.last.then(quiet).then(work)
    line.last = done.catch(() => undefined)
    return done
  }
}
