// @vitest-environment jsdom
import { renderHook } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { openPort } from '../ports/bridge.ts'
import { makeFakeBridge } from '../ports/fake-bridge.ts'
import { currentSlot } from '../screens/review/case-photos.ts'
import { createSeenViews } from '../screens/review/seen-views.ts'
import { useTellSeen } from './use-tell-seen.ts'

test('a view is told once, when it has been there long enough', async () => {
  const fake = makeFakeBridge({ sessionCount: 3 })
  const sessionId = fake.practice.sessions.at(-1)!.id
  const reviewCase = await openPort(fake).call('review.open', { sessionId })
  const photo = currentSlot(reviewCase, 'frontal').facts!.hash
  const time = { nowMs: 0 }
  const seen = createSeenViews(() => time.nowMs)
  vi.useFakeTimers()
  try {
    seen.setNeed(400)
    seen.begin(sessionId, new Map([['frontal', photo]]))
    const tell = vi.fn<(message: unknown) => void>()
    renderHook(() => useTellSeen(seen, reviewCase, tell))
    seen.show('cell', { sessionId, view: 'frontal', photo })
    expect(tell).not.toHaveBeenCalled()
    time.nowMs = 400
    vi.advanceTimersByTime(400)
    expect(tell.mock.calls).toEqual([[{ kind: 'seen', sessionId, view: 'frontal', photo }]])
    seen.show('cell', null)
    seen.show('cell', { sessionId, view: 'frontal', photo })
    vi.advanceTimersByTime(4000)
    expect(tell).toHaveBeenCalledTimes(1)
  } finally {
    vi.useRealTimers()
  }
})
