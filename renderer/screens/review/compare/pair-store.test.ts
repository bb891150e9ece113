import { describe, expect, test, vi } from 'vitest'
import type { Alignment, KnownPair, PairNudge, PhotoPair } from '../../../../preload/contract/alignment.ts'
import type { Quietly } from '../../../viewer/quiet-queue.ts'
import { createPairStore } from './pair-store.ts'
import type { AlignPair } from './pair-work.ts'
import { alignedAs, pairNamed } from './testing.ts'

type Known = {
  readonly found?: readonly KnownPair[]
  readonly align?: AlignPair
  readonly quietly?: Quietly
  readonly lined?: (alignment: Alignment) => void
}
const atOnce: Quietly = (work) => work()

/** A store over a made-up workstation: what was asked of it is written down in order. */
function open({ found = [], align = async (pair) => alignedAs(pair), quietly = atOnce, lined = () => {} }: Known = {}) {
  const saved: Alignment[] = []
  const nudges: PairNudge[] = []
  const aligned: string[] = []
  const hand = { stop: () => {} }
  const call = async (name: string, input: unknown) => {
    if (name === 'align.find')
      return (input as PhotoPair[]).map(
        (pair) =>
          found.find((known) => JSON.stringify(known.pair) === JSON.stringify(pair)) ?? {
            pair,
            alignment: null,
            nudge: null,
          },
      )
    if (name === 'align.save') saved.push(input as Alignment)
    if (name === 'align.nudge') nudges.push(input as PairNudge)
    return null
  }
  const store = createPairStore({
    port: { call: call as never }, // three names of the contract's table; the rest is not asked
    align: (pair, sides) => {
      aligned.push(pair.current.slice(0, 1) + pair.prior.slice(0, 1))
      return align(pair, sides)
    },
    lined,
    quietly,
    soon: (work) => work(),
    later: (work) => {
      hand.stop = work
      return () => (hand.stop = () => {})
    },
  })
  return { store, saved, nudges, aligned, letGo: () => hand.stop() }
}

test('the most important pair comes first, and what was found is kept and told', async () => {
  const { store, saved, aligned } = open()
  const [first, second] = [pairNamed('a', 'b'), pairNamed('c', 'd')]
  const told = vi.fn<() => void>()
  store.subscribe(second, told)
  store.want([first, second])
  await vi.waitUntil(() => store.stateOf(second).phase === 'aligned')
  expect(aligned).toEqual(['ab', 'cd'])
  expect(saved).toHaveLength(2)
  expect(told).toHaveBeenCalled()
})

test('how a pair lies is handed on, whether the store knew it or it was computed; what nobody knows is not', async () => {
  const [known, computed, failing] = [pairNamed('a', 'b'), pairNamed('c', 'd'), pairNamed('e', 'f')]
  const lined = vi.fn<(alignment: Alignment) => void>()
  const align: AlignPair = async (pair) => {
    if (pair.current === failing.current) throw new Error('not here')
    return alignedAs(pair)
  }
  const { store } = open({ found: [{ pair: known, alignment: alignedAs(known), nudge: null }], align, lined })
  store.want([known, computed, failing])
  await vi.waitUntil(() => store.stateOf(failing).phase !== 'waiting')
  expect(lined.mock.calls).toEqual([[alignedAs(known)], [alignedAs(computed)]])
})

test('a lateral pair is computed beside the other sides of both scans', async () => {
  const [pair, others] = [pairNamed('a', 'b'), pairNamed('c', 'd')]
  const align = vi.fn<AlignPair>(async (asked) => alignedAs(asked))
  const { store } = open({ align })
  store.want(
    [pair],
    new Map([
      [pair.prior, others.prior],
      [pair.current, others.current],
    ]),
  )
  await vi.waitUntil(() => store.stateOf(pair).phase === 'aligned')
  expect(align).toHaveBeenCalledWith(pair, { prior: others.prior, current: others.current })
})

describe('a side that was lined up without any photo of the other side', () => {
  const [pair, { prior: other }] = [pairNamed('a', 'b', 'buccal_left'), pairNamed('c', 'd')]
  const sides = new Map([[pair.prior, other]])
  const unguarded = alignedAs(pair, { isGuarded: false, confidence: 0.4 })

  test('is computed anew once there is one, after what was never computed, and the new answer is kept', async () => {
    const fresh = pairNamed('e', 'f')
    const { store, aligned, saved } = open({ found: [{ pair, alignment: unguarded, nudge: null }] })
    store.want([pair, fresh], sides)
    await vi.waitUntil(() => store.stateOf(pair).alignment?.isGuarded === true)
    expect(aligned).toEqual(['ef', 'ab'])
    expect(saved.at(-1)).toMatchObject({ pair, isGuarded: true })
  })

  test('is tried once, and again when that photo arrives', async () => {
    const isHere = { now: false }
    const { store, aligned } = open({ align: async (asked) => alignedAs(asked, { isGuarded: isHere.now }) })
    store.want([pair, pairNamed('e', 'f')], sides)
    await vi.waitUntil(() => store.stateOf(pairNamed('e', 'f')).phase === 'aligned')
    expect(aligned).toEqual(['ab', 'ef'])
    isHere.now = true
    store.photoArrived(other)
    await vi.waitUntil(() => store.stateOf(pair).alignment?.isGuarded === true)
    expect(aligned).toEqual(['ab', 'ef', 'ab'])
  })

  test('stays as it is where the earlier scan has none', async () => {
    const { store, aligned } = open({ found: [{ pair, alignment: unguarded, nudge: null }] })
    store.want([pair, pairNamed('e', 'f')])
    await vi.waitUntil(() => store.stateOf(pairNamed('e', 'f')).phase === 'aligned')
    expect([aligned, store.stateOf(pair).alignment]).toEqual([['ef'], unguarded])
  })
})

test('what the store of this computer knows is not computed again, its nudge included', async () => {
  const pair = pairNamed('a', 'b')
  const { store, aligned, saved } = open({
    found: [{ pair, alignment: alignedAs(pair), nudge: { pair, x: 0.1, y: 0 } }],
  })
  store.want([pair])
  await vi.waitUntil(() => store.stateOf(pair).phase === 'aligned')
  expect(store.stateOf(pair).nudge).toEqual({ x: 0.1, y: 0 })
  expect([aligned, saved]).toEqual([[], []])
})

test('new wishes overtake old ones: only the pair under way is finished', async () => {
  const ends: (() => void)[] = []
  const { store, aligned } = open({
    align: (pair) => new Promise((resolve) => ends.push(() => resolve(alignedAs(pair)))),
  })
  store.want([pairNamed('a', 'b'), pairNamed('c', 'd')])
  await vi.waitUntil(() => ends.length === 1)
  store.want([pairNamed('e', 'f')])
  ends[0]?.()
  await vi.waitUntil(() => ends.length === 2)
  expect(aligned).toEqual(['ab', 'ef'])
})

test('nothing is lined up while somebody waits, and then what is wanted by then', async () => {
  const waiting: (() => void)[] = []
  const { store, aligned } = open({
    quietly: async (work) => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return work()
    },
  })
  store.want([pairNamed('a', 'b')])
  await vi.waitUntil(() => waiting.length === 1)
  store.want([pairNamed('c', 'd')])
  waiting.shift()?.()
  await vi.waitUntil(() => waiting.length === 1)
  expect(aligned).toEqual([])
  waiting.shift()?.()
  await vi.waitUntil(() => store.stateOf(pairNamed('c', 'd')).phase === 'aligned')
  expect(aligned).toEqual(['cd'])
})

test('what the store knows is there at once, however long nothing may be lined up', async () => {
  const [unknown, known] = [pairNamed('a', 'b'), pairNamed('c', 'd')]
  const { store, aligned } = open({
    found: [{ pair: known, alignment: alignedAs(known), nudge: null }],
    quietly: () => new Promise(() => {}),
  })
  store.want([unknown])
  await new Promise((resolve) => setTimeout(resolve, 0))
  store.want([unknown, known])
  await vi.waitUntil(() => store.stateOf(known).phase === 'aligned')
  expect([aligned, store.stateOf(unknown).phase]).toEqual([[], 'waiting'])
})

test('what was called off is done when it may be, and is no failure; then it is told that nothing is left', async () => {
  const pair = pairNamed('a', 'b')
  const calledOff = { first: true }
  const done = vi.fn<() => void>()
  const { store, aligned } = open({
    align: async (asked) => {
      if (!calledOff.first) return alignedAs(asked)
      calledOff.first = false
      throw new DOMException('somebody touched a key', 'AbortError')
    },
  })
  const seen: string[] = []
  store.subscribe(pair, () => seen.push(store.stateOf(pair).phase))
  store.whenDone(done)
  store.want([pair])
  await vi.waitUntil(() => done.mock.calls.length > 0)
  expect([aligned, store.stateOf(pair).phase]).toEqual([['ab', 'ab'], 'aligned'])
  expect(seen).not.toContain('failed')
})

test('without an answer of the host the pair is computed all the same', async () => {
  const pair = pairNamed('a', 'b')
  const store = createPairStore({
    port: { call: () => Promise.reject(new Error('the host is gone')) },
    align: async (asked) => alignedAs(asked),
    quietly: atOnce,
    soon: (work) => work(),
    later: () => () => {},
  })
  store.want([pair])
  await vi.waitFor(() => expect(store.stateOf(pair).phase).toBe('aligned'))
})

test('a photo that is not here yet is tried again when it has arrived, and once until then', async () => {
  const pair = pairNamed('a', 'b')
  const here = { isHere: false }
  const { store, aligned } = open({
    align: async (asked) => {
      if (!here.isHere) throw new Error('no such photo')
      return alignedAs(asked)
    },
  })
  store.want([pair])
  await vi.waitUntil(() => store.stateOf(pair).phase === 'failed')
  store.want([pair])
  here.isHere = true
  store.photoArrived(pair.prior)
  await vi.waitUntil(() => store.stateOf(pair).phase === 'aligned')
  expect(aligned).toEqual(['ab', 'ab'])
})

test('a hand wins over what is not comparable, is kept once it has stopped, and can be put back', async () => {
  const pair = pairNamed('a', 'b')
  const { store, nudges, letGo } = open({
    align: async (asked) =>
      alignedAs(asked, { verdict: 'not_comparable', reason: 'other_bite', transform: null, confidence: 0.1 }),
  })
  store.want([pair])
  await vi.waitUntil(() => store.stateOf(pair).phase === 'not_comparable')
  store.nudge(pair, { x: 0.01, y: 0 })
  store.nudge(pair, { x: 0.02, y: -5 })
  expect(store.stateOf(pair)).toMatchObject({ phase: 'by_hand', nudge: { x: 0.02, y: -2 } })
  expect(nudges).toEqual([])
  letGo()
  expect(nudges).toEqual([{ pair, x: 0.02, y: -2 }])
  store.nudge(pair, { x: 0, y: 0 })
  expect(store.stateOf(pair).phase).toBe('not_comparable')
})

test('what a hand did while the answer was under way is newer than the answer', async () => {
  const pair = pairNamed('a', 'b')
  const { store } = open({ found: [{ pair, alignment: alignedAs(pair), nudge: { pair, x: 0.5, y: 0.5 } }] })
  store.want([pair])
  store.nudge(pair, { x: 0.1, y: 0 })
  await vi.waitUntil(() => store.stateOf(pair).phase === 'aligned')
  expect(store.stateOf(pair).nudge).toEqual({ x: 0.1, y: 0 })
})

test('leaving the screen keeps the last nudge and tells nobody any more', async () => {
  const pair = pairNamed('a', 'b')
  const ends: (() => void)[] = []
  const { store, nudges } = open({
    align: (asked) => new Promise((resolve) => ends.push(() => resolve(alignedAs(asked)))),
  })
  store.want([pair])
  await vi.waitUntil(() => ends.length === 1)
  store.nudge(pair, { x: 0.1, y: 0 })
  const told = vi.fn<() => void>()
  store.subscribe(pair, told)
  store.close()
  expect(nudges).toEqual([{ pair, x: 0.1, y: 0 }])
  ends[0]?.()
  await Promise.resolve()
  expect(told).not.toHaveBeenCalled()
})
