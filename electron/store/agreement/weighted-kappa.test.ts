import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kappaInterval } from './kappa-interval.ts'
import { weightedKappa } from './weighted-kappa.ts'

const unweighted = (first: number, second: number) => (first === second ? 0 : 1)

describe('kappa in the literature', () => {
  it('is 0.676 for the diagnoses of Fleiss, Levin and Paik (Statistical Methods for Rates and Proportions, 3rd edition, table 18.1)', () => {
    const diagnoses = [
      [75, 1, 4],
      [5, 4, 1],
      [0, 0, 10],
    ]
    expect(weightedKappa(diagnoses, unweighted)).toBeCloseTo(0.676, 3)
  })

  it('is 0.492, and 0.348 with his penalties, for the example of Cohen (1968)', () => {
    const judged = [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ]
    const penalties = [
      [0, 1, 3],
      [1, 0, 6],
      [3, 6, 0],
    ]
    expect(weightedKappa(judged, unweighted)).toBeCloseTo(0.492, 3)
    expect(weightedKappa(judged, (first, second) => penalties[first]?.[second] ?? 0)).toBeCloseTo(0.348, 3)
  })

  it('with quadratic penalties is what Fleiss and Cohen (1973) show it to be: squared differences against variances and means', () => {
    const cell = fc.integer({ min: 0, max: 20 })
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(table, (counts) => {
        const pairs = counts.flatMap((row, first) =>
          row.flatMap((n, second) => Array.from({ length: n }, () => [first, second] as const)),
        )
        const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
        const [a, b] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)]
        const variance = (values: readonly number[]) => mean(values.map((value) => (value - mean(values)) ** 2))
        const chance = variance(a) + variance(b) + (mean(a) - mean(b)) ** 2
        fc.pre(pairs.length > 1 && chance > 1e-9)
        expect(weightedKappa(counts)).toBeCloseTo(
          1 - mean(pairs.map(([first, second]) => (first - second) ** 2)) / chance,
          9,
        )
      }),
      { seed: 20_260_101 },
    )
  })
})

describe('kappa at its ends', () => {
  it.each([
    [
      'every pair agrees',
      [
        [3, 0, 0],
        [0, 2, 0],
        [0, 0, 1],
      ],
      1,
    ],
    [
      'every pair is at opposite ends',
      [
        [0, 0, 4],
        [0, 0, 0],
        [4, 0, 0],
      ],
      -1,
    ],
    [
      'the pairs are what chance gives',
      [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
      0,
    ],
    [
      'everybody says the same',
      [
        [9, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      null,
    ],
    [
      'there is one pair',
      [
        [0, 1, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      null,
    ],
    [
      'there is none',
      [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      null,
    ],
  ])('when %s', (_name, table, kappa) => {
    expect([weightedKappa(table), kappaInterval(table) === null]).toEqual([kappa, kappa === null])
  })
})

describe('its interval', () => {
  const table = [
    [60, 8, 1],
    [7, 20, 4],
    [1, 3, 6],
  ]
  it('is the same each time, and holds the kappa', () => {
    const [low, high] = kappaInterval(table) ?? [NaN, NaN]
    expect(kappaInterval(table)).toEqual([low, high])
    const kappa = weightedKappa(table) ?? NaN
    expect(low).toBeLessThan(kappa)
    expect(high).toBeGreaterThan(kappa)
  })

  it('narrows by half with four times as many pairs', () => {
    const width = (counts: readonly (readonly number[])[]) => {
      const [low, high] = kappaInterval(counts) ?? [NaN, NaN]
      return high - low
    }
    const four = table.map((row) => row.map((count) => count * 4))
    expect(width(four) / width(table)).toBeCloseTo(0.5, 1)
  })

  it('is a point where every sample agrees', () => {
    expect(
      kappaInterval([
        [50, 0, 0],
        [0, 50, 0],
        [0, 0, 50],
      ]),
    ).toEqual([1, 1])
  })
})
