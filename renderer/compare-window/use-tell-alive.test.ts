// @vitest-environment jsdom
import { renderHook } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { useTellAlive } from './use-tell-alive.ts'

afterEach(() => vi.restoreAllMocks())

test('work in the second window is told once a second at most, and its end at once', () => {
  const time = vi.spyOn(performance, 'now').mockReturnValue(10_000)
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(false)
  const tell = vi.fn<(message: unknown) => void>()
  renderHook(() => useTellAlive(tell))
  const act = (name: string) => window.dispatchEvent(new Event(name))
  act('pointermove') // over a window that has not the focus
  expect(tell).not.toHaveBeenCalled()
  focus.mockReturnValue(true)
  for (const sign of ['pointermove', 'wheel', 'keydown']) act(sign)
  time.mockReturnValue(11_000)
  act('pointermove')
  act('blur')
  expect(tell.mock.calls.map(([message]) => (message as { isHere: boolean }).isHere)).toEqual([true, true, false])
})
