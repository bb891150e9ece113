import type { PhotoSize } from '../../server/contract/domain/photos.ts'
import { cacheKey, type CacheKey, planCache, type Wanted } from './cache-plan.ts'
import type { DecodedPhoto, LoadPhoto } from './decode.ts'
import { createStillness } from './stillness.ts'

/** `absent`: not on this computer yet, `photoArrived` will try again. `broken`: the bytes are there but are no photo. */
export type PhotoState = 'loading' | 'ready' | 'absent' | 'broken'

type Entry = {
  readonly wanted: Wanted
  readonly abort: AbortController
  state: PhotoState
  decoded: DecodedPhoto | undefined
  /** Tells its pixels from all others, for as long as the cache lives; 0 while there are none. */
  serial: number
}

export type PhotoCacheOptions = {
  readonly photoUrl: (hash: string, size: PhotoSize) => string
  readonly load: LoadPhoto
  /** Decoded pixels held at most, 4 bytes each. */
  readonly budgetBytes: number
  /** Fetches and decodes under way at once; what is demanded comes on top of it. */
  readonly parallelCount: number
  /** Of them larger than 512 px. */
  readonly parallelLargeCount: number
  /** When to act on new wishes. Many come at once, and none of it is needed for the frame that is being made. */
  readonly soon: (work: () => void) => void
  /** So long after the last wish a person has stopped to look: what can wait is loaded from then on. */
  readonly stillMs: number
}

export type PhotoCache = ReturnType<typeof createPhotoCache>

const SIZES: readonly PhotoSize[] = ['512', '2048', 'original']
/** A photo that hangs does not hold up for ever what waits until nobody waits. */
const PATIENCE_MS = 3000

/** Behind an address (electron/ipc/photo-request.ts): the host is not to fetch it from the server. */
export const KEPT = '/kept'
/** Originals are several times as large, and few are ever needed: only one that is zoomed into is worth fetching. */
function isSpeculative(wanted: Wanted | undefined): boolean {
  return wanted?.canWait === true && wanted.size === 'original'
}

type Demand = { readonly wanted: Wanted; readonly likely: Wanted | undefined }

/**
 * Decoded photos within a budget. The screen says what it wants in order of importance (`setRing`), a pane adds what it
 * needs right now (`demand`), one that is painted ahead what it will need (`foresee`); everything that fits is fetched
 * and decoded in that order, everything else is cancelled and closed. Loading a photo tells nobody that it was seen.
 */
export function createPhotoCache(options: PhotoCacheOptions) {
  const entries = new Map<CacheKey, Entry>()
  const listeners = new Map<string, Set<() => void>>()
  const demands = new Map<symbol, Demand>()
  const foreseen = new Map<symbol, Wanted>()
  let ring: readonly Wanted[] = []
  let underWay = 0
  let lastSerial = 0
  let isPlanned = false
  /** Of the wishes as they are; undefined when they have changed since. */
  let plan: ReadonlyMap<CacheKey, Wanted> | undefined
  const stillness = createStillness({
    stillMs: options.stillMs,
    patienceMs: PATIENCE_MS,
    isBusy: () => underWay > 0 || isPlanned,
    onStill: replan,
  })

  function announce(hash: string) {
    for (const listener of listeners.get(hash) ?? []) listener()
  }
  function drop(key: CacheKey, entry: Entry) {
    entries.delete(key)
    entry.abort.abort()
    entry.decoded?.close()
    announce(entry.wanted.hash)
  }
  function wishes(): Wanted[] {
    const onScreen = [...demands.values()]
    return [
      ...onScreen.map(({ wanted }) => wanted),
      ...foreseen.values(),
      ...ring.filter(({ canWait }) => canWait !== true),
      ...onScreen.flatMap(({ likely }) => likely ?? []),
      ...ring,
    ]
  }
  function replan() {
    plan ??= planCache(wishes(), options.budgetBytes)
    const planned = plan
    for (const [key, entry] of entries) {
      const isAskedAgain = entry.state === 'absent' && isSpeculative(entry.wanted) && !isSpeculative(planned.get(key))
      if (!planned.has(key) || isAskedAgain) drop(key, entry)
    }
    // What a person is looking at does not queue behind what may be looked at next.
    const now = new Set([...demands.values()].map(({ wanted }) => cacheKey(wanted.hash, wanted.size)))
    for (const [key, wanted] of planned) {
      if (underWay >= options.parallelCount && !now.has(key)) return
      if (entries.has(key) || (!now.has(key) && isHeldBack(wanted))) continue
      void load(key, wanted)
    }
    stillness.settled()
  }
  /** Large ones ahead leave a worker to the small ones of the next scan, which are on screen first. */
  function isHeldBack({ size, canWait }: Wanted): boolean {
    if (canWait === true && !stillness.isStill()) return true
    if (size === '512') return false
    const large = [...entries.values()].filter(({ state, wanted }) => state === 'loading' && wanted.size !== '512')
    return large.length >= options.parallelLargeCount
  }
  function replanSoon() {
    plan = undefined
    if (isPlanned) return
    // Nothing is decoded yet: there is no frame that this could hold up.
    if (entries.size === 0) return replan()
    isPlanned = true
    options.soon(() => {
      isPlanned = false
      replan()
    })
  }
  async function load(key: CacheKey, wanted: Wanted) {
    const entry: Entry = { wanted, abort: new AbortController(), state: 'loading', decoded: undefined, serial: 0 }
    entries.set(key, entry)
    underWay += 1
    const state = await loadInto(entry).catch((): PhotoState => 'broken')
    underWay -= 1
    if (entries.get(key) === entry) {
      entry.state = state
      announce(wanted.hash)
    }
    replan()
  }
  async function loadInto(entry: Entry): Promise<PhotoState> {
    const { hash, size } = entry.wanted
    const { signal } = entry.abort
    const url = options.photoUrl(hash, size) + (isSpeculative(entry.wanted) ? KEPT : '')
    const loaded = await options.load(url, signal)
    if (loaded.state !== 'ready') return loaded.state
    if (signal.aborted) loaded.pixels.close()
    else {
      lastSerial += 1
      Object.assign(entry, { decoded: loaded.pixels, serial: lastSerial })
    }
    return 'ready'
  }
  function entriesOf(hash: string): Entry[] {
    return SIZES.map((size) => entries.get(cacheKey(hash, size))).filter((entry) => entry !== undefined)
  }

  function findEntry(hash: string, size: PhotoSize): Entry | undefined {
    const ready = entriesOf(hash).filter((entry) => entry.decoded !== undefined)
    const enough = ready.find((entry) => SIZES.indexOf(entry.wanted.size) >= SIZES.indexOf(size))
    return enough ?? ready.at(-1)
  }

  function moved() {
    stillness.moved()
    replanSoon()
  }
  function wish<W>(wishes: Map<symbol, W>, wanted: W): () => void {
    const token = Symbol('wish')
    wishes.set(token, wanted)
    moved()
    return () => {
      wishes.delete(token)
      replanSoon()
    }
  }

  return {
    /** What should be decoded, most important first: this scan and its priors, the next ones, the previous one. */
    setRing(wanted: readonly Wanted[]) {
      ring = wanted
      moved()
    },
    /**
     * What a pane on screen needs now.
     * @param likely what the next step of its zoom needs: loaded when everything else that is near is there
     * @returns a function that ends the demand
     */
    demand: (wanted: Wanted, likely?: Wanted): (() => void) => wish(demands, { wanted, likely }),
    /** What a pane that is painted ahead will need. @returns a function that ends it */
    foresee: (wanted: Wanted): (() => void) => wish(foreseen, wanted),
    /** The smallest decoded size that reaches `size`, else the largest there is. */
    findDecoded: (hash: string, size: PhotoSize): DecodedPhoto | undefined => findEntry(hash, size)?.decoded,
    /** Changes when `findDecoded` answers something else, so that nobody paints the same pixels twice; 0 for none. */
    serialOf: (hash: string, size: PhotoSize): number => findEntry(hash, size)?.serial ?? 0,
    stateOf(hash: string): PhotoState {
      const states = entriesOf(hash).map((entry) => entry.state)
      if (states.includes('ready')) return 'ready'
      if (states.includes('loading') || states.length === 0) return 'loading'
      return states.includes('broken') ? 'broken' : 'absent'
    },
    /** The host has this photo now: whatever failed is tried again. */
    photoArrived(hash: string) {
      for (const [key, entry] of entries) {
        if (entry.wanted.hash === hash && (entry.state === 'absent' || entry.state === 'broken')) drop(key, entry)
      }
      replanSoon()
    },
    subscribe(hash: string, listener: () => void): () => void {
      const ofHash = listeners.get(hash) ?? new Set()
      listeners.set(hash, ofHash.add(listener))
      return () => {
        ofHash.delete(listener)
        if (ofHash.size === 0 && listeners.get(hash) === ofHash) listeners.delete(hash)
      }
    },
    /**
     * Does the work once nobody waits: the screen has stood still and everything wished for is there. For what is
     * painted or worked out ahead; on a computer with two cores it would otherwise take the time in which the next scan
     * is decoded. @returns a function that calls it off
     */
    onceStill: (work: () => void): (() => void) => stillness.once(work),
    stillForMs: () => stillness.stillForMs(),
    decodedBytes: () =>
      [...entries.values()].reduce((sum, e) => sum + (e.decoded === undefined ? 0 : e.wanted.bytes), 0),
    /** Closes every photo. The cache starts again when somebody wants something: React mounts twice in development. */
    clear() {
      plan = undefined
      ring = []
      demands.clear()
      foreseen.clear()
      for (const [key, entry] of entries) drop(key, entry)
    },
  }
}
