import { findOffered, type OpenSecond } from '../practice/second-reads.ts'
import { secondsIn } from './lane-facts.ts'
import type { Entry, Who } from './queue-order.ts'

type Move = { readonly from: Entry; readonly to: Entry; readonly seconds: readonly OpenSecond[] }

/**
 * Scans with an open second read, which few have: to whoever may read one now it is a scan that waits like any other,
 * at the place of one. An entry never changes, since sorted lists hold it: another one takes its place.
 */
export function createBlind() {
  const drawn = new Map<Entry, readonly OpenSecond[]>()
  return {
    note: (entry: Entry) => {
      if (entry.second !== '') drawn.set(entry, secondsIn(entry.second))
    },
    forget: (entry: Entry) => void drawn.delete(entry),
    /** Which entries are to be replaced by which for whoever looks now. */
    lookAs: (who: Who, nowMs: number): Move[] => {
      const moved: Move[] = []
      for (const [from, seconds] of drawn) {
        const isOffered = who !== null && findOffered(seconds, { ...who, nowMs }) !== undefined
        const state = isOffered ? 'waiting' : from.ownState
        if (state !== from.state) moved.push({ from, to: { ...from, state }, seconds })
      }
      for (const { from, to, seconds } of moved) {
        drawn.delete(from)
        drawn.set(to, seconds)
      }
      return moved
    },
  }
}
