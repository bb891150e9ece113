import type { PhotoHash } from '../../../../server/contract/domain/ids.ts'
import type { Alignment, KnownPair, PhotoPair } from '../../../../preload/contract/alignment.ts'
import type { SideHashes } from '../../../align/messages.ts'
import type { Port } from '../../../ports/bridge.ts'
import type { Quietly } from '../../../viewer/quiet-queue.ts'
import type { Entry, PairEntries } from './pair-entries.ts'
import { pairKey } from './pair-state.ts'

/** Lines two photos up, off the main thread. Rejects when a photo is not on this computer. */
export type AlignPair = (pair: PhotoPair, sides?: SideHashes) => Promise<Alignment>
/** For each lateral photo the one of the other side in the same scan: with braces the two are taken for each other. */
export type OtherSides = ReadonlyMap<PhotoHash, PhotoHash>

export type PairWorkOptions = {
  readonly port: Pick<Port, 'call'>
  /** Null where nothing can line photos up: then only what the store knows is shown. */
  readonly align: AlignPair | null
  /** Told how a pair lies once it is known, from the store or worked out just now. */
  readonly lined?: (alignment: Alignment) => void
  /** When to line photos up: what a screen waits for goes first. */
  readonly quietly: Quietly
}
type Own = {
  readonly entries: PairEntries
  /** A hand moved it, and the store does not know yet. */
  readonly isUnsaved: (key: string) => boolean
}

const MOST_ASKED = 50

/**
 * Finds out how wanted pairs lie: all are asked of the store at once, which waits for nothing; those that it does not
 * know are lined up in the order of wanting, one at a time, when it is quiet.
 */
export function createPairWork({ port, align, lined = () => {}, quietly, entries, isUnsaved }: PairWorkOptions & Own) {
  const work = { wanted: [] as readonly Entry[], otherSides: new Map() as OtherSides, isClosed: false }
  const doneListeners = new Set<() => void>()

  const findUnknown = () => work.wanted.filter((entry) => !entry.isKnown)
  function findNext(): Entry | undefined {
    const open = work.wanted.filter((entry) => entry.isKnown && !entry.hasFailed)
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
      if (found?.nudge != null && !isUnsaved(pairKey(entry.pair))) entry.nudge = { x: found.nudge.x, y: found.nudge.y }
      if (found !== undefined) entries.announce(entry)
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
    } catch (cause) {
      // Called off: it is as if it had never begun. Else most often a photo that has not arrived yet: `photoArrived`
      // tries again.
      if (cause instanceof DOMException && cause.name === 'AbortError') entry.triedSides = ''
      else entry.hasFailed = true
    }
    if (!work.isClosed) entries.announce(entry)
  }

  const askAll = createLoop(async () => {
    const unknown = findUnknown().slice(0, MOST_ASKED)
    if (work.isClosed || unknown.length === 0) return false
    await ask(unknown)
    return true
  })
  const lineAllUp = createLoop(async () => {
    if (align === null || work.isClosed || findNext() === undefined) return false
    await quietly(async () => {
      // Another case may have come on screen while nobody was to be kept waiting.
      const next = findNext()
      if (next !== undefined && !work.isClosed) await compute(next, align)
    })
    return true
  })
  function tellDone() {
    if (work.isClosed || findUnknown().length > 0 || findNext() !== undefined) return
    for (const listener of doneListeners) listener()
  }

  return {
    /** The most important first. */
    want(pairs: readonly PhotoPair[], otherSides: OtherSides) {
      work.wanted = pairs.map(entries.of)
      work.otherSides = otherSides
    },
    isWanted: (entry: Entry) => work.wanted.includes(entry),
    async run() {
      await askAll()
      await lineAllUp()
      tellDone()
    },
    whenDone: (listener: () => void): (() => void) => {
      doneListeners.add(listener)
      return () => void doneListeners.delete(listener)
    },
    close() {
      work.isClosed = true
    },
  }
}

const keyOfSides = ({ prior, current }: SideHashes) => [prior ?? [], current ?? []].flat().join(' ')

/** Repeats a step until it finds nothing to do, once at a time; whoever asks while it is ending makes it look once more. */
function createLoop(step: () => Promise<boolean>) {
  const now = { isBusy: false, isAskedAgain: false }
  return async () => {
    now.isAskedAgain = true
    if (now.isBusy) return
    now.isBusy = true
    try {
      while (now.isAskedAgain) {
        now.isAskedAgain = false
        while (await step());
      }
    } finally {
      now.isBusy = false
    }
  }
}
