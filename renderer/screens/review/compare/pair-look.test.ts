import { expect, test } from 'vitest'
import { framePointOf, type Look, panBy, type PhotoPoint, type Turn, UPRIGHT } from '../../../viewer/geometry.ts'
import { applyMatrix } from '../../../viewer/pair-link.ts'
import { currentLook, type PairSizes, priorLook } from './pair-look.ts'
import { linkOf, type PairState } from './pair-state.ts'

const photo = { widthPx: 4000, heightPx: 3000 }
const frame = { widthPx: 800, heightPx: 900 }
const transform = [0.9, -0.05, 0.06, 0.05, 0.9, 0.03, 0, 0, 1]
const state: PairState = {
  phase: 'aligned',
  // Only what the link asks for.
  alignment: { transform } as unknown as PairState['alignment'],
  nudge: { x: 0, y: 0 },
}
const quarter: Turn = { degrees: 90, flipped: false }
const sizesWith = (current: Turn, prior: Turn): PairSizes => ({
  current: photo,
  prior: photo,
  frame,
  turns: { current, prior },
})

/** How far two teeth lie apart on the screen, in each of the two photos. */
function apartPx(look: Look, sizes: PairSizes): readonly [current: number, prior: number] {
  const [a, b]: readonly [PhotoPoint, PhotoPoint] = [
    { x: 0.45, y: 0.5 },
    { x: 0.5, y: 0.45 },
  ]
  const onPrior = (at: PhotoPoint) => applyMatrix(linkOf(state).transform, at)
  const way = (from: PhotoPoint, to: PhotoPoint, at: Look, turn: Turn) => {
    const [one, two] = [from, to].map((point) => framePointOf(point, at, photo, frame, turn))
    return Math.hypot(one!.xPx - two!.xPx, one!.yPx - two!.yPx)
  }
  const turns = sizes.turns ?? { current: UPRIGHT, prior: UPRIGHT }
  return [way(a, b, look, turns.current), way(onPrior(a), onPrior(b), priorLook(look, state, sizes), turns.prior)]
}

test.each([
  ['neither', UPRIGHT, UPRIGHT],
  ['the current photo', quarter, UPRIGHT],
  ['the earlier photo', UPRIGHT, quarter],
  ['both', quarter, { degrees: 270, flipped: true }],
])('the same teeth are equally large on both sides when %s is turned', (_, current, prior) => {
  const [here, there] = apartPx({ zoom: 3, x: 0.5, y: 0.5 }, sizesWith(current, prior))
  // The transform squeezes one way a little more than the other.
  expect(there / here).toBeCloseTo(1, 1)
})

test('a pan of either photo with one of them turned moves both by the same way of the mouth, and back exactly', () => {
  const sizes = sizesWith(UPRIGHT, quarter)
  const look = { zoom: 3, x: 0.5, y: 0.5 }
  const before = priorLook(look, state, sizes)
  const panned = panBy(before, { xPx: 40, yPx: 0 }, photo, frame, quarter)
  const followed = currentLook(panned, state, sizes)
  expect(priorLook(followed, state, sizes)).toMatchObject({
    zoom: expect.closeTo(panned.zoom, 6) as number,
    x: expect.closeTo(panned.x, 6) as number,
    y: expect.closeTo(panned.y, 6) as number,
  })
  expect(followed.y).not.toBeCloseTo(look.y, 3)
})
