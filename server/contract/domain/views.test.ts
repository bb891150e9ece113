import { expect, test } from 'vitest'
import { VIEW_CODES, VIEWS, viewingDirection } from './views.ts'

const OPPOSITE = { L: 'R', R: 'L', P: 'A', A: 'P', H: 'F', F: 'H' } as const
const FROM = { buccal_right: 'L', buccal_left: 'R', frontal: 'P', occlusal_upper: 'H', occlusal_lower: 'F' } as const

test.each(VIEWS)('%s: a direct or corrected photo is seen from where the camera stood', (view) => {
  const { orientation, viewedFrom } = VIEW_CODES[view]
  expect(viewingDirection(orientation)).toBe(FROM[view])
  expect(viewedFrom).toBe(FROM[view])
})

test.each(VIEWS)('%s: an uncorrected mirror photo gives the opposite direction', (view) => {
  const [row, column] = VIEW_CODES[view].orientation.split('\\') as [keyof typeof OPPOSITE, string]
  expect(viewingDirection(`${OPPOSITE[row]}\\${column}`)).toBe(OPPOSITE[FROM[view]])
})

test('what is no orientation has no direction', () => {
  for (const text of ['', 'L', 'L\\L', 'L\\R', 'X\\F', 'l\\f']) expect(viewingDirection(text)).toBeUndefined()
})

test('keywords are used once, and the two arches share the occlusal code alone', () => {
  const codes = VIEWS.flatMap((view) => [VIEW_CODES[view].direct, VIEW_CODES[view].mirror ?? []].flat())
  expect(new Set(codes).size).toBe(codes.length)
  expect(new Set(VIEWS.map((view) => VIEW_CODES[view].snomed)).size).toBe(4)
})
