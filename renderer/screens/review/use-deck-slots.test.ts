import { expect, test } from 'vitest'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import { settle } from './use-deck-slots.ts'

// Only the id is looked at.
const aCase = (id: string) => ({ session: { id } }) as unknown as ReviewCase
const [one, two, three] = ['1', '2', '3'].map(aCase) as [ReviewCase, ReviewCase, ReviewCase]

test('the next case is painted into the layer of the one before, and shown without moving', () => {
  let slots = settle([one, undefined], one, undefined)
  slots = settle(slots, one, two)
  expect(slots).toEqual([one, two])
  // The key: what was painted ahead is on screen where it is; the one that was left stays below until the next is known.
  slots = settle(slots, two, two)
  expect(slots).toEqual([one, two])
  slots = settle(slots, two, three)
  expect(slots).toEqual([three, two])
})

test('going back to a case that is not painted takes the other layer, and no case is in both', () => {
  expect(settle([three, two], one, three)).toEqual([one, three])
  expect(settle([one, two], one, one)).toEqual([one, two])
  expect(settle([one, undefined], one, one)).toEqual([one, undefined])
})

test('a new reading of the case on screen takes its place, the other layer stays', () => {
  const again = aCase('1')
  expect(settle([one, two], again, two)).toEqual([again, two])
})

test('the very same slots while nothing changed', () => {
  const slots = [one, two] as const
  expect(settle(slots, one, two)).toBe(slots)
})
