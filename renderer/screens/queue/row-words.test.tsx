// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import type { QueueRow } from '../../../preload/contract/queue.ts'
import { openPort } from '../../ports/bridge.ts'
import { makeFakeBridge } from '../../ports/fake-bridge.ts'
import { PortProvider } from '../../ports/port-context.tsx'
import { OpenElsewhereProvider } from './open-elsewhere.tsx'
import { listFakeQueue } from '../../ports/fake-queue.ts'
import { makeFakePractice } from '../../ports/fake-practice.ts'
import { useFlagWords, useMarks } from './row-words.ts'

afterEach(cleanup)

const nowMs = Date.parse('2026-08-03T10:00:00Z')
function rowWith(change: Partial<QueueRow>): QueueRow {
  const [row] = listFakeQueue(
    makeFakePractice(3, nowMs),
    { lane: 'all', sort: 'wait', descending: true, search: '' },
    nowMs,
  )
  return { ...row!, missing: [], flags: [], state: 'waiting', ...change }
}
const wordsOf = (change: Partial<QueueRow>) =>
  renderHook(() => useFlagWords(rowWith(change))).result.current.map((flag) => flag.words)

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

test('a question that waits for me and an overdue goal mark the row; a quiet goal is only said', () => {
  const marksOf = (change: Partial<QueueRow>) =>
    renderHook(() => useMarks(rowWith(change))).result.current.map(({ words, tone, isQuiet }) => [words, tone, isQuiet])
  expect(marksOf({})).toEqual([])
  expect(marksOf({ isAsked: true, goals: [{ dueOn: '2020-01-31', quietUntil: null }] })).toEqual([
    ['Asked of me', 'flag', false],
    [expect.stringMatching(/^Goal: was due 31 Jan/), 'minor', false],
  ])
  expect(marksOf({ goals: [{ dueOn: '2020-01-31', quietUntil: '2999-01-01' }] })).toEqual([
    [expect.stringMatching(/^Goal: quiet until /), 'dim', true],
  ])
})

test('who else has the scan open is said in its row, as it comes and goes', async () => {
  const fake = makeFakeBridge({ sessionCount: 3 })
  const row = rowWith({})
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <PortProvider port={openPort(fake)}>
      <OpenElsewhereProvider>{children}</OpenElsewhereProvider>
    </PortProvider>
  )
  const { result } = renderHook(() => useMarks(row).map(({ words }) => words), { wrapper })
  expect(result.current).toEqual([])
  fake.shared.presence.push({ sessionId: row.sessionId, name: 'Dr Jonas Adler', sinceMs: nowMs })
  act(() => fake.emit('presence.changed', {}))
  await waitFor(() => expect(result.current).toEqual(['open by Dr Jonas Adler']))
  fake.shared.presence.splice(0)
  act(() => fake.emit('presence.changed', {}))
  await waitFor(() => expect(result.current).toEqual([]))
})
