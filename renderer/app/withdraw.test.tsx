// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Role } from '../../server/contract/domain/roles.ts'
import { openPort } from '../ports/bridge.ts'
import { type FakeOptions, makeFakeBridge } from '../ports/fake-bridge.ts'
import { FAKE_PEOPLE, FAKE_PRACTICE } from '../ports/fake-practice.ts'
import { LANGUAGES } from '../text/table.ts'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'

beforeEach(() => stubWindow())
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

async function openCase(role: Role = 'clinician', options: FakeOptions = {}) {
  const [person] = FAKE_PEOPLE
  if (person === undefined) throw new Error('the fake practice has people')
  const account = { practice: FAKE_PRACTICE, person: { ...person, roles: [role] } }
  const fake = makeFakeBridge({ sessionCount: 24, app: { account }, ...options })
  const session = fake.practice.sessions.at(-1)
  if (session === undefined) throw new Error('the fake practice has scans')
  window.location.hash = `#/review/${session.id}`
  render(<App port={openPort(fake)} />)
  await waitFor(() => expect(document.querySelector('[data-stage="shown"]')).not.toBeNull())
  return { fake, session, user: userEvent.setup() }
}
const calls = ({ calls: all }: ReturnType<typeof makeFakeBridge>) =>
  all.filter(({ name }) => name === 'review.withdraw').map(({ input }) => input)
const ask = () => fireEvent.keyDown(document.activeElement ?? document.body, { key: 'W', shiftKey: true })

test('a scan is withdrawn with a reason and a tick, and its place says so at once', async () => {
  const { fake, session, user } = await openCase()
  ask()
  const dialog = await screen.findByRole('dialog', { name: 'Withdraw a scan' })
  const button = within(dialog).getByRole('button', { name: 'Withdraw the scan' })
  await user.type(within(dialog).getByLabelText('Why it is withdrawn'), 'Photos of another patient')
  expect(button).toHaveProperty('disabled', true)
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(calls(fake)).toEqual([])
  await user.click(within(dialog).getByRole('checkbox'))
  await user.click(button)
  expect(calls(fake)).toEqual([{ sessionId: session.id, reason: 'Photos of another patient' }])
  expect(await screen.findByText('You withdrew this scan')).toBeDefined()
  expect(screen.queryByRole('dialog')).toBeNull()
  await user.keyboard('a')
  expect(fake.calls.filter(({ name }) => name === 'review.decide')).toEqual([])
})

test('the menu beside the name leads there by mouse and by keyboard, and takes no key of the case', async () => {
  const { fake, user } = await openCase()
  await user.click(await screen.findByRole('button', { name: 'More about this case' }))
  await screen.findByRole('menu')
  await user.keyboard('a')
  expect(fake.calls.filter(({ name }) => name === 'review.decide')).toEqual([])
  await user.click(screen.getByRole('menuitem', { name: /Withdraw this scan/ }))
  const dialog = await screen.findByRole('dialog', { name: 'Withdraw a scan' })
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true))
  expect(screen.queryByRole('menu')).toBeNull()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  screen.getByRole('button', { name: 'More about this case' }).focus()
  await user.keyboard('{Enter}')
  await screen.findByRole('menu')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement?.hasAttribute('data-command-root')).toBe(true))
})

test('without the server nothing is withdrawn: said before, and said when it was tried', async () => {
  const { fake, user } = await openCase('practice_admin', { sync: { connection: 'offline' } })
  fake.fail('review.withdraw', 'server.unreachable')
  ask()
  expect(await screen.findByText(/needs the server, and it is not connected/)).toBeDefined()
  await user.type(screen.getByLabelText('Why it is withdrawn'), 'Somebody else')
  await user.click(screen.getByRole('checkbox'))
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect((await screen.findByText(/Nothing was withdrawn/)).textContent).toContain('cannot be reached')
  expect(screen.getByLabelText('Why it is withdrawn')).toHaveProperty('value', 'Somebody else')
})

test('Escape leaves everything as it was', async () => {
  const { fake, user } = await openCase()
  ask()
  await screen.findByRole('dialog')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(calls(fake)).toEqual([])
  expect(document.querySelector('[data-stage="shown"]')).not.toBeNull()
})

test('the front desk has no such verb: not at its key, not in the list of keys, not in the menu', async () => {
  const { user } = await openCase('staff')
  ask()
  await user.keyboard('?')
  const help = await screen.findByRole('dialog')
  expect(within(help).queryByText('Withdraw this scan')).toBeNull()
  await user.keyboard('{Escape}')
  await user.click(await screen.findByRole('button', { name: 'More about this case' }))
  expect((await screen.findByRole('menu')).textContent).not.toContain('Withdraw')
})

test('a scan that a colleague withdrew while it was open says what may have happened', async () => {
  const { fake, session } = await openCase()
  fake.practice.sessions.splice(fake.practice.sessions.indexOf(session), 1)
  fake.emit('store.changed', { patients: false, sessions: true, reads: true, practice: false })
  expect(await screen.findByText(/The practice has withdrawn it, or it has not arrived yet/)).toBeDefined()
})

test.each(LANGUAGES)('in %s the form is accessible', async (language) => {
  await openCase('clinician', { settings: { language } })
  ask()
  const dialog = await screen.findByRole('dialog')
  const { violations } = await axe.run(dialog, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map(({ id }) => id)).toEqual([])
  expect(dialog.textContent).not.toMatch(/withdraw\./)
})
