// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useIdleLock } from './use-idle-lock.ts'

const MINUTE = 60_000
const lock = vi.fn<() => void>()
beforeEach(() => {
  vi.useFakeTimers()
  lock.mockClear()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

test('locks after the minutes of the setting, and every key or movement starts them again', () => {
  renderHook(() => useIdleLock(10, lock))
  vi.advanceTimersByTime(9 * MINUTE)
  window.dispatchEvent(new Event('pointermove'))
  vi.advanceTimersByTime(9 * MINUTE)
  expect(lock).not.toHaveBeenCalled()
  vi.advanceTimersByTime(MINUTE + 5000)
  expect(lock).toHaveBeenCalled()
})

test('whoever touches a computer that slept for hours finds it locked', () => {
  renderHook(() => useIdleLock(10, lock))
  vi.setSystemTime(Date.now() + 180 * MINUTE) // no timer ran
  window.dispatchEvent(new Event('keydown'))
  expect(lock).toHaveBeenCalledOnce()
})

test('a window that was left stops watching', () => {
  renderHook(() => useIdleLock(5, lock)).unmount()
  vi.advanceTimersByTime(30 * MINUTE)
  expect(lock).not.toHaveBeenCalled()
})
