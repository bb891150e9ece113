// @vitest-environment jsdom
import { act, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { SecondReadId } from '../../../../server/contract/domain/ids.ts'
import { fakeId } from '../../../ports/fake-practice.ts'
import { batchOf, fakeWith, openReview } from './open-review.tsx'

/** The sixth patient's newest scan has reads by colleagues. */
const READ_BEFORE = 5
const DRAWN = SecondReadId.parse(fakeId(22, 1))

async function openBlind() {
  const fake = fakeWith({ seenMs: 0 })
  fake.shared.blind.set(batchOf(fake)[READ_BEFORE]!, DRAWN)
  return { fake, ...(await openReview(fake, READ_BEFORE)) }
}

test('a case to be read blind shows no read, no action and no dispute', async () => {
  const { now } = await openBlind()
  expect(now().reviewCase).toMatchObject({ reads: [], actions: [], state: 'waiting' })
  expect(now().conflict).toBeUndefined()
  expect(now().standing).toBeUndefined()
})

test('whatever is decided on it is recorded as scores alone, and then both reads are shown', async () => {
  const { now, press, decided, batch } = await openBlind()
  await press('review.value3')
  await act(async () => now().decide({ kind: 'message_patient', text: 'Please wear it more.' }))
  await waitFor(() => expect(now().second.revealed).not.toBeNull())
  expect(decided()).toMatchObject([
    { overallTracking: 3, action: { kind: 'none' }, secondReadId: DRAWN, supersedes: null, adjudicates: [] },
  ])
  expect(now().second.revealed?.wanted).toEqual({ kind: 'message_patient', text: 'Please wear it more.' })
  // The case stays until one moves on, and the reads of before (two here) come into it.
  expect(now().batch.currentId).toBe(batch[READ_BEFORE])
  await waitFor(() => expect(now().reviewCase?.reads).toHaveLength(3))
})

test('while both are shown nothing is decided or changed; it says how to go on', async () => {
  const { now, press, decided } = await openBlind()
  await press('review.value1')
  await press('review.approve')
  await waitFor(() => expect(now().second.revealed).not.toBeNull())
  await press('review.value3')
  await press('review.approve')
  await press('review.hold')
  expect(decided()).toHaveLength(1)
  expect(now().form).toBeNull()
  expect(now().notice?.key).toBe('second.moveOn')
})

test('in full screen there is no panel to tell it: full screen is left', async () => {
  const { now, press } = await openBlind()
  await press('review.fullScreen')
  await press('review.value1')
  await press('review.approve')
  await waitFor(() => expect(now().second.revealed).not.toBeNull())
  expect(now().mode.fullScreen).toBe(false)
})

test('a second read stands as it was made: U does not take it back', async () => {
  const { fake, now, press } = await openBlind()
  await press('review.value1')
  await press('review.approve')
  await waitFor(() => expect(now().second.revealed).not.toBeNull())
  await press('review.undo')
  expect(fake.calls.some((call) => call.name === 'review.takeBack')).toBe(false)
  expect(now().notice?.key).toBe('review.nothingToTakeBack')
})

test('going on with the case, what was typed for the patient is there to be sent after all', async () => {
  const { now, press } = await openBlind()
  await press('review.value1')
  await act(async () => now().decide({ kind: 'message_patient', text: 'Please wear it more.' }))
  await waitFor(() => expect(now().second.revealed).not.toBeNull())
  await press('review.close')
  expect(now().second.revealed).toBeNull()
  expect(now().second.wantedFor(now().reviewCase!.session.id)).toMatchObject({ text: 'Please wear it more.' })
})
