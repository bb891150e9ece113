import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Look } from './geometry.ts'
import {
  IDENTITY,
  invertMatrix,
  lookOfCurrent,
  lookOfPrior,
  nudgeToKeepPrior,
  type PairLink,
  UNLINKED_OFFSET,
} from './pair-link.ts'

const small = (bound: number) => fc.double({ min: -bound, max: bound, noNaN: true })
const near = (to: number, bound: number) => fc.double({ min: to - bound, max: to + bound, noNaN: true })
/** Plausible pairs: turned, scaled, shifted and slightly tilted, never folded. */
const link: fc.Arbitrary<PairLink> = fc.record({
  transform: fc.tuple(
    near(1, 0.3),
    small(0.3),
    small(0.3),
    small(0.3),
    near(1, 0.3),
    small(0.3),
    small(0.1),
    small(0.1),
    fc.constant(1),
  ),
  nudge: fc.record({ x: small(0.3), y: small(0.3) }),
})
const look: fc.Arbitrary<Look> = fc.record({
  zoom: fc.double({ min: 1, max: 16, noNaN: true }),
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
})
const seeded = { seed: 20_261_121, numRuns: 400 }

function expectSameLook(actual: Look, expected: Look) {
  expect(actual.zoom).toBeCloseTo(expected.zoom, 5)
  expect(actual.x).toBeCloseTo(expected.x, 6)
  expect(actual.y).toBeCloseTo(expected.y, 6)
}

test('without transform and nudge the pair looks at the same place', () => {
  expect(lookOfPrior({ zoom: 3, x: 0.2, y: 0.7 }, UNLINKED_OFFSET)).toEqual({ zoom: 3, x: 0.2, y: 0.7 })
})

test('moving either photo of a linked pair moves the other, and the way back is exact', () => {
  fc.assert(
    fc.property(look, link, (current, pair) =>
      expectSameLook(lookOfCurrent(lookOfPrior(current, pair), pair), current),
    ),
    seeded,
  )
})

test('a prior taken from twice as far away is zoomed twice as much', () => {
  const pair: PairLink = { transform: [0.5, 0, 0.25, 0, 0.5, 0.25, 0, 0, 1], nudge: { x: 0, y: 0 } }
  expectSameLook(lookOfPrior({ zoom: 2, x: 0.5, y: 0.5 }, pair), { zoom: 4, x: 0.5, y: 0.5 })
})

test('moving the current photo alone leaves the prior where it is', () => {
  fc.assert(
    fc.property(look, small(0.2), small(0.2), link, (current, dx, dy, pair) => {
      const prior = lookOfPrior(current, pair)
      const moved = { ...current, x: current.x + dx, y: current.y + dy }
      const kept = lookOfPrior(moved, { ...pair, nudge: nudgeToKeepPrior(prior, moved, pair) })
      expect(kept.x).toBeCloseTo(prior.x, 9)
      expect(kept.y).toBeCloseTo(prior.y, 9)
    }),
    seeded,
  )
})

test('a matrix that flattens the photo has no way back', () => {
  expect(invertMatrix([1, 1, 0, 1, 1, 0, 0, 0, 1])).toBeUndefined()
  expect(invertMatrix(IDENTITY)).toEqual(IDENTITY)
})
