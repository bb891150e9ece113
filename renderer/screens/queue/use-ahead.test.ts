// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { QueueRow } from '../../../preload/contract/queue.ts'
import { useAhead } from './use-ahead.ts'

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'performance', 'requestAnimationFrame', 'cancelAnimationFrame'],
  })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

// Of a row nothing but its scan is asked.
const row = (sessionId: string) => ({ sessionId }) as QueueRow
function walk() {
  const told: (string | null)[] = []
  const onAhead = (id: string | null) => void told.push(id)
  const hook = renderHook(({ at }) => useAhead(at, onAhead), { initialProps: { at: row('a') } })
  return { told, hook, to: (id: string) => hook.rerender({ at: row(id) }) }
}

test('a step to a row is told with the next frame', () => {
  const { told, to } = walk()
  vi.advanceTimersByTime(200)
  to('b')
  expect(told).toEqual(['a'])
  vi.advanceTimersByTime(20)
  expect(told).toEqual(['a', 'b'])
})

test('of the rows that a held key passes only the first and the last are told', () => {
  const { told, to } = walk()
  vi.advanceTimersByTime(200)
  for (const id of ['b', 'c', 'd', 'e']) {
    to(id)
    vi.advanceTimersByTime(33)
  }
  expect(told).toEqual(['a', 'b'])
  vi.advanceTimersByTime(100)
  expect(told).toEqual(['a', 'b', 'e'])
})

test('whoever leaves the queue rests on nothing', () => {
  const { told, hook } = walk()
  hook.unmount()
  vi.advanceTimersByTime(200)
  expect(told).toEqual([null])
})
