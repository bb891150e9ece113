import { describe, expect, test } from 'vitest'
import { fromSimilarity, type Homography, mapPoint, refineHomography, straight, wholeOf } from './homography.ts'
import { wholePhoto } from './choose-arch.ts'
import type { PhotoFeatures } from './features.ts'
import type { Matches } from './matches.ts'
import { scoreInside } from './score-inside.ts'
import { fitSimilarity } from './similarity.ts'

const SPOTS = Array.from({ length: 80 }, (_, i) => ({ x: 120 + ((i * 71) % 560), y: 90 + ((i * 37) % 330) }))

function matchesOf(map: (x: number, y: number) => readonly [number, number], scale: number, turn: number): Matches {
  const to = SPOTS.map(({ x, y }) => map(x, y))
  return {
    count: SPOTS.length,
    ax: Float32Array.from(SPOTS, ({ x }) => x),
    ay: Float32Array.from(SPOTS, ({ y }) => y),
    bx: Float32Array.from(to, ([x]) => x),
    by: Float32Array.from(to, ([, y]) => y),
    scale: new Float32Array(SPOTS.length).fill(scale),
    turn: new Float32Array(SPOTS.length).fill(turn),
  }
}

describe('fitSimilarity', () => {
  const [a, b] = [1.1 * Math.cos(0.1), 1.1 * Math.sin(0.1)]

  test('finds turn, scale and shift though a third of the matches are wrong', () => {
    const fit = fitSimilarity(
      matchesOf((x, y) => (x % 3 === 0 ? [y, x] : [a * x - b * y + 30, b * x + a * y - 20]), 1.1, 0.1),
    )
    expect(fit?.similarity.a).toBeCloseTo(a, 3)
    expect(fit?.similarity.c).toBeCloseTo(30, 1)
    expect(fit?.score).toBeGreaterThan(40)
  })

  test('an upside-down photo is never taken for a turned one', () => {
    const fit = fitSimilarity(matchesOf((x, y) => [800 - x, 500 - y], 1, Math.PI))
    expect(fit?.score ?? 0).toBeLessThan(15)
  })

  test('no matches, no fit', () => {
    expect(fitSimilarity({ ...matchesOf((x, y) => [x, y], 1, 0), count: 0 })).toBeUndefined()
  })
})

describe('scoreInside', () => {
  const photo = { widthPx: 800, heightPx: 500 } as PhotoFeatures // its size is all that is looked at
  const still = matchesOf((x, y) => [x, y], 1, 0)
  const choice = wholePhoto({ similarity: { a: 1, b: 0, c: 0, d: 0 }, score: 80 })

  test('leaves out what lies at the rim of either photo', () => {
    expect(scoreInside(choice, still, photo, photo)).toBeCloseTo(80)
    const away = { ...choice, fit: { ...choice.fit, similarity: { a: 1, b: 0, c: -680, d: 0 } } }
    const atRim = matchesOf((x, y) => [x - 680, y], 1, 0)
    expect(scoreInside(away, atRim, photo, photo)).toBe(0)
  })

  test('counts the arch alone that was chosen', () => {
    const upper = { ...choice, weightAt: (_: number, y: number) => (y < 200 ? 1 : 0) }
    expect(scoreInside(upper, still, photo, photo)).toBeCloseTo(SPOTS.filter(({ y }) => y < 200).length)
  })
})

describe('refineHomography', () => {
  const about = { x: 400, y: 260, spreadPx: 4000 }
  const truth: Homography = [1.04, 0.03, 12, -0.02, 0.98, -7, 0.00006, -0.00004, 1]
  const start = straight(fromSimilarity({ a: 1, b: 0, c: 8, d: -4 }), about)

  test('recovers perspective from places that agree on it', () => {
    const places = SPOTS.map(({ x, y }) => {
      const [toX, toY] = mapPoint(truth, x, y)
      return { x, y, toX, toY, weight: 1 }
    })
    const bent = refineHomography(start, places, { rounds: 30, scalePx: 30, about })
    const [x, y] = mapPoint(bent === undefined ? start.base : wholeOf(bent), 200, 400)
    const [wantedX, wantedY] = mapPoint(truth, 200, 400)
    expect(x).toBeCloseTo(wantedX, 1)
    expect(y).toBeCloseTo(wantedY, 1)
  })

  test('places that count nothing change nothing', () => {
    const places = SPOTS.map(({ x, y }) => ({ x, y, toX: x + 50, toY: y, weight: 0 }))
    expect(refineHomography(start, places, { rounds: 3, scalePx: 10, about })).toBeUndefined()
  })

  test('too few places are no answer', () => {
    expect(refineHomography(start, [], { rounds: 3, scalePx: 10, about })).toBeUndefined()
  })
})
