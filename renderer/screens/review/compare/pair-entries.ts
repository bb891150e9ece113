import type { Alignment, PhotoPair } from '../../../../preload/contract/alignment.ts'
import type { PhotoPoint } from '../../../viewer/geometry.ts'
import { pairKey, pairState, type PairState, WAITING } from './pair-state.ts'

/** What is known of a pair. Whoever changes one announces it. */
export type Entry = {
  readonly pair: PhotoPair
  alignment: Alignment | null
  /** The store was asked. */
  isKnown: boolean
  hasFailed: boolean
  /** The photos of the other side that the answer was tried with: it is tried again with others. */
  triedSides: string
  nudge: PhotoPoint
}

const newEntry = (pair: PhotoPair): Entry => ({
  pair,
  alignment: null,
  isKnown: false,
  hasFailed: false,
  triedSides: '',
  nudge: { x: 0, y: 0 },
})

const MOST_KEPT = 600

export type PairEntries = ReturnType<typeof createPairEntries>

/** What is known of pairs, and who is told when that changes. */
export function createPairEntries() {
  const entries = new Map<string, Entry>()
  const states = new Map<string, PairState>()
  const listeners = new Map<string, Set<() => void>>()
  return {
    of: (pair: PhotoPair): Entry => {
      const key = pairKey(pair)
      const entry = entries.get(key) ?? newEntry(pair)
      entries.set(key, entry)
      return entry
    },
    all: () => entries.values(),
    announce({ pair, alignment, hasFailed, nudge }: Entry) {
      const key = pairKey(pair)
      states.set(key, pairState(alignment, hasFailed, nudge))
      for (const listener of listeners.get(key) ?? []) listener()
    },
    stateOf: (pair: PhotoPair): PairState => states.get(pairKey(pair)) ?? WAITING,
    subscribe: (pair: PhotoPair, listener: () => void): (() => void) => {
      const key = pairKey(pair)
      const ofPair = listeners.get(key) ?? new Set()
      listeners.set(key, ofPair.add(listener))
      return () => {
        ofPair.delete(listener)
        if (ofPair.size === 0 && listeners.get(key) === ofPair) listeners.delete(key)
      }
    },
    /** The oldest go when there are too many, but none that is needed or listened to. */
    forgetOld(isNeeded: (entry: Entry) => boolean) {
      for (const [key, entry] of entries) {
        if (entries.size <= MOST_KEPT) return
        if (listeners.has(key) || isNeeded(entry)) continue
        entries.delete(key)
        states.delete(key)
      }
    },
  }
}
