import { expect, test } from 'vitest'
import { PhotoCheck } from '../../preload/contract/photo-check.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { checkPhoto } from './check-photo.ts'
import { blurPixels, drawPixels, drawRow } from './testing.ts'
import { FEATURE_COUNT } from './view-features.ts'
import { HEADS } from './view-scores.ts'
import weights from './view-weights.json' with { type: 'json' }

const FILED = { hash: PhotoHash.parse('d'.repeat(64)), view: 'frontal' } as const
const flagsOf = (pixels: Parameters<typeof checkPhoto>[1]) => checkPhoto(FILED, pixels).flags.map(({ flag }) => flag)

test('an answer keeps to the contract and never claims to know about aligners', () => {
  const check = PhotoCheck.parse(checkPhoto(FILED, drawRow()))
  expect(check).toMatchObject({ ...FILED, aligners: 'unknown' })
})

test('a picture of something grey is no mouth; a tiny one is looked at all the same', () => {
  expect(flagsOf(drawPixels((x) => [255 * x, 255 * x, 255 * x]))).toEqual(['not_intraoral'])
  expect(flagsOf(drawPixels(() => [90, 90, 90], 3, 2))).toEqual(['not_intraoral'])
})

test('blur and darkness are told of one photo together', () => {
  const flags = flagsOf(blurPixels(drawRow({ gain: 0.25 }), 3))
  expect(flags).toEqual(expect.arrayContaining(['blur', 'dark']))
})

test('there is a weight for each feature of each head, as whole numbers of a byte', () => {
  expect(Object.keys(weights).toSorted()).toEqual([...HEADS].toSorted())
  for (const head of HEADS) {
    expect(weights[head].weights).toHaveLength(FEATURE_COUNT)
    expect(weights[head].weights.every((one) => Number.isInteger(one) && Math.abs(one) <= 127)).toBe(true)
  }
})
