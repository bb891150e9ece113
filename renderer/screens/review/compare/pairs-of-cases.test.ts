import { expect, test } from 'vitest'
import { priorSlot } from '../case-photos.ts'
import { otherSidesOfCases } from './pairs-of-cases.ts'
import { makeCase } from './testing.ts'

test('each lateral prior knows the other side of its own scan, and no other view does', async () => {
  const current = await makeCase(3)
  const [right, left] = [priorSlot(current, 'buccal_right', null), priorSlot(current, 'buccal_left', null)]
  const sides = otherSidesOfCases({ current, next: [], previous: undefined }, null)
  const [rightHash, leftHash] = [right?.facts?.hash, left?.facts?.hash]
  expect(rightHash).toBeDefined()
  expect([...sides]).toEqual([
    [rightHash, leftHash],
    [leftHash, rightHash],
  ])
})

test('photos of two scans say nothing about each other', async () => {
  const whole = await makeCase(3)
  const [newest, ...older] = whole.priors
  if (newest === undefined || older.length === 0) throw new Error('too few earlier scans')
  const withoutLeft = { ...newest, images: newest.images.filter(({ view }) => view !== 'buccal_left') }
  const current = { ...whole, priors: [withoutLeft, ...older] }
  expect(otherSidesOfCases({ current, next: [], previous: undefined }, null).size).toBe(0)
})
