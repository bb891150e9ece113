// @vitest-environment jsdom
import { act, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { VIEWS } from '../../../../server/contract/domain/views.ts'
import { fakeWith, openReview } from './open-review.tsx'

type Open = Awaited<ReturnType<typeof openReview>>

/** What the panes of the case on screen tell. */
function show({ now }: Open, views: readonly string[]) {
  const { session } = now().reviewCase!
  for (const { view, photo } of session.images)
    if (photo !== null && views.includes(view))
      now().displayed.show(`cell of ${view}`, { sessionId: session.id, view, photo: photo.hash })
}
const seenCount = ({ now }: Open) => now().displayed.seen.viewsOf(now().reviewCase!.session.id).size

test('approving before every view was on screen decides nothing and names the views', async () => {
  const open = await openReview(fakeWith({ seenMs: 1 }))
  act(() => show(open, ['frontal', 'buccal_left', 'buccal_right']))
  await waitFor(() => expect(seenCount(open)).toBe(3))
  await open.press('review.value1')
  await open.press('review.approve')
  expect(open.decided()).toEqual([])
  expect(open.now().notice).toMatchObject({ key: 'decide.notAllSeen', params: { views: 'Upper, Lower' } })
  await open.press('review.goUnseen')
  expect(open.now().mode.activeView).toBe('occlusal_upper')
})

test('once all five were there, A approves, and nothing is said of views', async () => {
  const open = await openReview(fakeWith({ seenMs: 1 }))
  act(() => show(open, VIEWS))
  await waitFor(() => expect(seenCount(open)).toBe(5))
  await open.press('review.value1')
  await open.press('review.approve')
  await waitFor(() => expect(open.decided()).toHaveLength(1))
  expect(open.decided()[0]).not.toHaveProperty('unseen')
  await waitFor(() => expect(open.now().decisions.last?.decided?.hasty).toBe(false))
})

test('the override approves all the same, and the record lists what was passed over', async () => {
  const open = await openReview(fakeWith({ seenMs: 60_000 }))
  await open.press('review.value1')
  await open.press('review.approveUnseen')
  await waitFor(() => expect(open.decided()).toHaveLength(1))
  expect(open.decided()[0]).toMatchObject({ action: { kind: 'approve_progression' }, unseen: VIEWS })
  await waitFor(() => expect(open.now().decisions.last?.decided?.hasty).toBe(true))
})

test('holding needs no look at every view, and is marked as faster than the photos', async () => {
  const open = await openReview(fakeWith({ seenMs: 60_000 }))
  await open.press('review.value2')
  await act(async () => open.now().decide({ kind: 'hold_aligner', days: 7 }))
  await waitFor(() => expect(open.decided()).toHaveLength(1))
  expect(open.decided()[0]).not.toHaveProperty('unseen')
  await waitFor(() => expect(open.now().decisions.last?.decided?.hasty).toBe(true))
})

test('with the last aligner the form opens only for who has seen everything, or passes over it', async () => {
  const fake = fakeWith({ seenMs: 60_000 })
  const session = fake.practice.sessions.findLast((one) => one.patientId === fake.practice.patients[0]!.id)!
  session.stage = null
  fake.practice.patients[0]!.currentStage = null
  const open = await openReview(fake)
  await open.press('review.value1')
  await open.press('review.approve')
  expect(open.now().form).toBeNull()
  await open.press('review.approveUnseen')
  expect(open.now().form).toBe('approve')
  await act(async () => open.now().decide({ kind: 'approve_progression', toStage: 4 }))
  await waitFor(() => expect(open.decided()).toMatchObject([{ unseen: VIEWS, action: { toStage: 4 } }]))
})
