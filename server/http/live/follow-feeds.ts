import type { PracticeId } from '../../contract/domain/ids.ts'
import type { Logger } from '../../platform/logger.ts'
import { lookUntil } from './look-until.ts'
import type { Announce } from './pokes.ts'

export type FeedPositions = (practices: readonly PracticeId[]) => Promise<{ practiceId: PracticeId; seq: number }[]>

/**
 * Notices what other server processes on the same database have committed: every so often it asks where the feeds of
 * the practices with a socket here stand, and pokes those that moved beyond what was announced here. One question for
 * all practices; none while nobody is connected. A failure is logged and asked again: workstations also poll.
 */
export function followFeeds(ports: {
  readonly positions: FeedPositions
  /** Those with a socket at this process. */
  readonly practices: () => readonly PracticeId[]
  readonly poke: Announce
  readonly log: Logger
  readonly everyMs: number
}): { readonly announced: Announce; stop(): Promise<void> } {
  const known = new Map<PracticeId, number>()
  const announced: Announce = (practice, seq) => void known.set(practice, Math.max(seq, known.get(practice) ?? 0))
  const look = async () => {
    const practices = ports.practices()
    for (const practice of known.keys()) if (!practices.includes(practice)) known.delete(practice)
    if (practices.length === 0) return
    for (const { practiceId, seq } of await ports.positions(practices)) {
      // A practice whose first socket has just opened is poked once: its workstation may have pulled before that.
      if (seq <= (known.get(practiceId) ?? -1)) continue
      announced(practiceId, seq)
      ports.poke(practiceId, seq)
    }
  }
  const stopping = new AbortController()
  const following = lookUntil(stopping.signal, ports.everyMs, () =>
    look().catch((cause: unknown) => ports.log.error('live.follow-failed', cause)),
  )
  return {
    announced,
    stop: () => {
      stopping.abort()
      return following
    },
  }
}
