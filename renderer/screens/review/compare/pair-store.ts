import type { KnownPair, PhotoPair } from '../../../../preload/contract/alignment.ts'
import type { PhotoPoint } from '../../../viewer/geometry.ts'
import { createPairEntries, type Entry } from './pair-entries.ts'
import { pairKey } from './pair-state.ts'
import { createPairWork, type OtherSides, type PairWorkOptions } from './pair-work.ts'

type Options = PairWorkOptions & {
  /** When to act on new wishes: none of it is needed for the frame that is being made. */
  readonly soon: (work: () => void) => void
  /** Runs work once a hand has stopped. @returns a function that calls it off */
  readonly later: (work: () => void) => () => void
}

export type PairStore = ReturnType<typeof createPairStore>

/**
 * How the pairs of this case and its neighbours lie: asked of the store, else computed in the order of `want`, one at a
 * time, and kept. Nobody waits for it: a cell shows the plain pair until its state changes.
 */
export function createPairStore({ soon, later, ...options }: Options) {
  const { port } = options
  const entries = createPairEntries()
  /** By key, what a hand moved since it was last kept. */
  const unsaved = new Map<string, PhotoPair>()
  const work = createPairWork({ ...options, entries, isUnsaved: (key) => unsaved.has(key) })
  const now = { isPlanned: false, stopSaving: () => {} }

  function saveNudges() {
    for (const [key, pair] of unsaved) {
      const { nudge } = entries.of(pair)
      unsaved.delete(key)
      // What stands on screen stays; the next move is saved again.
      void port.call('align.nudge', { pair, ...nudge }).catch(() => undefined)
    }
  }

  function letTryAgain(entry: Entry, hash: string): boolean {
    const { pair, hasFailed, triedSides } = entry
    const isOfPair = hasFailed && (pair.current === hash || pair.prior === hash)
    const isBeside = triedSides.includes(hash)
    if (isBeside) entry.triedSides = ''
    if (isOfPair) {
      entry.hasFailed = false
      entries.announce(entry)
    }
    return isOfPair || isBeside
  }

  return {
    /** Every pair that is or soon will be on screen, most important first. */
    want(pairs: readonly PhotoPair[], otherSides: OtherSides = new Map()) {
      work.want(pairs, otherSides)
      if (now.isPlanned) return
      now.isPlanned = true
      soon(() => {
        now.isPlanned = false
        entries.forgetOld((entry) => work.isWanted(entry) || unsaved.has(pairKey(entry.pair)))
        void work.run()
      })
    },
    stateOf: entries.stateOf,
    subscribe: entries.subscribe,
    /** Calls the listener whenever nothing of what is wanted is left to do. @returns a function that ends that */
    whenDone: work.whenDone,
    /** A hand lined the pair up; both zero puts it back. Kept for the pair. */
    nudge(pair: PhotoPair, { x, y }: PhotoPoint) {
      const entry = entries.of(pair)
      entry.nudge = { x: Math.min(2, Math.max(-2, x)), y: Math.min(2, Math.max(-2, y)) }
      unsaved.set(pairKey(pair), pair)
      entries.announce(entry)
      now.stopSaving()
      now.stopSaving = later(saveNudges)
    },
    /** Another window knows more of this pair. Never saved here: that one does. */
    learn({ pair, alignment, nudge }: KnownPair) {
      const entry = entries.of(pair)
      Object.assign(entry, { alignment, isKnown: true, nudge: { x: nudge?.x ?? 0, y: nudge?.y ?? 0 } })
      entries.announce(entry)
    },
    /** The host has this photo now: what failed for want of it is tried again. */
    photoArrived(hash: string) {
      // While a practice is copied thousands arrive that nothing here waits for.
      const waited = [...entries.all()].filter((entry) => letTryAgain(entry, hash))
      if (waited.length > 0) void work.run()
    },
    close() {
      work.close()
      now.stopSaving()
      saveNudges()
    },
  }
}
