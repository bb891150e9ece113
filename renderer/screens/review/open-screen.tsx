/** For tests beside this folder only: the whole screen over a made-up workstation. */
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { vi } from 'vitest'
import type { CallName } from '../../../preload/contract/ipc.ts'
import { CommandsProvider } from '../../commands/commands-context.tsx'
import { openPort } from '../../ports/bridge.ts'
import { type FakeBridge, type FakeOptions, makeFakeBridge } from '../../ports/fake-bridge.ts'
import { LiveStateProvider, useLiveState } from '../../ports/live-state.tsx'
import { PortProvider } from '../../ports/port-context.tsx'
import { ReviewScreen } from './review-screen.tsx'

/** What jsdom lacks; undone by `vi.unstubAllGlobals`. Photos are the viewer's own tests' business. */
export function stubScreen(): void {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('fetch', async () => new Response(null, { status: 404 }))
}

export async function openScreen(options: FakeOptions = {}, at = 0) {
  const fake: FakeBridge = makeFakeBridge({ sessionCount: 14, ...options })
  // No photo is ever decoded here: whether all were seen is another test's business.
  fake.shared.rules = { ...fake.shared.rules, seenMs: 0 }
  const batch = fake.practice.patients.map(
    (patient) => fake.practice.sessions.findLast((s) => s.patientId === patient.id)!.id,
  )
  const onClose = vi.fn<() => void>()
  function Ready() {
    return useLiveState().app === null ? null : <ReviewScreen batch={batch} start={batch[at]!} onClose={onClose} />
  }
  render(
    <PortProvider port={openPort(fake)}>
      <LiveStateProvider>
        <CommandsProvider singleKeys>
          <Ready />
        </CommandsProvider>
      </LiveStateProvider>
    </PortProvider>,
  )
  await screen.findByRole('complementary', { name: 'Tags and decision' })
  const decided = () =>
    fake.calls.filter((call) => call.name === ('review.decide' satisfies CallName)).map((call) => call.input)
  return { fake, batch, onClose, decided, user: userEvent.setup() }
}
export const heading = (name: string) => screen.findByRole('heading', { level: 1, name })
