/** For tests beside this folder only: the hook of the whole screen over a made-up workstation. */
import { act, renderHook, waitFor } from '@testing-library/react'
import { expect } from 'vitest'
import { CommandsProvider } from '../../../commands/commands-context.tsx'
import { openPort } from '../../../ports/bridge.ts'
import type { CallName } from '../../../../preload/contract/ipc.ts'
import type { PracticeRules } from '../../../../server/contract/domain/practice-rules.ts'
import { type FakeBridge, makeFakeBridge } from '../../../ports/fake-bridge.ts'
import { FAKE_PEOPLE } from '../../../ports/fake-practice.ts'
import { useCompareParts } from '../compare/use-compare-parts.ts'
import { type Review, useReview } from '../use-review.ts'

export const ME = FAKE_PEOPLE[0]!
export const COLLEAGUE = FAKE_PEOPLE[1]!

/** The newest scan of each patient, as a batch starts. */
export function batchOf(fake: FakeBridge) {
  const { patients, sessions } = fake.practice
  return patients.map((patient) => sessions.findLast((one) => one.patientId === patient.id)!.id)
}

export function fakeWith(rules: Partial<PracticeRules> = {}, sessionCount = 6): FakeBridge {
  const fake = makeFakeBridge({ sessionCount })
  fake.shared.rules = { ...fake.shared.rules, ...rules }
  return fake
}

export async function openReview(fake: FakeBridge, at = 0) {
  const batch = batchOf(fake)
  const port = openPort(fake)
  const input = { port, batch, start: batch[at]!, person: ME, startLayout: 'montage' as const }
  const quiet = { onLayout: () => {}, onPatient: () => {}, onGoals: () => {}, onClose: () => {} }
  const hook = renderHook(() => useReview({ ...input, ...quiet, compare: useCompareParts(port) }), {
    wrapper: ({ children }) => <CommandsProvider singleKeys>{children}</CommandsProvider>,
  })
  await waitFor(() => expect(hook.result.current.reviewCase).toBeDefined())
  const press = (id: keyof Review['commands']) =>
    act(async () => {
      const verb = hook.result.current.commands[id]
      if (typeof verb === 'function') verb()
    })
  const decided = () => callsOf(fake, 'review.decide') as Record<string, unknown>[]
  return { ...hook, batch, press, decided, now: () => hook.result.current }
}

export function callsOf(fake: FakeBridge, name: CallName): unknown[] {
  return fake.calls.filter((call) => call.name === name).map((call) => call.input)
}
