// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { QueueRow } from '../../../preload/contract/queue.ts'
import { listFakeQueue } from '../../ports/fake-queue.ts'
import { makeFakePractice } from '../../ports/fake-practice.ts'
import { useFlagWords } from './row-words.ts'

afterEach(cleanup)

const nowMs = Date.parse('2026-08-03T10:00:00Z')
function wordsOf(change: Partial<QueueRow>): string[] {
  const [row] = listFakeQueue(
    makeFakePractice(3, nowMs),
    { lane: 'all', sort: 'wait', descending: true, search: '' },
    nowMs,
  )
  const bare = { ...row!, missing: [], flags: [], state: 'waiting' as const }
  return renderHook(() => useFlagWords({ ...bare, ...change })).result.current.map((flag) => flag.words)
}

test('a refused photo is said once: that its view is missing follows', () => {
  expect(wordsOf({ missing: ['frontal'], flags: [{ view: 'frontal', flag: 'refused' }] })).toEqual([
    'Frontal: unusable',
  ])
})

test('the worst comes first: missing, unusable, then quality, then two reads that differ', () => {
  const words = wordsOf({
    missing: ['buccal_left'],
    flags: [
      { view: 'frontal', flag: 'soft_focus' },
      { view: 'occlusal_upper', flag: 'refused' },
    ],
    state: 'discordant',
  })
  expect(words).toHaveLength(4)
  expect(words.slice(0, 3)).toEqual(['Left buccal: missing', 'Upper occlusal: unusable', 'Frontal: soft focus'])
})
