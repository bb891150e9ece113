import type { PhotoHash } from '../../../../server/contract/domain/ids.ts'
import type { Alignment, KnownPair, PhotoPair } from '../../../../preload/contract/alignment.ts'
import type { SideHashes } from '../../../align/messages.ts'
import type { Port } from '../../../ports/bridge.ts'
import type { PhotoPoint } from '../../../viewer/geometry.ts'
import type { Quietly } from '../../../viewer/quiet-queue.ts'
import { pairKey, pairState, type PairState, WAITING } from './pair-state.ts'

/** Lines two photos up, off the main thread. Rejects when a photo is not on this computer. */
export type AlignPair = (pair: PhotoPair, sides?: SideHashes) => Promise<Alignment>
/** For each lateral photo the one of the other side in the same scan: with braces the two are taken for each other. */
export type OtherSides = ReadonlyMap<PhotoHash, PhotoHash>

type Options = {
  readonly port: Pick<Port, 'call'>
  /** Null where nothing can line photos up: then only what the store knows is shown. */
  readonly align: AlignPair | null
  /** Told how a pair lies once it is known, from the store or worked out just now. */
  readonly lined?: (alignment: Alignment) => void
  /** When to line photos up: what a screen waits for goes first. */
  readonly quietly: Quietly
  /** When to act on new wishes: none of it is needed for the frame that is being made. */
  readonly soon: (work: () => void) => void
  /** Runs work once a hand has stopped. @returns a function that calls it off */
  readonly later: (work: () => void) => () => void
}
type Entry = {
  readonly pair: PhotoPair
  alignment: Alignment | null
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
const keyOfSides = ({ prior, current }: SideHashes) => [prior ?? [], current ?? []].flat().join(' ')

export type PairStore = ReturnType<typeof createPairStore>
const MOST_ASKED = 50
const MOST_KEPT = 600

/**
 * How the pairs of this case and its neighbours lie: asked of the store, else computed in the order of `want`, one at a
 * time, and kept. Nobody waits for it: a cell shows the plain pair until its state changes.
 */
export function createPairStore({ port, align, lined = () => {}, quietly, soon, later }: Options) {
  const entries = new Map<string, Entry>()
  const states = new Map<string, PairState>()
  const listeners = new Map<string, Set<() => void>>()
  const unsaved = new Map<string, PhotoPair>()
  const work = {
    order: [] as readonly PhotoPair[],
    otherSides: new Map() as OtherSides,
    isBusy: false,
    isAskedAgain: false,
    isPlanned: false,
    stopSaving: () => {},
    isClosed: false,
  }

  function entryOf(pair: PhotoPair): Entry {
    const key = pairKey(pair)
    const entry = entries.get(key) ?? newEntry(pair)
    entries.set(key, entry)
    return entry
  }
  function announce(entry: Entry) {
    const key = pairKey(entry.pair)
    states.set(key, pairState(entry.alignment, entry.hasFailed, entry.nudge))
    for (const listener of listeners.get(key) ?? []) listener()
  }
  function forgetOld() {
    const wanted = new Set(work.order.map(pairKey))
    for (const key of entries.keys()) {
      if (entries.size <= MOST_KEPT) return
      if (wanted.has(key) || listeners.has(key) || unsaved.has(key)) continue
      entries.delete(key)
      states.delete(key)
    }
  }
  /** One loop at a time; whoever asks while it is ending makes it look once more. */
  async function run() {
    work.isAskedAgain = true
    if (work.isBusy) return
    work.isBusy = true
    try {
      while (work.isAskedAgain) {
        work.isAskedAgain = false
        while (!work.isClosed && (await step()));
      }
    } finally {
      work.isBusy = false
    }
  }
  /** Whatever is most wanted now. @returns whether there was anything to do */
  async function step(): Promise<boolean> {
    const unknown = work.order
      .map(entryOf)
      .filter((entry) => !entry.isKnown)
      .slice(0, MOST_ASKED)
    if (unknown.length > 0) {
      await ask(unknown)
      return true
    }
    if (align === null || findNext() === undefined) return false
    await quietly(async () => {
      // Another case may have come on screen while nobody was to be kept waiting.
      const next = findNext()
      if (next !== undefined && !work.isClosed) await compute(next, align)
    })
    return true
  }
  function findNext(): Entry | undefined {
    const open = work.order.map(entryOf).filter((entry) => entry.isKnown && !entry.hasFailed)
    return open.find((entry) => entry.alignment === null) ?? open.find(canBeGuarded)
  }
  const sidesOf = ({ current, prior }: PhotoPair): SideHashes => ({
    current: work.otherSides.get(current),
    prior: work.otherSides.get(prior),
  })
  /** Lined up without a photo of the other side, as when it had not arrived yet. */
  function canBeGuarded({ pair, alignment, triedSides }: Entry): boolean {
    if (alignment?.verdict !== 'aligned' || alignment.isGuarded) return false
    const sides = keyOfSides(sidesOf(pair))
    return sides !== '' && sides !== triedSides
  }
  async function ask(unknown: readonly Entry[]) {
    // The store only spares the work: what it cannot tell is computed.
    const answer = await port
      .call(
        'align.find',
        unknown.map((entry) => entry.pair),
      )
      .catch((): KnownPair[] => [])
    const known = new Map(answer.map((one) => [pairKey(one.pair), one]))
    for (const entry of unknown) {
      const found = known.get(pairKey(entry.pair))
      entry.isKnown = true
      entry.alignment = found?.alignment ?? null
      // What a hand did while the answer was under way is newer.
      if (found?.nudge != null && !unsaved.has(pairKey(entry.pair)))
        entry.nudge = { x: found.nudge.x, y: found.nudge.y }
      if (found !== undefined) announce(entry)
      if (entry.alignment !== null) lined(entry.alignment)
    }
  }
  async function compute(entry: Entry, align: AlignPair) {
    const sides = sidesOf(entry.pair)
    entry.triedSides = keyOfSides(sides)
    try {
      entry.alignment = await align(entry.pair, sides)
      lined(entry.alignment)
      // Computed again next time when it could not be kept.
      void port.call('align.save', entry.alignment).catch(() => undefined)
    } catch {
      // Most often a photo that has not arrived yet: `photoArrived` tries again.
      entry.hasFailed = true
    }
    if (!work.isClosed) announce(entry)
  }
  function saveNudges() {
    for (const [key, pair] of unsaved) {
      const { nudge } = entryOf(pair)
      unsaved.delete(key)
      // What stands on screen stays; the next move is saved again.
      void port.call('align.nudge', { pair, ...nudge }).catch(() => undefined)
    }
  }

  return {
    /** Every pair that is or soon will be on screen, most important first. */
    want(pairs: readonly PhotoPair[], otherSides: OtherSides = new Map()) {
      work.order = pairs
      work.otherSides = otherSides
      if (work.isPlanned) return
      work.isPlanned = true
      soon(() => {
        work.isPlanned = false
        forgetOld()
        void run()
      })
    },
    stateOf: (pair: PhotoPair): PairState => states.get(pairKey(pair)) ?? WAITING,
    subscribe(pair: PhotoPair, listener: () => void): () => void {
      const key = pairKey(pair)
      const ofPair = listeners.get(key) ?? new Set()
      listeners.set(key, ofPair.add(listener))
      return () => {
        ofPair.delete(listener)
        if (ofPair.size === 0 && listeners.get(key) === ofPair) listeners.delete(key)
      }
    },
    /** A hand lined the pair up; both zero puts it back. Kept for the pair. */
    nudge(pair: PhotoPair, { x, y }: PhotoPoint) {
      const entry = entryOf(pair)
      entry.nudge = { x: Math.min(2, Math.max(-2, x)), y: Math.min(2, Math.max(-2, y)) }
      unsaved.set(pairKey(pair), pair)
      announce(entry)
      work.stopSaving()
      work.stopSaving = later(saveNudges)
    },
    /** Another window knows more of this pair. Never saved here: that one does. */
    learn({ pair, alignment, nudge }: KnownPair) {
      const entry = entryOf(pair)
      Object.assign(entry, { alignment, isKnown: true, nudge: { x: nudge?.x ?? 0, y: nudge?.y ?? 0 } })
      announce(entry)
    },
    /** The host has this photo now: what failed for want of it is tried again. */
    photoArrived(hash: string) {
      for (const entry of entries.values()) {
        if (entry.triedSides.includes(hash)) entry.triedSides = ''
        if (!entry.hasFailed || (entry.pair.current !== hash && entry.pair.prior !== hash)) continue
        entry.hasFailed = false
        announce(entry)
      }
      void run()
    },
    close() {
      work.isClosed = true
      work.stopSaving()
      saveNudges()
    },
  }
}
