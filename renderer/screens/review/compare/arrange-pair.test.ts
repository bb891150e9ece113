import { expect, test } from 'vitest'
import { arrangePair } from './arrange-pair.ts'

const PHONE = { widthPx: 4, heightPx: 3 }
const WIDE = { widthPx: 16, heightPx: 9 }

test.each([
  { what: 'a wide screen shows 4:3 photos side by side', frame: [1920, 1000], photo: PHONE, pair: 'row' },
  { what: 'wide photos are stacked where that shows more', frame: [1120, 830], photo: WIDE, pair: 'column' },
  { what: 'a high screen stacks them', frame: [1000, 1800], photo: PHONE, pair: 'column' },
] as const)('$what', ({ frame: [widthPx, heightPx], photo, pair }) => {
  expect(arrangePair({ widthPx, heightPx }, photo).pair).toBe(pair)
})

test('what the photos cannot use goes to the strip, within bounds', () => {
  const low = arrangePair({ widthPx: 1920, heightPx: 700 }, PHONE)
  const high = arrangePair({ widthPx: 1200, heightPx: 760 }, PHONE)
  expect(low).toEqual({ pair: 'row', strip: 'below', stripPx: 92 })
  expect(high).toEqual({ pair: 'row', strip: 'below', stripPx: 190 })
})
