import type { Database } from 'better-sqlite3'
import type { Clock } from '../platform/clock.ts'
import { write } from '../store/db.ts'
import { moveWaits, shortenWaits, waitsTooLong } from '../store/outbox/grace.ts'

/** A clock that is set by less than this moves no countdown; smaller steps add up and are seen together. */
const TOLERANCE_MS = 250

export type GraceClock = {
  /** Now, by the clock that the waits in the outbox are written in: this computer's, as if nobody had set it since. */
  nowMs(): number
  /**
   * After the computer's clock was set: writes the waits in what it says now. Before anything that adds a wait or sends
   * what waits no longer. @throws AppError `store.full`, `store.read-only`; the waits are then as they were
   */
  keepPace(): void
}

/**
 * A decision waits so many seconds, whatever becomes of the computer's clock: within one run of the process they are
 * counted by a clock that nobody can set, which stands still while the computer sleeps. Over an end of the process the
 * computer's own clock is all there is, so a wait is never longer than its whole time from the new start.
 * @param steadyMs a clock that nobody sets
 */
export function createGraceClock(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  steadyMs: () => number = () => performance.now(),
): GraceClock {
  const state = { wallMs: clock.nowMs(), steadyMs: steadyMs(), isNew: true }
  const unset = () => state.wallMs + Math.round(steadyMs() - state.steadyMs)
  return {
    nowMs: () => {
      const [wallMs, steady] = [clock.nowMs(), unset()]
      return Math.abs(wallMs - steady) > TOLERANCE_MS ? steady : wallMs
    },
    keepPace: () => {
      if (state.isNew && waitsTooLong(db, unset())) write(db, (tx) => shortenWaits(tx, unset()))
      state.isNew = false
      const [wallMs, formerMs] = [clock.nowMs(), unset()]
      if (Math.abs(wallMs - formerMs) <= TOLERANCE_MS) return
      write(db, (tx) => moveWaits(tx, formerMs, wallMs - formerMs))
      Object.assign(state, { wallMs, steadyMs: steadyMs() })
    },
  }
}
