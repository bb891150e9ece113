import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cacheKey, planCache, type Wanted } from './cache-plan.ts'
import type { DecodedPhoto, Loaded } from './decode.ts'
import { createPhotoCache } from './photo-cache.ts'

const MiB = 1024 * 1024
const want = (hash: string, mib = 1): Wanted => ({ hash, size: '512', bytes: mib * MiB })

type Gate = { end(state: 'ready' | 'absent' | 'broken'): void; fail(): void; readonly signal: AbortSignal }

/** A host that answers when the test says so; every decoded photo is counted until it is closed. */
function setUp(budgetMiB = 8, parallelCount = 2, stillMs = 0) {
  const gates = new Map<string, Gate>()
  const open = new Set<DecodedPhoto>()
  const cache = createPhotoCache({
    photoUrl: (hash, size) => `${hash}/${size}`,
    load: (url, signal) =>
      new Promise((answer, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        const ready = () => {
          const photo: DecodedPhoto = {
            image: {} as ImageBitmap,
            widthPx: 1,
            heightPx: 1,
            close: () => open.delete(photo),
          }
          open.add(photo)
          answer({ state: 'ready', pixels: photo })
        }
        const end = (state: 'ready' | 'absent' | 'broken') => (state === 'ready' ? ready() : answer({ state }))
        gates.set(url, { end, fail: () => reject(new TypeError('network')), signal })
      }),
    budgetBytes: budgetMiB * MiB,
    parallelCount,
    parallelLargeCount: 1,
    stillMs,
    soon: (work) => work(),
  })
  const arrive = async (hash: string) => {
    await vi.waitFor(() => expect(gates.has(`${hash}/512`)).toBe(true))
    gates.get(`${hash}/512`)?.end('ready')
    gates.delete(`${hash}/512`)
  }
  return { cache, gates, open, arrive }
}

afterEach(() => vi.restoreAllMocks())

test('the most important photos load first, and no more at once than allowed', async () => {
  const { cache, gates, arrive } = setUp()
  cache.setRing(['a', 'b', 'c', 'd'].map((hash) => want(hash)))
  expect([...gates.keys()]).toEqual(['a/512', 'b/512'])
  await arrive('a')
  await vi.waitFor(() => expect(cache.stateOf('a')).toBe('ready'))
  expect([...gates.keys()]).toEqual(['b/512', 'c/512'])
})

test('what a pane demands does not wait for what is loaded ahead', () => {
  const { cache, gates } = setUp()
  cache.setRing(['a', 'b', 'c'].map((hash) => want(hash)))
  cache.demand(want('now'))
  expect([...gates.keys()]).toEqual(['a/512', 'b/512', 'now/512'])
})

test('a photo that nobody wants any more is cancelled, or closed when it was there already', async () => {
  const { cache, gates, open, arrive } = setUp()
  cache.setRing([want('old'), want('slow')])
  await arrive('old')
  await vi.waitFor(() => expect(open.size).toBe(1))
  const slow = gates.get('slow/512')
  cache.setRing([want('new')])
  expect(open.size).toBe(0)
  expect(slow?.signal.aborted).toBe(true)
  expect(cache.findDecoded('old', '512')).toBeUndefined()
})

test('a photo decoded after its cancellation is closed at once', async () => {
  let finish!: (loaded: Loaded<DecodedPhoto>) => void
  const close = vi.fn<() => void>()
  const cache = createPhotoCache({
    photoUrl: (hash) => hash,
    load: () => new Promise((resolve) => (finish = resolve)),
    soon: (work) => work(),
    budgetBytes: MiB,
    parallelCount: 1,
    parallelLargeCount: 1,
    stillMs: 0,
  })
  cache.setRing([want('a')])
  await vi.waitFor(() => expect(finish).toBeDefined())
  cache.setRing([])
  finish({ state: 'ready', pixels: { image: {} as ImageBitmap, widthPx: 1, heightPx: 1, close } })
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce())
})

test('a photo that is not on this computer yet is asked for again when it arrives', async () => {
  const { cache, gates, arrive } = setUp()
  const heard = vi.fn<() => void>()
  cache.subscribe('a', heard)
  cache.setRing([want('a')])
  gates.get('a/512')?.end('absent')
  gates.clear()
  await vi.waitFor(() => expect(cache.stateOf('a')).toBe('absent'))
  cache.photoArrived('a')
  expect(cache.stateOf('a')).toBe('loading')
  await arrive('a')
  await vi.waitFor(() => expect(cache.stateOf('a')).toBe('ready'))
  expect(heard).toHaveBeenCalled()
})

test.each([
  { what: 'bytes that are no photo', give: (gate: Gate) => gate.end('broken') },
  { what: 'no answer at all', give: (gate: Gate) => gate.fail() },
])('$what make a broken photo, and the others still load', async ({ give }) => {
  const { cache, gates, arrive } = setUp(8, 1)
  cache.setRing([want('bad'), want('good')])
  const gate = gates.get('bad/512')
  if (gate === undefined) throw new Error('not fetched')
  give(gate)
  await vi.waitFor(() => expect(cache.stateOf('bad')).toBe('broken'))
  await arrive('good')
  await vi.waitFor(() => expect(cache.stateOf('good')).toBe('ready'))
})

test('what a pane on screen needs goes before the ring, and leaves with the pane', async () => {
  const { cache, gates } = setUp(2, 2)
  const end = cache.demand(want('now', 2))
  cache.setRing([want('later')])
  expect([...gates.keys()]).toEqual(['now/512'])
  end()
  await vi.waitFor(() => expect(gates.has('later/512')).toBe(true))
})

test('the larger size takes over when it is there; the smaller one serves until then', async () => {
  const { cache, gates, arrive } = setUp()
  cache.setRing([want('a'), { hash: 'a', size: '2048', bytes: MiB }])
  await arrive('a')
  await vi.waitFor(() => expect(cache.findDecoded('a', '2048')).toBeDefined())
  const small = cache.findDecoded('a', '2048')
  gates.get('a/2048')?.end('ready')
  await vi.waitFor(() => expect(cache.findDecoded('a', '2048')).not.toBe(small))
  expect(cache.findDecoded('a', '512')).toBe(small)
})

test('a larger size that arrives is no news for who shows the smaller one', async () => {
  const { cache, gates, arrive } = setUp()
  cache.setRing([want('a'), { hash: 'a', size: '2048', bytes: MiB }])
  expect(cache.serialOf('a', '512')).toBe(0)
  await arrive('a')
  await vi.waitFor(() => expect(cache.serialOf('a', '512')).not.toBe(0))
  const [small, coarse] = [cache.serialOf('a', '512'), cache.serialOf('a', '2048')]
  gates.get('a/2048')?.end('ready')
  await vi.waitFor(() => expect(cache.serialOf('a', '2048')).not.toBe(coarse))
  expect(cache.serialOf('a', '512')).toBe(small)
})

test('a plan never exceeds the budget, holds no photo twice, and never prefers a less important one', () => {
  const wanted = fc.record({
    hash: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    size: fc.constantFrom('512' as const, '2048' as const),
    bytes: fc.integer({ min: 1, max: 50 }),
  })
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 20 }), fc.integer({ min: 0, max: 200 }), (all, budget) => {
      const planned = [...planCache(all, budget).entries()]
      const sum = planned.reduce((bytes, [, photo]) => bytes + photo.bytes, 0)
      // A single photo may be larger than the budget: what is on screen must be shown.
      expect(planned.length > 1 ? sum : 0).toBeLessThanOrEqual(budget)
      const distinct = [...new Set(all.map((photo) => cacheKey(photo.hash, photo.size)))]
      expect(planned.map(([key]) => key)).toEqual(distinct.slice(0, planned.length))
    }),
    { seed: 20_261_121, numRuns: 300 },
  )
})

test('clearing closes every decoded photo', async () => {
  const { cache, open, arrive } = setUp()
  cache.setRing([want('a'), want('b')])
  await arrive('a')
  await arrive('b')
  await vi.waitFor(() => expect(open.size).toBe(2))
  expect(cache.decodedBytes()).toBe(2 * MiB)
  cache.clear()
  expect(open.size).toBe(0)
})

test('what waits until nobody waits begins once everything wanted is there, or not to be had', async () => {
  const { cache, gates, arrive } = setUp()
  cache.setRing([want('a'), want('b'), want('c')])
  const quiet = vi.fn<() => void>()
  cache.onceStill(quiet)
  const calledOff = vi.fn<() => void>()
  cache.onceStill(calledOff)()
  await arrive('a')
  await arrive('b')
  await vi.waitFor(() => expect(gates.has('c/512')).toBe(true))
  expect(quiet).not.toHaveBeenCalled()
  gates.get('c/512')?.end('absent')
  await vi.waitFor(() => expect(quiet).toHaveBeenCalledOnce())
  expect(calledOff).not.toHaveBeenCalled()
})

describe('while keys are pressed', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())
  const large = (hash: string): Wanted => ({ hash, size: '2048', bytes: MiB, canWait: true })

  test('what can wait is not loaded, and nothing is worked out ahead', async () => {
    const { cache, gates } = setUp(64, 4, 300)
    const ahead = vi.fn<() => void>()
    cache.onceStill(ahead)
    for (const hash of ['a', 'b', 'c', 'd']) {
      cache.setRing([want(hash), large(hash)])
      gates.get(`${hash}/512`)?.end('ready')
      await vi.advanceTimersByTimeAsync(250)
    }
    expect([...gates.keys()]).toEqual(['a/512', 'b/512', 'c/512', 'd/512'])
    expect(ahead).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(60)
    expect([...gates.keys()]).toContain('d/2048')
    expect(ahead).not.toHaveBeenCalled()
    gates.get('d/2048')?.end('ready')
    await vi.advanceTimersByTimeAsync(1)
    expect(ahead).toHaveBeenCalledOnce()
  })

  test('a pane that needs a large one gets it at once', async () => {
    const { cache, gates } = setUp(64, 4, 300)
    cache.setRing([want('a'), large('a')])
    cache.demand({ hash: 'a', size: '2048', bytes: MiB })
    expect([...gates.keys()]).toEqual(['a/512', 'a/2048'])
  })

  test('a photo that hangs does not hold up for ever what is worked out ahead', async () => {
    const { cache } = setUp(64, 4, 300)
    cache.setRing([want('hangs')])
    const ahead = vi.fn<() => void>()
    cache.onceStill(ahead)
    await vi.advanceTimersByTimeAsync(2000)
    expect(ahead).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ahead).toHaveBeenCalledOnce()
  })
})

test('what the next scan needs on screen goes before the rest of the ring, and what a zoom would need after it', () => {
  const { cache, gates } = setUp(64, 8)
  cache.setRing([want('ring')])
  gates.clear()
  cache.foresee(want('next'))
  cache.demand(want('now'), { hash: 'now', size: 'original', bytes: 30 * MiB, canWait: true })
  cache.setRing([want('later')])
  expect([...gates.keys()].filter((key) => key !== 'now/original')).toEqual(['next/512', 'now/512', 'later/512'])
})

test('large ones ahead leave room for the small ones of the next scan', async () => {
  const { cache, gates } = setUp(64, 3)
  const large = (hash: string): Wanted => ({ hash, size: '2048', bytes: MiB })
  cache.setRing([large('a'), large('b'), want('next')])
  expect([...gates.keys()]).toEqual(['a/2048', 'next/512'])
  gates.get('a/2048')?.end('ready')
  await vi.waitFor(() => expect(gates.has('b/2048')).toBe(true))
})

test('an original that may be zoomed into is not fetched from afar before somebody zooms', async () => {
  const { cache, gates } = setUp(64)
  const original = { hash: 'a', size: 'original', bytes: MiB } as const
  const end = cache.demand(want('a'), { ...original, canWait: true })
  await vi.waitFor(() => expect([...gates.keys()]).toContain('a/original/kept'))
  gates.get('a/original/kept')?.end('absent')
  await vi.waitFor(() => expect(gates.get('a/original/kept')?.signal.aborted).toBe(false))
  expect([...gates.keys()]).not.toContain('a/original')
  end()
  cache.demand(original)
  await vi.waitFor(() => expect([...gates.keys()]).toContain('a/original'))
})
