// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useCalm } from './use-calm.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

test('however often the words change, they are handed on every five seconds, and the last ones come', () => {
  const heard: string[] = []
  const { rerender } = renderHook(
    ({ words }) => {
      const said = useCalm(words)
      if (heard.at(-1) !== said) heard.push(said)
    },
    { initialProps: { words: '0' } },
  )
  for (let n = 1; n <= 120; n++) {
    rerender({ words: String(n) })
    act(() => void vi.advanceTimersByTime(100))
  }
  act(() => void vi.advanceTimersByTime(5000))
  expect(heard.length).toBeLessThanOrEqual(5)
  expect(heard.at(-1)).toBe('120')
})
