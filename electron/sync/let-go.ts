import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import type { LetGo } from '../../preload/contract/app-state.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Logger } from '../platform/logger.ts'
import { withDiskTrouble } from '../platform/disk-trouble.ts'
import { write } from '../store/db.ts'
import { countUnsent, isAnyWaiting, listWaitingInstructions, releaseAll } from '../store/outbox/grace.ts'
import type { SyncEngine } from './engine.ts'
import type { GraceClock } from './grace-clock.ts'

/** Locking must not keep anybody, nor the key in memory: what has not left by then leaves when its author is back. */
const SEND_WITHIN_MS = 800

type Seams = {
  readonly db: Database
  readonly grace: Pick<GraceClock, 'nowMs'>
  readonly sync: Pick<SyncEngine, 'sendNow'>
  readonly logger: Logger
  /** In place of the usual time, for tests. */
  readonly withinMs?: number | undefined
}

/**
 * Somebody leaves on purpose: locks, signs out, closes. Nobody is there to take a decision back any more, so it waits
 * no longer, and is sent while the line is still there. After a crash nothing of this happens: it waits on.
 * Before the store is closed or its person signed out.
 * @returns what became of the instructions to patients that could still be taken back; null when there were none
 */
export async function letGo(seams: Seams, personId: string): Promise<LetGo | null> {
  const { db, grace, sync, logger, withinMs = SEND_WITHIN_MS } = seams
  try {
    const nowMs = grace.nowMs()
    if (!isAnyWaiting(db, personId, nowMs)) return null
    const instructions = listWaitingInstructions(db, personId, nowMs).map(({ mutationId }) => mutationId)
    write(db, (tx) => releaseAll(tx, personId))
    const inTime = new AbortController()
    const tooLong = sleep(withinMs, null, { ref: false, signal: inTime.signal }).catch(() => null)
    await Promise.race([sync.sendNow(), tooLong])
    inTime.abort()
    if (instructions.length === 0) return null
    const keptCount = countUnsent(db, instructions)
    return { sentCount: instructions.length - keptCount, keptCount }
  } catch (cause) {
    // A disk that takes nothing: it waits on, as after a crash, and nobody is kept from leaving.
    logger.warn('decisions.not-let-go', { code: AppError.from(withDiskTrouble(cause)).code })
    return null
  }
}
