import { expect, test } from 'vitest'
import { fromUniversal, Tooth, toUniversal } from './teeth.ts'

const ALL = [1, 2, 3, 4].flatMap((quadrant) => [1, 2, 3, 4, 5, 6, 7, 8].map((position) => quadrant * 10 + position))

test('all 32 teeth keep their number through both notations', () => {
  expect(ALL.map(toUniversal).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, i) => i + 1))
  for (const fdi of ALL) expect(fromUniversal(toUniversal(fdi))).toBe(fdi)
})

// Written from the standard's chart, not from the formula: Universal runs from the upper right third molar around.
test.each([
  [18, 1],
  [13, 6],
  [11, 8],
  [21, 9],
  [28, 16],
  [38, 17],
  [33, 22],
  [31, 24],
  [41, 25],
  [48, 32],
])('FDI %i is Universal %i', (fdi, universal) => {
  expect(toUniversal(fdi)).toBe(universal)
  expect(fromUniversal(universal)).toBe(fdi)
})

test.each([0, 10, 19, 20, 50, 55, 81, -11, 11.5, 111])('%d is no permanent tooth', (number) => {
  expect(Tooth.safeParse(number).success).toBe(false)
})

test.each([0, 33, 1.5, -1, Number.NaN])('Universal %d does not exist', (number) => {
  expect(() => fromUniversal(number)).toThrow(RangeError)
})
