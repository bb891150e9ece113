import { expect, test } from 'vitest'
import { currentSlot, priorSlot } from '../case-photos.ts'
import { otherSidesOfCases } from './pairs-of-cases.ts'
import { makeCase } from './testing.ts'
import type { PhotoHash } from '../../../../server/contract/domain/ids.ts'

test('each lateral photo knows the other side of its own scan, and no other view does', async () => {
  const current = await makeCase(3)
  const scans = [
    [priorSlot(current, 'buccal_right', null), priorSlot(current, 'buccal_left', null)],
    [currentSlot(current, 'buccal_right'), currentSlot(current, 'buccal_left')],
  ].map(([right, left]) => [right?.facts?.hash, left?.facts?.hash])
  expect(new Set(scans.flat()).size).toBe(4)
  const sides = otherSidesOfCases({ current, next: [], previous: undefined }, null)
  expect([...sides]).toEqual(
    scans.flatMap(([right, left]) => [
      [right, left],
      [left, right],
    ]),
  )
})

test('photos of two scans say nothing about each other', async () => {
  const whole = await makeCase(3)
  const [newest, ...older] = whole.priors
  if (newest === undefined || older.length === 0) throw new Error('too few earlier scans')
  const withoutLeft = { ...newest, images: newest.images.filter(({ view }) => view !== 'buccal_left') }
  const current = { ...whole, priors: [withoutLeft, ...older] }
  const sides = otherSidesOfCases({ current, next: [], previous: undefined }, null)
  const right = priorSlot(current, 'buccal_right', null)?.facts?.hash
  expect(right).toBeDefined()
  expect(sides.get(right as PhotoHash)).toBeUndefined() // checked in the line above
})
