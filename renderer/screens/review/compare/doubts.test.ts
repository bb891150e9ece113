import { expect, test } from 'vitest'
import type { PhotoCheck } from '../../../../preload/contract/photo-check.ts'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { Aligners, View } from '../../../../server/contract/domain/views.ts'
import { currentSlot } from '../case-photos.ts'
import { doubtsOf } from './doubts.ts'
import { firstRetake, retakeOf } from './retake-start.ts'
import { makeCase } from './testing.ts'

function checkOf(reviewCase: ReviewCase, view: View, change: Partial<PhotoCheck>): PhotoCheck {
  const { facts } = currentSlot(reviewCase, view)
  if (facts === null) throw new Error('no photo')
  return { hash: facts.hash, view, recipe: 1, flags: [], looksLike: null, aligners: 'unknown', ...change }
}
const knowing = (...checks: PhotoCheck[]) => ({
  find: (hash: string | undefined, view: View) =>
    checks.find((check) => check.hash === hash && check.view === view) ?? null,
})

test('doubts come surest first, and what the intake said already is not said twice', async () => {
  const reviewCase = await makeCase(0)
  const slot = { ...currentSlot(reviewCase, 'frontal'), flags: ['soft_focus' as const] }
  const check = checkOf(reviewCase, 'frontal', {
    flags: [
      { flag: 'angle', confidence: 0.5 },
      { flag: 'blur', confidence: 0.9 },
      { flag: 'wrong_view', confidence: 0.8 },
    ],
    looksLike: 'buccal_left',
  })
  expect(doubtsOf(slot, check, undefined)).toEqual([
    { kind: 'wrong_view', looksLike: 'buccal_left' },
    { kind: 'angle' },
  ])
})

test('aligners are told where this scan and the earlier one both say something, and not the same', async () => {
  const slot = currentSlot(await makeCase(0), 'frontal')
  const doubts = (now: Aligners, earlier: Aligners) =>
    doubtsOf({ ...slot, aligners: now }, null, { ...slot, aligners: earlier })
  expect(doubts('out', 'in')).toEqual([{ kind: 'aligners_out' }])
  expect(doubts('in', 'out')).toEqual([{ kind: 'aligners_in' }])
  expect([doubts('in', 'in'), doubts('unknown', 'in'), doubts('out', 'unknown')]).toEqual([[], [], []])
  expect(doubtsOf({ ...slot, aligners: 'out' }, null, undefined)).toEqual([])
})

test('a scan without the aligners that the earlier one shows is asked for once more, with them', async () => {
  const reviewCase = await makeCase(1)
  const { session, priors } = reviewCase
  const bare = {
    ...reviewCase,
    session: { ...session, aligners: 'out' as const },
    priors: priors.map((prior) => ({ ...prior, aligners: 'in' as const })),
  }
  expect(retakeOf(bare, 'frontal', knowing())).toMatchObject({ reasons: ['retake_tray_in'] })
})

test('the retake of a doubtful photo names its view and the reason that the patient is told', async () => {
  const reviewCase = await makeCase(1)
  const checks = knowing(checkOf(reviewCase, 'buccal_left', { flags: [{ flag: 'upside_down', confidence: 0.7 }] }))
  expect(retakeOf(reviewCase, 'buccal_left', checks)).toEqual({
    kind: 'request_retake',
    views: ['buccal_left'],
    reasons: expect.arrayContaining(['retake_angle']),
  })
  expect(retakeOf(reviewCase, 'frontal', checks)).toBeNull()
})

test('the chosen view comes first, then the first one that is doubtful; a missing view is', async () => {
  const reviewCase = await makeCase(4)
  const checks = knowing(checkOf(reviewCase, 'frontal', { flags: [{ flag: 'dark', confidence: 1 }] }))
  expect(firstRetake(reviewCase, 'frontal', checks)).toEqual({
    kind: 'request_retake',
    views: ['frontal'],
    reasons: ['retake_light'],
  })
  expect(firstRetake(reviewCase, 'buccal_left', knowing())).toMatchObject({
    views: ['buccal_right'],
    reasons: ['retake_blur'],
  })
  expect(firstRetake(reviewCase, 'occlusal_lower', knowing())).toMatchObject({
    views: ['occlusal_lower'],
    reasons: ['retake_missing_view'],
  })
  expect(firstRetake(await makeCase(1), 'frontal', knowing())).toBeNull()
})
