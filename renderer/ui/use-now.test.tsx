// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useNow } from './use-now.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

test('all who ask at the same pace share one timer and change together', () => {
  const one = renderHook(() => useNow(5000))
  const two = renderHook(() => useNow(5000))
  expect(vi.getTimerCount()).toBe(1)
  act(() => void vi.advanceTimersByTime(5000))
  expect([one.result.current, two.result.current]).toEqual([1_005_000, 1_005_000])
  one.unmount()
  two.unmount()
  expect(vi.getTimerCount()).toBe(0)
})

test('whoever asks after a pause gets the time of now, not of the last look', () => {
  renderHook(() => useNow(7000)).unmount()
  vi.setSystemTime(9_000_000)
  expect(renderHook(() => useNow(7000)).result.current).toBe(9_000_000)
})
