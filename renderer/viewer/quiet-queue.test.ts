import { expect, test } from 'vitest'
import { createQuietQueue } from './quiet-queue.ts'

test('one piece of work at a time, each after the screen has stood still; one that fails holds up none', async () => {
  const still: (() => void)[] = []
  const quietly = createQuietQueue({
    onceStill: (work) => {
      still.push(work)
      return () => undefined
    },
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
