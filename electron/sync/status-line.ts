import type { Database } from 'better-sqlite3'
import type { SyncStatus } from '../../preload/contract/app-state.ts'
import { countAttention } from '../store/outbox/attention.ts'
import { countBrought } from '../store/outbox/brought.ts'
import { countHeld } from '../store/outbox/held.ts'
import { countWaiting } from '../store/outbox/outbox.ts'
import { findLastSyncedAtMs } from '../store/sync-state/sync-state.ts'
import { createProgress } from './progress.ts'
import type { Link } from './schedule.ts'

/** Told at most four times a second: a window has better things to do than to paint a figure that runs. */
const PAUSE_MS = 250

type Seams = {
  readonly db: Database
  readonly nowMs: () => number
  readonly personId: () => string | null
  readonly isSignInExpired: () => boolean
  readonly isLowOnDisk: () => boolean
  readonly clockAheadMs: () => number | null
  /** What the last talk with the server came to, and whether rows are on their way. */
  readonly link: () => Link & { readonly pulling: boolean }
  readonly onStatus: (status: SyncStatus) => void
}

/** What the status line says, and when it is said. */
export function createStatusLine(seams: Seams) {
  const { db } = seams
  const progress = createProgress(db)
  const state = { last: '', toldAtMs: -PAUSE_MS, timer: undefined as NodeJS.Timeout | undefined, stopped: false }

  const linkNow = (): Link => {
    if (seams.personId() === null) return { connection: 'paused', reason: null }
    if (seams.isSignInExpired()) return { connection: 'refused', reason: 'auth.required' }
    const { connection, reason } = seams.link()
    return { connection, reason }
  }
  const status = (): SyncStatus => {
    const personId = seams.personId()
    const confirmCount = personId === null ? 0 : countHeld(db, personId, seams.nowMs())
    const refusedCount = personId === null ? 0 : countAttention(db, personId) + countBrought(db, personId)
    return {
      ...linkNow(),
      pulling: seams.link().pulling,
      waitingCount: countWaiting(db),
      needsAttentionCount: refusedCount + confirmCount,
      lastSyncedAtMs: lastSyncedAtMs(),
      ...progress.photosLeft(),
      copying: progress.copying(),
      confirmCount,
      clockAheadMs: seams.clockAheadMs(),
      lowDisk: seams.isLowOnDisk(),
    }
  }
  /** A clock that was set back since must not say that it was tomorrow. */
  const lastSyncedAtMs = (): number | null => {
    const atMs = findLastSyncedAtMs(db)
    return atMs === null ? null : Math.min(atMs, seams.nowMs())
  }
  const tell = () => {
    state.timer = undefined
    if (state.stopped) return
    state.toldAtMs = performance.now()
    const now = status()
    const text = JSON.stringify(now)
    if (text === state.last) return
    state.last = text
    seams.onStatus(now)
  }
  return {
    status,
    /** Something may have changed. */
    announce: () => {
      if (state.timer !== undefined || state.stopped) return
      const waitMs = PAUSE_MS - (performance.now() - state.toldAtMs)
      if (waitMs <= 0) tell()
      else state.timer = setTimeout(tell, waitMs).unref()
    },
    stop: () => {
      state.stopped = true
      clearTimeout(state.timer)
    },
  }
}
