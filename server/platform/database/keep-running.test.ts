import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silentLogger } from '../logger.ts'
import { keepRunning } from './keep-running.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const watch = (start: () => Promise<void>, isRunning = async () => false) => {
  const log = { ...silentLogger, error: vi.fn<typeof silentLogger.error>() }
  return { log, end: keepRunning({ isRunning, start, log }) }
}

test('one that runs is left alone', async () => {
  const start = vi.fn<() => Promise<void>>()
  const { end } = watch(start, async () => true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(start).not.toHaveBeenCalled()
  await end()
})

test('one that cannot be started is tried again, one start at a time', async () => {
  const first = Promise.withResolvers<void>()
  const start = vi.fn<() => Promise<void>>().mockReturnValueOnce(first.promise).mockResolvedValue()
  const { log, end } = watch(start)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(start).toHaveBeenCalledOnce()
  first.reject(new Error('still in use'))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(start).toHaveBeenCalledTimes(2)
  expect(log.error.mock.calls.map(([event]) => event)).toEqual([
    'database.ended',
    'database.not-started',
    'database.ended',
  ])
  await end()
})

test('the end waits for a start that is under way, and nothing is started after it, not even by a timer that lives on', async () => {
  const under = Promise.withResolvers<void>()
  const start = vi.fn<() => Promise<void>>().mockReturnValue(under.promise)
  const { end } = watch(start)
  await vi.advanceTimersByTimeAsync(2_000)
  vi.spyOn(globalThis, 'clearInterval').mockReturnValue()
  const ended = vi.fn<() => void>()
  const ending = end().then(ended)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(ended).not.toHaveBeenCalled()
  under.resolve()
  await ending
  await vi.advanceTimersByTimeAsync(60_000)
  expect(start).toHaveBeenCalledOnce()
  vi.restoreAllMocks()
})
