// @vitest-environment jsdom
import { act, renderHook, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { openPort } from '../../../ports/bridge.ts'
import { batchOf, callsOf, fakeWith } from './open-review.tsx'
import { useOnScreen } from './use-on-screen.ts'

afterEach(() => vi.restoreAllMocks())

test('a window that nobody can see has no case open, and has it again once it is seen', async () => {
  const fake = fakeWith()
  const port = openPort(fake)
  const [first] = batchOf(fake)
  const told = () => callsOf(fake, 'review.onScreen').map((input) => (input as { sessionId: string | null }).sessionId)
  const see = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  const { unmount } = renderHook(() => useOnScreen(port, first))
  await waitFor(() => expect(told()).toEqual([first]))
  see.mockReturnValue('hidden')
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
  await waitFor(() => expect(told()).toEqual([first, null]))
  see.mockReturnValue('visible')
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
  await waitFor(() => expect(told()).toEqual([first, null, first]))
  unmount()
  expect(told().at(-1)).toBeNull()
})
