import type { PracticeId } from '../../contract/domain/ids.ts'
import type { Poke } from '../../contract/live/poke.ts'

/** Says that a practice's feed has reached `seq`. Called after the commit; does not wait and does not throw. */
export type Announce = (practice: PracticeId, seq: number) => void

/** Gathers the commits of one practice for `gatherMs` and sends the highest position once. */
export function createPokes(gatherMs: number, send: (poke: Poke) => void): { add: Announce; stop(): void } {
  const waiting = new Map<PracticeId, { seq: number; readonly timer: NodeJS.Timeout }>()
  const flush = (practice: PracticeId) => {
    const entry = waiting.get(practice)
    waiting.delete(practice)
    if (entry !== undefined) send({ practice, seq: entry.seq })
  }
  return {
    add: (practice, seq) => {
      const entry = waiting.get(practice)
      if (entry !== undefined) entry.seq = Math.max(entry.seq, seq)
      else waiting.set(practice, { seq, timer: setTimeout(flush, gatherMs, practice) })
    },
    stop: () => {
      for (const { timer } of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
