import type { PracticeId } from '../../contract/domain/ids.ts'
import type { Poke } from '../../contract/live/poke.ts'

/** Says that a practice's feed has reached `seq`. Called after the commit; does not wait and does not throw. */
export type Announce = (practice: PracticeId, seq: number) => void

/**
 * The first commit of a practice is told at once, so that a colleague sees it at once; what follows within `gatherMs` is
 * gathered, and its highest position sent once at the end. A busy practice so costs each socket one message in that time.
 */
export function createPokes(gatherMs: number, send: (poke: Poke) => void): { add: Announce; stop(): void } {
  const gathering = new Map<PracticeId, { told: number; seq: number; timer: NodeJS.Timeout }>()
  const tell = (practice: PracticeId, seq: number) => {
    gathering.set(practice, { told: seq, seq, timer: setTimeout(endOfGathering, gatherMs, practice) })
    send({ practice, seq })
  }
  const endOfGathering = (practice: PracticeId) => {
    const entry = gathering.get(practice)
    gathering.delete(practice)
    if (entry !== undefined && entry.seq > entry.told) tell(practice, entry.seq)
  }
  return {
    add: (practice, seq) => {
      const entry = gathering.get(practice)
      if (entry === undefined) tell(practice, seq)
      else entry.seq = Math.max(entry.seq, seq)
    },
    stop: () => {
      for (const { timer } of gathering.values()) clearTimeout(timer)
      gathering.clear()
    },
  }
}
