// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'
import { openPort } from '../ports/bridge.ts'
import { type FakeBridge, makeFakeBridge } from '../ports/fake-bridge.ts'
import type { ChosenKeys } from '../../preload/contract/settings.ts'

beforeEach(stubWindow)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function open(keys: ChosenKeys = {}) {
  window.location.hash = '#/settings/keys'
  const fake = makeFakeBridge({ sessionCount: 12, settings: { keys } })
  render(<App port={openPort(fake)} />)
  return { fake, user: userEvent.setup() }
}
const saved = (fake: FakeBridge) =>
  fake.calls.filter(({ name }) => name === 'settings.set').map(({ input }) => (input as { value: unknown }).value)
const row = (id: string) => {
  const found = document.querySelector<HTMLElement>(`[role="row"][data-command="${id}"]`)
  if (found === null) throw new Error(`no row of ${id}`)
  return found
}
const change = (name: string) => screen.findByRole('button', { name: `Change the key: ${name}` })

test('a verb gets the key that is pressed, and every key cap and the dispatcher follow', async () => {
  const { fake, user } = open()
  await user.click(await change('Go to import'))
  expect(within(row('app.goImport')).getByText(/Press a key/)).toBeDefined()
  await user.keyboard('{Alt>}9{/Alt}')
  await waitFor(() => expect(saved(fake)).toEqual([{ 'app.goImport': ['Alt+9'] }]))
  expect(row('app.goImport').textContent).toMatch(/9.*yours/)
  await user.keyboard('{Alt>}2{/Alt}')
  expect(window.location.hash).toBe('#/settings/keys')
  await user.keyboard('{Alt>}9{/Alt}')
  await screen.findByRole('heading', { name: 'Import photos' })
})

test('the key that is pressed for one verb starts no other while it is asked for', async () => {
  const { fake, user } = open()
  await user.click(await change('Next scan'))
  await user.keyboard('{Control>}k{/Control}')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(within(row('queue.next')).getByRole('alert').textContent).toMatch(/Find a command already/)
  await user.keyboard('{Control>}j{/Control}') // the browser's
  expect(within(row('queue.next')).getByRole('alert').textContent).toMatch(/window or the system/)
  await user.keyboard('x')
  await waitFor(() => expect(saved(fake)).toEqual([{ 'queue.next': ['x'] }]))
})

test('Escape and Tab leave everything as it is', async () => {
  const { fake, user } = open()
  await user.click(await change('Next scan'))
  await user.keyboard('{Escape}')
  expect(row('queue.next').textContent).not.toMatch(/Press a key/)
  await user.click(await change('Next scan'))
  await user.tab()
  expect(row('queue.next').textContent).not.toMatch(/Press a key/)
  expect(saved(fake)).toEqual([])
})

test('a dead key and an input method are refused in words', async () => {
  const { user } = open()
  const button = await change('Next scan')
  await user.click(button)
  for (const press of [{ key: 'Dead' }, { key: 'a', isComposing: true }]) {
    button.dispatchEvent(new KeyboardEvent('keydown', { ...press, bubbles: true, cancelable: true }))
    expect((await within(row('queue.next')).findByRole('alert')).textContent).toMatch(/accent or belongs to an input/)
  }
})

test('one more key, no key, and back to the standard', async () => {
  const { fake, user } = open()
  await user.click(await screen.findByRole('button', { name: 'One more key: Approve' }))
  await user.keyboard('{F8}')
  await waitFor(() => expect(saved(fake).at(-1)).toEqual({ 'review.approve': ['a', 'F8'] }))
  await user.click(screen.getByRole('button', { name: 'No key: Approve' }))
  await waitFor(() => expect(saved(fake).at(-1)).toEqual({ 'review.approve': [] }))
  expect(row('review.approve').textContent).toMatch(/no key/)
  await user.click(screen.getByRole('button', { name: 'Standard key: Approve' }))
  await waitFor(() => expect(saved(fake).at(-1)).toEqual({}))
})

test('all go back to the standard at the second press', async () => {
  const { fake, user } = open({ 'review.approve': ['F8'], 'queue.next': ['x'] })
  await user.click(await screen.findByRole('button', { name: 'All standard keys' }))
  expect(saved(fake)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Forget 2 choices' }))
  await waitFor(() => expect(saved(fake)).toEqual([{}]))
})

test('a key that means two things since an update is pointed at', async () => {
  open({ 'review.approve': ['n'] })
  expect(await screen.findByText('2 keys mean two things')).toBeDefined()
  expect(row('review.approve').textContent).toMatch(/also Next without a decision/)
})

test('arrows walk the list, and Enter asks for a key', async () => {
  const { user } = open()
  const first = await change('Next scan')
  first.focus()
  await user.keyboard('{ArrowDown}{ArrowRight}{ArrowLeft}{ArrowDown}{ArrowUp}')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Change the key: Previous scan')
  await user.keyboard('{Enter}')
  expect(row('queue.previous').textContent).toMatch(/Press a key/)
})

test('the list is searched by words and by keys', async () => {
  const { user } = open()
  await user.type(await screen.findByLabelText('Find a verb or a key'), 'blink')
  await waitFor(() => expect(document.querySelectorAll('[role="row"]')).toHaveLength(1))
  expect(row('review.blink')).toBeDefined()
})

test('the key sheet and the caps show the keys of this person', async () => {
  const { user } = open({ 'app.help': ['F8'], 'settings.keys': [] })
  await change('Next scan')
  await user.keyboard('?')
  expect(screen.queryByRole('dialog')).toBeNull()
  await user.keyboard('{F8}')
  const sheet = await screen.findByRole('dialog')
  expect(sheet.querySelector('[data-command="app.help"]')?.textContent).toMatch(/F8/)
  expect(sheet.querySelector('[data-command="settings.keys"]')).toBeNull()
})
