import type { Logger } from '../logger.ts'

/** Soon enough that a workstation, which tries again by itself, hardly notices. */
const LOOK_EVERY_MS = 2_000

type Kept = {
  readonly isRunning: () => Promise<boolean>
  readonly start: () => Promise<void>
  readonly log: Logger
}

/**
 * A database of our own that ends alone (killed for its memory, or by hand) is started again: nobody else would.
 * @returns ends the watching; resolves once no start is under way
 */
export function keepRunning({ isRunning, start, log }: Kept): () => Promise<void> {
  let looking: Promise<void> | undefined
  let isOver = false // whatever becomes of the timer: what is stopped must not be started again
  const look = async () => {
    if (await isRunning()) return
    log.error('database.ended', undefined)
    const beganMs = Date.now()
    try {
      await start()
      log.info('database.started', { again: true, durationMs: Date.now() - beganMs })
    } catch (cause) {
      log.error('database.not-started', cause) // what is left of the former one may still be ending: the next look tries again
    }
  }
  const timer = setInterval(() => {
    if (isOver) return
    looking ??= look().finally(() => {
      looking = undefined
    })
  }, LOOK_EVERY_MS)
  timer.unref()
  return async () => {
    isOver = true
    clearInterval(timer)
    await looking
  }
}
