// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { UNADJUSTED } from './adjustments.ts'
import { useAdjustments } from './use-adjustments.ts'

const frontal = { hash: 'a', view: 'frontal' } as const
const prior = { hash: 'b', view: 'frontal' } as const
const buccal = { hash: 'c', view: 'buccal_left' } as const

function open() {
  const { result, rerender } = renderHook(({ id }) => useAdjustments(id), { initialProps: { id: 'case 1' } })
  return { now: () => result.current, goTo: (id: string) => rerender({ id }) }
}

test('a photo keeps its adjustments while its case is open, and no other photo gets them', () => {
  const { now, goTo } = open()
  act(() => now().rotate(frontal, 90))
  act(() => now().brighter(frontal))
  expect(now().of(frontal)).toMatchObject({ degrees: 90, brightness: 0.2 })
  expect(now().of(prior)).toEqual(UNADJUSTED)
  goTo('case 2')
  expect(now().of(frontal)).toEqual(UNADJUSTED)
})

test('a pinned view keeps them for all its photos, from case to case, until it is let go', () => {
  const { now, goTo } = open()
  act(() => now().flip(frontal))
  act(() => now().pin(frontal))
  expect(now().isPinned('frontal')).toBe(true)
  goTo('case 2')
  act(() => now().cooler(prior))
  expect(now().of(frontal)).toMatchObject({ flipped: true, warmth: -0.1 })
  expect(now().of(buccal)).toEqual(UNADJUSTED)
  act(() => now().pin(prior))
  expect(now().of(prior)).toMatchObject({ flipped: true })
  expect(now().of(frontal)).toEqual(UNADJUSTED)
})

test('one verb puts everything back, pinned views too', () => {
  const { now } = open()
  act(() => now().moreContrast(buccal))
  act(() => now().pin(buccal))
  act(() => now().darker(frontal))
  act(() => now().pickGrey(frontal))
  act(() => now().reset())
  expect([frontal, buccal].map((photo) => now().of(photo))).toEqual([UNADJUSTED, UNADJUSTED])
  expect(now().picking).toBeNull()
})

test('a grey patch balances its photo and ends the picking; one that is no grey changes nothing and says so', () => {
  const { now } = open()
  act(() => now().pickGrey(frontal))
  expect(now().picking).toEqual(frontal)
  let used = false
  act(() => void (used = now().balance(frontal, { red: 140, green: 120, blue: 110 })))
  expect(used).toBe(true)
  expect(now().picking).toBeNull()
  const balanced = now().of(frontal)
  expect(balanced.balance.red).toBeLessThan(1)
  act(() => void (used = now().balance(frontal, { red: 255, green: 3, blue: 3 })))
  expect(used).toBe(false)
  expect(now().of(frontal)).toEqual(balanced)
})
