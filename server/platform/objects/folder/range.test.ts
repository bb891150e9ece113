import { expect, test } from 'vitest'
import { parseRange } from './range.ts'

test.each([
  { header: undefined, range: undefined },
  { header: 'bytes=0-0', range: { start: 0, end: 0 } },
  { header: 'bytes=2-5', range: { start: 2, end: 5 } },
  { header: 'bytes=5-', range: { start: 5, end: 9 } },
  { header: 'bytes=5-99', range: { start: 5, end: 9 } },
  { header: 'bytes=-3', range: { start: 7, end: 9 } },
  { header: 'bytes=-99', range: { start: 0, end: 9 } },
  { header: 'bytes=-0', range: 'unsatisfiable' },
  { header: 'bytes=10-', range: 'unsatisfiable' },
  { header: 'bytes=5-2', range: undefined },
  { header: 'bytes=0-1,4-5', range: undefined },
  { header: 'items=0-1', range: undefined },
])('$header of ten bytes', ({ header, range }) => {
  expect(parseRange(header, 10)).toEqual(range)
})
