import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Draft } from '../../../preload/contract/draft.ts'
import { SessionId } from '../../../server/contract/domain/ids.ts'
import { createKeptDrafts } from './use-drafts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const id = SessionId.parse('019a0000-0000-7000-8000-000000000001')
const draft = (note: string): Draft => ({
  scores: { overallTracking: null, alignerFit: null, oralHygiene: null },
  aligners: 'in',
  details: [],
  note,
})

test('typing is saved twice a second, the newest only, and at once when asked', async () => {
  const save = vi.fn<(id: SessionId, draft: Draft | null) => Promise<unknown>>(async () => undefined)
  const kept = createKeptDrafts(save)
  for (const note of ['c', 'ch', 'che']) kept.set(id, draft(note))
  expect(save).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(500)
  expect(save.mock.calls).toEqual([[id, draft('che')]])
  kept.set(id, draft('chew'))
  await kept.flush()
  await kept.flush()
  await vi.advanceTimersByTimeAsync(500)
  expect(save.mock.calls.slice(1)).toEqual([[id, draft('chew')]])
})

test('what was decided is taken away', async () => {
  const save = vi.fn<(id: SessionId, draft: Draft | null) => Promise<unknown>>(async () => undefined)
  const kept = createKeptDrafts(save)
  kept.set(id, draft('chewies'))
  kept.set(id, null)
  await kept.flush()
  expect(save.mock.calls).toEqual([[id, null]])
})

test('one that could not be saved stays, and goes with the next change', async () => {
  const save = vi.fn<(id: SessionId, draft: Draft | null) => Promise<unknown>>(async () => undefined)
  save.mockRejectedValueOnce(new Error('store.full'))
  const kept = createKeptDrafts(save)
  const other = SessionId.parse('019a0000-0000-7000-8000-000000000002')
  kept.set(id, draft('chewies'))
  await kept.flush()
  expect(kept.all().get(id)).toEqual(draft('chewies'))
  kept.set(other, draft('elastics'))
  await kept.flush()
  expect(save.mock.calls.slice(1)).toEqual([
    [id, draft('chewies')],
    [other, draft('elastics')],
  ])
})
