// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallName } from '../../../preload/contract/ipc.ts'
import { openPort } from '../../ports/bridge.ts'
import { type FakeBridge, makeFakeBridge } from '../../ports/fake-bridge.ts'
import { FAKE_PEOPLE } from '../../ports/fake-practice.ts'
import { CommandsProvider, useCommands } from '../../commands/commands-context.tsx'
import { useCompareParts } from './compare/use-compare-parts.ts'
import { useReview } from './use-review.ts'

let fake: FakeBridge
beforeEach(() => {
  fake = makeFakeBridge({ sessionCount: 6 })
  // No photo is ever decoded here: whether all were seen is another test's business.
  fake.shared.rules = { ...fake.shared.rules, seenMs: 0 }
})

// A screen that is left open would take the keys of the next test.
afterEach(cleanup)

/** The newest scan of each patient, as a batch starts. */
const batchOf = () =>
  fake.practice.patients.map((patient) => fake.practice.sessions.findLast((s) => s.patientId === patient.id)!.id)

async function openReview(roles = FAKE_PEOPLE[0]!.roles) {
  const batch = batchOf()
  const port = openPort(fake)
  const person = { ...FAKE_PEOPLE[0]!, roles }
  const input = {
    port,
    batch,
    start: batch[0]!,
    person,
    startLayout: 'montage' as const,
    onLayout: () => {},
    onPatient: () => {},
    onGoals: () => {},
    onClose: vi.fn<() => void>(),
  }
  const useScreen = () => {
    const review = useReview({ ...input, compare: useCompareParts(port) })
    useCommands('review', review.commands)
    return review
  }
  const hook = renderHook(useScreen, {
    wrapper: ({ children }) => <CommandsProvider singleKeys>{children}</CommandsProvider>,
  })
  await waitFor(() => expect(hook.result.current.reviewCase).toBeDefined())
  const press = (id: keyof typeof hook.result.current.commands) =>
    act(async () => {
      const verb = hook.result.current.commands[id]
      if (typeof verb === 'function') verb()
    })
  return { ...hook, batch, press, at: () => hook.result.current.batch.index }
}
const callsOf = (name: CallName) => fake.calls.filter((call) => call.name === name)

test('approving sends scores and next aligner once, and the next case is there', async () => {
  const { press, at, result } = await openReview()
  const stage = result.current.reviewCase!.session.stage!
  await press('review.value1')
  await press('review.approve')
  await waitFor(() => expect(at()).toBe(1))
  expect(callsOf('review.decide')).toHaveLength(1)
  expect(callsOf('review.decide')[0]!.input).toMatchObject({
    overallTracking: 1,
    alignerFit: null,
    action: { kind: 'approve_progression', toStage: stage + 1 },
    supersedes: null,
  })
})

test('approving without overall tracking decides nothing and says what is missing', async () => {
  const { press, at, result } = await openReview()
  await press('review.approve')
  expect(callsOf('review.decide')).toHaveLength(0)
  expect(at()).toBe(0)
  expect(result.current.notice?.key).toBe('review.needsTracking')
  expect(result.current.activeScore).toBe('overallTracking')
})

test('a second press while the first is being saved decides nothing more', async () => {
  const { press, at, result } = await openReview()
  await press('review.value1')
  const goOn = fake.hold()
  await act(async () => {
    const approve = result.current.commands['review.approve']
    approve()
    approve()
  })
  goOn()
  await waitFor(() => expect(at()).toBe(1))
  expect(callsOf('review.decide')).toHaveLength(1)
})

test('an answer that arrives after leaving the case does not skip another one', async () => {
  const { press, at, result } = await openReview()
  await press('review.value1')
  const goOn = fake.hold()
  await act(async () => {
    result.current.commands['review.approve']()
    result.current.commands['review.next']()
  })
  expect(at()).toBe(1)
  goOn()
  await waitFor(() => expect(result.current.decisions.last).not.toBeNull())
  expect(result.current.decisions.savingId).toBeNull()
  expect(at()).toBe(1)
})

test('a failure is said, the case stays, and every tag is still there', async () => {
  const { press, at, result } = await openReview()
  await press('review.value2')
  fake.fail('review.decide', 'store.full')
  await press('review.approve')
  await waitFor(() => expect(result.current.decisions.trouble?.error.code).toBe('store.full'))
  expect(at()).toBe(0)
  expect(result.current.draft?.scores.overallTracking).toBe(2)
  fake.fail('review.decide', null)
  await press('review.approve')
  await waitFor(() => expect(at()).toBe(1))
  expect(result.current.decisions.trouble).toBeNull()
})

test('taking back returns to the case with its tags filled in', async () => {
  const { press, at, result, batch } = await openReview()
  await press('review.value2')
  await act(async () => result.current.edit((draft) => ({ ...draft, note: 'Chewies.' })))
  await press('review.approve')
  await waitFor(() => expect(result.current.decisions.last?.sessionId).toBe(batch[0]))
  await press('review.undo')
  await waitFor(() => expect(at()).toBe(0))
  await waitFor(() => expect(result.current.draft).toMatchObject({ note: 'Chewies.', scores: { overallTracking: 2 } }))
  expect(fake.practice.reads.some((read) => read.recordedAtMs === null)).toBe(false)
})

test('a decision that was sent meanwhile cannot be taken back, and that is said', async () => {
  const { press, result } = await openReview()
  await press('review.value1')
  await press('review.approve')
  await waitFor(() => expect(result.current.decisions.last).not.toBeNull())
  fake.fail('review.takeBack', 'read.already-sent')
  await press('review.undo')
  await waitFor(() => expect(result.current.decisions.trouble).toMatchObject({ what: 'takeBack' }))
})

test('a new decision on a case one has read replaces the own read', async () => {
  const { press, at, result } = await openReview()
  await press('review.value1')
  await press('review.approve')
  await waitFor(() => expect(at()).toBe(1))
  const first = callsOf('review.decide')[0]!.input as { readId: string; actionId: string }
  await press('review.previous')
  await waitFor(() => expect(result.current.reviewCase?.reads).toHaveLength(1))
  await press('review.value3')
  await press('review.approve')
  // It is still here and will leave: either it is taken back, or the next one says why it takes its place.
  expect(result.current.notice?.key).toBe('decide.replacing')
  expect(callsOf('review.decide')).toHaveLength(1)
  await act(async () => result.current.edit((draft) => ({ ...draft, reason: 'Looked at 22 again' })))
  await press('review.approve')
  await waitFor(() => expect(callsOf('review.decide')).toHaveLength(2))
  expect(callsOf('review.decide')[1]!.input).toMatchObject({
    supersedes: first.readId,
    overallTracking: 3,
    corrects: { actionId: first.actionId, reason: 'Looked at 22 again' },
  })
})

test('staff can look and move on, but every deciding verb only says why not', async () => {
  const { press, at, result } = await openReview(['staff'])
  for (const id of ['review.value1', 'review.approve', 'review.hold', 'review.retake', 'review.message'] as const)
    await press(id)
  expect(result.current.form).toBeNull()
  expect(result.current.notice?.key).toBe('review.cannotDecide')
  expect(callsOf('review.decide')).toHaveLength(0)
  await press('review.next')
  expect(at()).toBe(1)
})

test('reading cases ahead marks nothing as seen', async () => {
  const { unmount } = await openReview()
  await waitFor(() => expect(callsOf('review.open').length).toBeGreaterThanOrEqual(3))
  unmount()
  expect(callsOf('review.displayed')).toHaveLength(0)
})

test('the end of the batch is a place of its own, with a way back', async () => {
  const { press, result, batch } = await openReview()
  for (const _ of batch) await press('review.next')
  expect(result.current.batch.currentId).toBeUndefined()
  await press('review.previous')
  expect(result.current.batch.currentId).toBe(batch.at(-1))
})

/** As the window's keys come: through the dispatcher, not past it. */
const key = (name: string) =>
  act(async () => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true })))

test('a tag that is pressed while the decision before is being saved is the next case’s', async () => {
  const { result, at, batch, press } = await openReview()
  await press('review.value1')
  const goOn = fake.hold()
  await key('a')
  await key('3')
  expect(at()).toBe(0)
  goOn()
  await waitFor(() => expect(result.current.draft?.scores.overallTracking).toBe(3))
  expect(result.current.batch.currentId).toBe(batch[1])
  expect(callsOf('review.decide').map(({ input }) => input)).toMatchObject([{ overallTracking: 1 }])
})

test('when it cannot be saved, what was meant for the next case changes nothing about this one', async () => {
  const { result, at, press } = await openReview()
  await press('review.value1')
  fake.fail('review.decide', 'store.full')
  const goOn = fake.hold()
  await key('a')
  await key('3')
  goOn()
  await waitFor(() => expect(result.current.decisions.trouble).not.toBeNull())
  await act(() => new Promise((resolve) => setTimeout(resolve, 60)))
  expect([at(), result.current.draft?.scores.overallTracking]).toEqual([0, 1])
})

test('a tag that is pressed while a case is being read is there when the case is', async () => {
  fake = makeFakeBridge({ sessionCount: 40 })
  const isFifth = (input: unknown) => (input as { sessionId: string }).sessionId === batchOf()[5]
  const goOn = fake.hold(({ name, input }) => name === 'review.open' && isFifth(input))
  const { result, at, batch } = await openReview()
  await act(async () => Array.from({ length: 5 }, () => result.current.batch.goNext()))
  expect(result.current.reviewCase).toBeUndefined()
  await key('t')
  await key('2')
  goOn()
  await waitFor(() => expect(result.current.draft?.scores.overallTracking).toBe(2))
  expect([at(), result.current.reviewCase?.session.id]).toEqual([5, batch[5]])
})

test('U while a decision is being saved takes that one back, and a tag after it is of that case', async () => {
  const { result, at, press } = await openReview()
  await press('review.value1')
  const goOn = fake.hold()
  await key('a')
  await key('u')
  await key('3')
  goOn()
  await waitFor(() => expect(callsOf('review.takeBack')).toHaveLength(1))
  await waitFor(() => expect([at(), result.current.draft?.scores.overallTracking]).toEqual([0, 3]))
})
