import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { afterPaint } from './after-paint.ts'

let frames: FrameRequestCallback[] = []
const work = vi.fn<() => void>()

beforeEach(() => {
  vi.useFakeTimers()
  frames = []
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', (n: number) => void frames.splice(n - 1, 1))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  work.mockClear()
})

test('work waits for the frame and the one after it, and runs in a task after that, once', () => {
  afterPaint(work)
  expect(work).not.toHaveBeenCalled()
  frames[0]?.(0)
  vi.advanceTimersByTime(16)
  frames[1]?.(0)
  expect(work).not.toHaveBeenCalled()
  vi.runAllTimers()
  expect(work).toHaveBeenCalledOnce()
})

test('in a window that paints nothing the work is done all the same', () => {
  afterPaint(work)
  vi.runAllTimers()
  expect(work).toHaveBeenCalledOnce()
  expect(frames).toHaveLength(0)
})

test('work that was called off is never done', () => {
  const callOff = afterPaint(work)
  frames[0]?.(0)
  callOff()
  vi.runAllTimers()
  expect(work).not.toHaveBeenCalled()
})
