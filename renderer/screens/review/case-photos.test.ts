import { expect, test } from 'vitest'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import { priorSlot, stepPrior } from './case-photos.ts'
import { makeCase } from './compare/testing.ts'

/** A case with earlier scans, the newest of which has no frontal photo. */
async function makeCaseWithGap(): Promise<ReviewCase> {
  const whole = await makeCase(3)
  const [newest, ...older] = whole.priors
  if (newest === undefined || older.length < 2) throw new Error('too few earlier scans')
  return { ...whole, priors: [{ ...newest, images: newest.images.filter(({ view }) => view !== 'frontal') }, ...older] }
}

test('without a pin each view has its own newest photo; a pinned scan stays even where it has none', async () => {
  const reviewCase = await makeCaseWithGap()
  const [newest, second] = reviewCase.priors
  expect(priorSlot(reviewCase, 'frontal', null)?.sessionId).toBe(second?.sessionId)
  expect(priorSlot(reviewCase, 'buccal_left', null)?.sessionId).toBe(newest?.sessionId)
  expect(priorSlot(reviewCase, 'frontal', newest?.sessionId ?? null)).toMatchObject({
    sessionId: newest?.sessionId,
    photo: null,
    flags: ['missing'],
  })
})

test('[ and ] step through the scans that have the view, stop at both ends, and lead out of a gap', async () => {
  const reviewCase = await makeCaseWithGap()
  const ids = reviewCase.priors.map((prior) => prior.sessionId)
  const older = stepPrior(reviewCase, 'frontal', null, 1)
  expect(older).toBe(ids[2])
  expect(stepPrior(reviewCase, 'frontal', older, -1)).toBeNull()
  expect(stepPrior(reviewCase, 'frontal', ids.at(-1) ?? null, 1)).toBe(ids.at(-1))
  expect(stepPrior(reviewCase, 'frontal', null, -1)).toBeNull()
  expect(stepPrior(reviewCase, 'frontal', ids[0] ?? null, 1)).toBeNull()
})

test('a first scan has nothing to step to', async () => {
  const first = await makeCase(4)
  expect(priorSlot(first, 'frontal', null)).toBeUndefined()
  expect(stepPrior(first, 'frontal', null, 1)).toBeNull()
})
