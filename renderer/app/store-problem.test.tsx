// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AppState } from '../../preload/contract/app-state.ts'
import { openPort } from '../ports/bridge.ts'
import { makeFakeBridge } from '../ports/fake-bridge.ts'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'

beforeEach(() => stubWindow())
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function open(app: Partial<AppState>) {
  const fake = makeFakeBridge({ sessionCount: 3, app: { phase: 'locked', account: null, ...app } })
  render(<App port={openPort(fake)} />)
  return { fake, user: userEvent.setup() }
}

test.each([
  ['store.read-only', /may not write to its folder.*Ask your IT/],
  ['store.full', /disk is nearly full.*Free some space/],
] as const)('%s before anything opened is a screen of its own, and trying again is one key', async (problem, says) => {
  const { fake, user } = open({ keyGuard: null, problem })
  await screen.findByRole('heading', { level: 1, name: 'Loupe cannot open its store' })
  expect(screen.getByRole('alert').textContent).toMatch(says)
  expect(screen.getByText(/Nothing was changed or deleted/)).toBeDefined()
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations).toEqual([])
  fake.fail('app.unlock', problem)
  await user.keyboard('{Enter}')
  expect(await screen.findByText('Tried just now: it is still so.')).toBeDefined()
  expect(screen.getAllByText(says)).toHaveLength(1)
  fake.fail('app.unlock', null)
  fake.setApp({ problem: null })
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('heading', { name: 'Scans to review' })).toBeDefined()
})

test('with a passphrase it asks for it again, and a wrong one is said as such', async () => {
  const { user } = open({ keyGuard: 'passphrase', problem: 'store.read-only' })
  await user.type(await screen.findByLabelText('Passphrase'), 'wrong passphrase{Enter}')
  expect(await screen.findByText(/does not open this computer/)).toBeDefined()
  expect(screen.getByRole('alert').textContent).toMatch(/may not write/)
})
