import { expect, test, vi } from 'vitest'
import { createQuietQueue } from './quiet-queue.ts'

test('one piece of work at a time, each after the screen has stood still; one that fails holds up none', async () => {
  const still: (() => void)[] = []
  const quietly = createQuietQueue({
    onceStill: (work) => {
      still.push(work)
      return () => undefined
    },
    stillForMs: () => 0,
  })
  const begun: string[] = []
  const first = quietly(async () => {
    begun.push('first')
    throw new Error('it broke off')
  })
  const second = quietly(async () => begun.push('second'))
  await Promise.resolve()
  expect([begun, still.length]).toEqual([[], 1])
  still.shift()?.()
  await expect(first).rejects.toThrow('it broke off')
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect([begun, still.length]).toEqual([['first'], 1])
  still.shift()?.()
  await second
  expect(begun).toEqual(['first', 'second'])
})

test('with few cores it rests until nobody leafs through scans any more', async () => {
  vi.useFakeTimers()
  try {
    const at = { movedMs: performance.now() }
    const stillForMs = () => performance.now() - at.movedMs
    const begun = vi.fn<() => Promise<void>>(() => Promise.resolve())
    const quietly = createQuietQueue({ onceStill: (work) => (work(), () => undefined), stillForMs }, 1200)
    const done = quietly(begun)
    await vi.advanceTimersByTimeAsync(1000)
    at.movedMs = performance.now() // the next key
    await vi.advanceTimersByTimeAsync(1100)
    expect(begun).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(100)
    await done
    expect(begun).toHaveBeenCalledOnce()
  } finally {
    vi.useRealTimers()
  }
})
