import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { openPort } from '../ports/bridge.ts'
import { type FakeOptions, makeFakeBridge } from '../ports/fake-bridge.ts'
import { App } from './app.tsx'

/** The window on *needs attention*, for its tests. */
export function openAttention(options: FakeOptions = {}) {
  const fake = makeFakeBridge({ sessionCount: 30, attentionCount: 5, ...options })
  // No photo is ever decoded here: whether all were seen is another test's business.
  fake.shared.rules = { ...fake.shared.rules, seenMs: 0 }
  render(<App port={openPort(fake)} />)
  return { fake, user: userEvent.setup() }
}
export const list = () => screen.findByRole('navigation', { name: 'Changes' })
export const heading = () => screen.findByRole('heading', { level: 2 })
export const count = async () => within(await list()).getAllByRole('button').length
export const callsOf = (fake: ReturnType<typeof makeFakeBridge>, name: string) =>
  fake.calls.filter((call) => call.name === name).map((call) => call.input)
