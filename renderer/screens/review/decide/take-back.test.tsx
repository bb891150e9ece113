// @vitest-environment jsdom
import { act, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { callsOf, fakeWith, openReview } from './open-review.tsx'

test('U before its time is over takes the decision back; the countdown says until when', async () => {
  const { now, press, batch } = await openReview(fakeWith({ seenMs: 0, graceSeconds: 10 }))
  await press('review.value1')
  const beforeMs = Date.now()
  await press('review.approve')
  await waitFor(() => expect(now().decisions.last?.graceMs).toBe(10_000))
  expect(now().decisions.last!.releasesAtMs! - beforeMs).toBeGreaterThan(8000)
  await press('review.undo')
  await waitFor(() => expect(now().batch.currentId).toBe(batch[0]))
  expect(now().decisions.gone).toBeNull()
})

test('U at the first sight of the screen takes back what was decided before it was opened', async () => {
  const fake = fakeWith({ seenMs: 0, graceSeconds: 10 })
  const before = await openReview(fake)
  await before.press('review.value1')
  await before.press('review.approve')
  await waitFor(() => expect(before.now().decisions.last).not.toBeNull())
  before.unmount()
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>()
  const ask = fake.call.bind(fake)
  vi.spyOn(fake, 'call').mockImplementation(async (name, input) => {
    if (name === 'review.lastDecision') await mayAnswer
    return ask(name, input)
  })
  const { now, press, batch } = await openReview(fake, 1)
  expect(now().decisions.last).toBeNull()
  await press('review.undo')
  answer()
  await waitFor(() => expect(now().batch.currentId).toBe(batch[0]))
  expect(now().notice).toBeNull()
})

test('with nothing to take back U says so', async () => {
  const { now, press } = await openReview(fakeWith())
  await press('review.undo')
  await waitFor(() => expect(now().notice?.key).toBe('review.nothingToTakeBack'))
})

test('after its time U says that it has left and takes nothing back; the correction needs a reason', async () => {
  const fake = fakeWith({ seenMs: 0, graceSeconds: 0 })
  const { now, press, decided, batch } = await openReview(fake)
  await press('review.value1')
  await press('review.approve')
  // Gone at once: there is no time to wait for.
  await waitFor(() => expect(now().batch.currentId).toBe(batch[1]))
  await press('review.undo')
  expect(callsOf(fake, 'review.takeBack')).toEqual([])
  await press('review.previous')
  await waitFor(() => expect(now().standing?.correct).toBe('must'))
  await press('review.value3')
  await press('review.approve')
  expect(now().notice?.key).toBe('decide.needsReason')
  expect(decided()).toHaveLength(1)
  await act(async () => now().edit((draft) => ({ ...draft, reason: 'Looked at 22 again', note: 'Chewies.' })))
  await press('review.approve')
  await waitFor(() => expect(decided()).toHaveLength(2))
  const first = decided()[0] as { readId: string; actionId: string }
  expect(decided()[1]).toMatchObject({
    supersedes: first.readId,
    overallTracking: 3,
    notes: 'Chewies.',
    corrects: { actionId: first.actionId, reason: 'Looked at 22 again' },
  })
})

test('the decision that has left is named, and a key goes back to its case', async () => {
  const fake = fakeWith({ seenMs: 0, graceSeconds: 10 })
  const { now, press, batch } = await openReview(fake)
  await press('review.value1')
  await press('review.approve')
  await waitFor(() => expect(now().decisions.last).not.toBeNull())
  await press('review.correctLast')
  expect(now().notice?.key).toBe('decide.takeBackInstead')
  // Two cases further the host lets it go.
  await press('review.next')
  await press('review.next')
  await waitFor(() => expect(callsOf(fake, 'review.onScreen').length).toBeGreaterThanOrEqual(2))
  await act(async () => {
    fake.shared.rules = { ...fake.shared.rules, graceSeconds: 0 }
    fake.emit('store.changed', { patients: false, sessions: false, reads: true, practice: false })
  })
  await waitFor(() => expect(now().decisions.gone?.sessionId).toBe(batch[0]))
  await press('review.undo')
  expect(now().notice).toMatchObject({ key: 'decide.hasLeft', params: { name: 'Okafor, Adaeze' } })
  await press('review.correctLast')
  expect(now().batch.currentId).toBe(batch[0])
})

test('after one was taken back, U again names the one before, which has left', async () => {
  const fake = fakeWith({ seenMs: 0, graceSeconds: 10 })
  const { now, press, batch } = await openReview(fake)
  for (const done of [1, 2]) {
    await press('review.value1')
    await press('review.approve')
    await waitFor(() => expect(now().batch.index).toBe(done))
    await waitFor(() => expect(now().decisions.last?.sessionId).toBe(batch[done - 1]))
  }
  await press('review.undo')
  await waitFor(() => expect(now().batch.currentId).toBe(batch[1]))
  await waitFor(() => expect(now().decisions.gone?.sessionId).toBe(batch[0]))
  await press('review.undo')
  expect(now().notice).toMatchObject({ key: 'decide.hasLeft', params: { name: 'Okafor, Adaeze' } })
  await press('review.correctLast')
  expect(now().batch.currentId).toBe(batch[0])
})

test('the case on screen is told to the host, cases read ahead are not, and leaving tells none', async () => {
  const fake = fakeWith()
  const { batch, press, unmount } = await openReview(fake)
  await waitFor(() => expect(callsOf(fake, 'review.onScreen')).toContainEqual({ sessionId: batch[0] }))
  await press('review.next')
  await waitFor(() => expect(callsOf(fake, 'review.onScreen')).toContainEqual({ sessionId: batch[1] }))
  expect(callsOf(fake, 'review.onScreen')).not.toContainEqual({ sessionId: batch[2] })
  unmount()
  await waitFor(() => expect(callsOf(fake, 'review.onScreen').at(-1)).toEqual({ sessionId: null }))
})
