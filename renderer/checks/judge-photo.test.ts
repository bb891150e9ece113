import { expect, test } from 'vitest'
import type { View } from '../../server/contract/domain/views.ts'
import { judgePhoto } from './judge-photo.ts'
import type { Measures } from './measure-photo.ts'
import { TEMPLATES } from './view-scores.ts'

const surely = (view: View, isTurned = false) =>
  TEMPLATES.map((one) => (one.view === view && one.isTurned === isTurned ? 0.982 : 0.002))

const GOOD: Measures = {
  softness: 0.7,
  teethLight: 170,
  burnt: 0,
  tiltDeg: 1,
  scores: surely('frontal'),
  middleScores: surely('frontal'),
  redness: 0.6,
  rednessSpread: 0.6,
}
const flagsOf = (change: Partial<Measures>, view: View = 'frontal') =>
  judgePhoto({ ...GOOD, ...change }, view).flags.map(({ flag }) => flag)

test('a good photo in its slot is left alone', () => {
  expect(judgePhoto(GOOD, 'frontal')).toEqual({ flags: [], looksLike: null })
  expect(flagsOf({ scores: surely('buccal_left') }, 'buccal_left')).toEqual([])
})

test('what went wrong when it was taken is told', () => {
  expect(flagsOf({ softness: 3 })).toEqual(['blur'])
  expect(flagsOf({ softness: undefined })).toEqual([])
  expect(flagsOf({ teethLight: 40 })).toEqual(['dark'])
  expect(flagsOf({ burnt: 0.8 })).toEqual(['overexposed'])
  expect(flagsOf({ burnt: 0.8, redness: 0 })).toEqual(['overexposed'])
  expect(flagsOf({ tiltDeg: -25 })).toEqual(['angle'])
})

test('of something that is no mouth nothing else is said', () => {
  expect(flagsOf({ redness: 0, teethLight: 20, softness: 4 })).toEqual(['not_intraoral'])
})

test('a front that is filed as a side is named', () => {
  expect(judgePhoto(GOOD, 'buccal_left')).toEqual({
    flags: [{ flag: 'wrong_view', confidence: expect.any(Number) }],
    looksLike: 'frontal',
  })
})

test('left for right, or mirrored: both are said, neither for sure, and no view is named', () => {
  const { flags, looksLike } = judgePhoto({ ...GOOD, scores: surely('buccal_left') }, 'buccal_right')
  expect(flags.map(({ flag }) => flag)).toEqual(['mirrored', 'wrong_view'])
  expect(flags.every(({ confidence }) => confidence <= 0.5)).toBe(true)
  expect(looksLike).toBeNull()
})

test('an arch that opens the other way is upside down or the other arch', () => {
  for (const scores of [surely('occlusal_lower'), surely('occlusal_upper', true)]) {
    expect(flagsOf({ scores }, 'occlusal_upper')).toEqual(['upside_down', 'wrong_view'])
  }
  // On its head, the other arch looks right: not told, rather than told wrongly.
  expect(flagsOf({ scores: surely('occlusal_lower', true) }, 'occlusal_upper')).toEqual([])
})

test('a mouth that is far away is not called another view as well', () => {
  expect(flagsOf({ scores: surely('occlusal_upper') })).toEqual(['framing'])
  expect(flagsOf({ scores: surely('occlusal_upper'), middleScores: surely('occlusal_upper') })).toEqual(['wrong_view'])
})
