import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Adjustments,
  balanceBy,
  changeTone,
  flip,
  isAdjusted,
  rotate,
  toneTables,
  UNADJUSTED,
} from './adjustments.ts'
import { FIT, photoPointAt } from './geometry.ts'
import { meanColour } from './sample-patch.ts'

const photo = { widthPx: 400, heightPx: 300 }

test('an unadjusted photo keeps every level', () => {
  const { red, green, blue } = toneTables(UNADJUSTED)
  for (const table of [red, green, blue]) {
    table.forEach((value, i) => expect(value).toBeCloseTo(i / (table.length - 1), 9))
  }
})

test('four quarter turns, two mirrorings and as many small steps back as forth show the photo as it was taken', () => {
  let now: Adjustments = UNADJUSTED
  for (let i = 0; i < 4; i++) now = rotate(now, 90)
  now = flip(flip(now))
  for (let i = 0; i < 10; i++) now = rotate(now, 0.1)
  expect(now.degrees).toBe(1)
  for (let i = 0; i < 10; i++) now = rotate(now, -0.1)
  for (let i = 0; i < 30; i++) now = changeTone(now, 'brightness', i < 15 ? 0.1 : -0.1)
  expect(now).toEqual(UNADJUSTED)
  expect(isAdjusted(now)).toBe(false)
})

test('mirroring swaps left and right as they are seen, also of a turned photo', () => {
  const turned = rotate(UNADJUSTED, 90)
  const frame = { widthPx: 300, heightPx: 400 }
  const left = photoPointAt({ xPx: 20, yPx: 50 }, FIT, photo, frame, turned)
  const right = photoPointAt({ xPx: 280, yPx: 50 }, FIT, photo, frame, flip(turned))
  expect(right.x).toBeCloseTo(left.x, 9)
  expect(right.y).toBeCloseTo(left.y, 9)
})

/** What a table makes of a level, with straight lines between its values. */
function through(table: readonly number[], level: number): number {
  const at = (level / 255) * (table.length - 1)
  const [low = 0, high = 0] = [table[Math.floor(at)], table[Math.ceil(at)]]
  return (low + (high - low) * (at - Math.floor(at))) * 255
}

test('a photo balanced by a patch shows that patch grey, about as light as before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 70, max: 200 }),
      fc.double({ min: 0.75, max: 1.25, noNaN: true }),
      fc.double({ min: 0.75, max: 1.25, noNaN: true }),
      (grey, red, blue) => {
        const patch = { red: Math.min(250, grey * red), green: grey, blue: Math.min(250, grey * blue) }
        const balanced = balanceBy(changeTone(UNADJUSTED, 'warmth', 0.4), patch)
        if (balanced === undefined) throw new Error('refused')
        const tables = toneTables(balanced)
        const [r, g, b] = [
          through(tables.red, patch.red),
          through(tables.green, grey),
          through(tables.blue, patch.blue),
        ]
        expect(Math.abs(r - g)).toBeLessThan(1.5)
        expect(Math.abs(b - g)).toBeLessThan(1.5)
        expect(Math.abs(g - grey)).toBeLessThan(30)
      },
    ),
    { seed: 20_261_121, numRuns: 200 },
  )
})

test.each([
  { what: 'black', patch: { red: 1, green: 1, blue: 1 } },
  { what: 'a colour', patch: { red: 250, green: 20, blue: 20 } },
])('a patch that is $what balances nothing', ({ patch }) => {
  expect(balanceBy(UNADJUSTED, patch)).toBeUndefined()
})

test('brighter, warmer and more contrast do what they say, within their limits', () => {
  const middle = (now: Adjustments) => through(toneTables(now).red, 100)
  const blueOf = (now: Adjustments) => through(toneTables(now).blue, 100)
  expect(middle(changeTone(UNADJUSTED, 'brightness', 0.5))).toBeGreaterThan(100)
  const warm = changeTone(UNADJUSTED, 'warmth', 0.5)
  expect(middle(warm)).toBeGreaterThan(100)
  expect(blueOf(warm)).toBeLessThan(100)
  const steep = changeTone(UNADJUSTED, 'contrast', 0.5)
  expect(through(toneTables(steep).green, 60)).toBeLessThan(60)
  expect(through(toneTables(steep).green, 200)).toBeGreaterThan(200)
  expect(changeTone(UNADJUSTED, 'brightness', 99).brightness).toBe(2)
  expect(changeTone(UNADJUSTED, 'contrast', -99).contrast).toBe(-1)
})

test('the mean colour of a patch leaves out what lies beside the photo', () => {
  const pixels = new Uint8ClampedArray([10, 20, 30, 255, 30, 40, 50, 255, 0, 0, 0, 0])
  expect(meanColour(pixels)).toEqual({ red: 20, green: 30, blue: 40 })
  expect(meanColour(new Uint8ClampedArray(8))).toBeUndefined()
})
