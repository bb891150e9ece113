import type { PracticeId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'

type Share = { taken: number; readonly waiting: Set<() => void> }

/**
 * Runs at most `most` pieces of work of one practice at once, the rest in their order: however busy a practice is, it
 * does not take every connection. @throws AppError `server.busy` for what has waited `waitMs` in vain
 */
export function createPracticeShare(most: number, waitMs: number) {
  const shares = new Map<PracticeId, Share>()
  const take = async (practiceId: PracticeId, share: Share): Promise<void> => {
    shares.set(practiceId, share)
    if (share.taken < most) {
      share.taken += 1
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      share.waiting.delete(resolve)
      reject(new AppError('server.busy'))
    }, waitMs)
    share.waiting.add(resolve)
    await promise.finally(() => clearTimeout(timer))
  }
  const giveBack = (practiceId: PracticeId, share: Share): void => {
    const [next] = share.waiting
    if (next !== undefined) {
      share.waiting.delete(next)
      next() // who waited longest has the place
      return
    }
    share.taken -= 1
    if (share.taken === 0) shares.delete(practiceId)
  }
  return async <T>(practiceId: PracticeId, work: () => Promise<T>): Promise<T> => {
    const share = shares.get(practiceId) ?? { taken: 0, waiting: new Set() }
    await take(practiceId, share)
    try {
      return await work()
    } finally {
      giveBack(practiceId, share)
    }
  }
}
