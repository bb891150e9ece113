// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeFakeBridge } from '../ports/fake-bridge.ts'
import { LANGUAGES } from '../text/table.ts'
import { callsOf, heading, list, openAttention as open } from './attention-testing.tsx'
import { stubWindow } from './testing.ts'

beforeEach(() => {
  stubWindow()
  window.location.hash = '#/attention'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const selected = async () => within(await list()).getByRole('button', { current: true }).textContent

test('an action that lost shows both values, who won, and no way to send it again', async () => {
  const { fake, user } = open()
  expect((await heading()).textContent).toBe('Okafor, Adaeze')
  expect(screen.getByText('5 changes')).toBeDefined()
  expect(screen.getByText(/A colleague’s decision for this patient reached the server first/)).toBeDefined()
  expect(screen.getByRole('heading', { name: 'What yours would have done' })).toBeDefined()
  expect(screen.getByText(/^Approve, go on to aligner \d+$/)).toBeDefined()
  expect(screen.getByText('Hold this aligner for 7 days')).toBeDefined()
  expect(screen.getByText(/^Dr Jonas Adler, /)).toBeDefined()
  expect(screen.getByText('slight unseat')).toBeDefined()
  expect(screen.queryByRole('button', { name: /try again/i })).toBeNull()
  await user.keyboard('r')
  expect(callsOf(fake, 'attention.retry')).toEqual([])
})

test('j and k move, Home and End go to the ends, and the selection does not wrap', async () => {
  const { user } = open()
  expect(await selected()).toMatch(/Okafor/)
  await user.keyboard('k')
  expect(await selected()).toMatch(/Okafor/)
  await user.keyboard('jj')
  expect(await selected()).toMatch(/set aside by the server/)
  await user.keyboard('{End}jj')
  expect(await selected()).toMatch(/Scan not on this computer/)
  await user.keyboard('{Home}')
  expect(await selected()).toMatch(/Okafor/)
})

test('Enter opens the scan, and closing it leads back to the same entry', async () => {
  const { user } = open()
  await list()
  await user.keyboard('jj')
  const before = await selected()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/review\//))
  await screen.findByRole('main', { name: 'Review' })
  await user.keyboard('{Escape}')
  await waitFor(() => expect(window.location.hash).toBe('#/attention'))
  expect(await selected()).toBe(before)
})

test('r sends it again: it is said, the entry goes and the next one moves up', async () => {
  const { fake, user } = open()
  await list()
  await user.keyboard('j')
  const gone = await selected()
  await user.keyboard('r')
  expect(await screen.findByText('Queued again. It is sent by itself.')).toBeDefined()
  await waitFor(async () => expect(await selected()).not.toBe(gone))
  expect(await selected()).toMatch(/set aside by the server/)
  expect(callsOf(fake, 'attention.retry')).toHaveLength(1)
  expect(within(await list()).getAllByRole('button')).toHaveLength(4)
})

test('what was said of a retry goes when the new attempt is refused too', async () => {
  const { fake, user } = open()
  await list()
  await user.keyboard('jr')
  await screen.findByText('Queued again. It is sent by itself.')
  const again = makeFakeBridge({ sessionCount: 30, attentionCount: 6 })
  fake.call = (name, input) => again.call(name, input)
  fake.emit('store.changed', { patients: false, sessions: false, reads: true, practice: false })
  await waitFor(async () => expect(within(await list()).getAllByRole('button')).toHaveLength(6))
  expect(screen.queryByText('Queued again. It is sent by itself.')).toBeNull()
})

test('an attempt that fails leaves the entry and says why', async () => {
  const { fake, user } = open()
  await list()
  fake.fail('attention.retry', 'auth.denied')
  await user.keyboard('jr')
  expect((await screen.findByRole('alert')).textContent).toMatch(/You do not have access.*The change is still here/)
  expect(within(await list()).getAllByRole('button')).toHaveLength(5)
})

test('Backspace asks for a reason; without one nothing goes, Escape leaves, Ctrl+Enter confirms', async () => {
  const { fake, user } = open()
  await list()
  await user.keyboard('j{Backspace}')
  const why = await screen.findByLabelText('Why')
  expect(document.activeElement).toBe(why)
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(callsOf(fake, 'attention.discard')).toEqual([])
  await user.keyboard('jr{Escape}')
  expect(screen.queryByLabelText('Why')).toBeNull()
  await user.keyboard('{Backspace}')
  await user.type(await screen.findByLabelText('Why'), 'called the patient')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByText(/^Discarded/)).toBeDefined()
  expect(callsOf(fake, 'attention.discard')).toMatchObject([{ reason: 'called the patient' }])
  expect(callsOf(fake, 'attention.retry')).toEqual([])
})

test('one that lost is marked as seen without a reason', async () => {
  const { fake, user } = open({ attentionCount: 1 })
  await list()
  await user.keyboard('{Backspace}')
  await screen.findByLabelText('Remark (optional)')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByText('Nothing needs your attention')).toBeDefined()
  expect(callsOf(fake, 'attention.discard')).toMatchObject([{ reason: '' }])
})

test('Alt+4, the rail and the count in the status bar all lead here', async () => {
  window.location.hash = '#/'
  const { user } = open()
  expect((await screen.findByRole('link', { name: '5 need attention' })).getAttribute('href')).toBe('#/attention')
  expect(screen.getByRole('link', { name: /Attention/, current: false }).getAttribute('href')).toBe('#/attention')
  await user.keyboard('{Alt>}4{/Alt}')
  expect(await screen.findByRole('heading', { level: 1, name: 'Needs attention' })).toBeDefined()
})

test('an unreadable store is an alert with a way on', async () => {
  const { fake, user } = open()
  await list()
  fake.fail('attention.list', 'internal')
  fake.emit('store.changed', { patients: false, sessions: false, reads: true, practice: false })
  expect((await screen.findByRole('alert')).textContent).toMatch(/could not be read/)
  fake.fail('attention.list', null)
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await list()).toBeDefined()
})

const KINDS_OF_ENTRIES = Array.from({ length: 11 })

test.each(LANGUAGES)('in %s every kind of entry, the form and the empty list are accessible', async (language) => {
  const { fake, user } = open({ attentionCount: 11, settings: { language } })
  const title = await screen.findByRole('heading', { level: 2 })
  expect(title).toBeDefined()
  for (const _ of KINDS_OF_ENTRIES) {
    await expectAccessible()
    await user.keyboard('j')
  }
  await user.keyboard('s')
  await screen.findByRole('form')
  await expectAccessible()
  await user.keyboard('{Escape}')
  await user.keyboard('{Backspace}')
  await screen.findByRole('textbox')
  await expectAccessible()
  await user.keyboard('{Escape}')
  cleanup()
  open({ attentionCount: 0, settings: { language } })
  await waitFor(() => expect(document.querySelector('[role="status"] p')).not.toBeNull())
  await expectAccessible()
  expect(fake.calls.length).toBeGreaterThan(0)
})

/** Colours need a real browser; everything else is checked here. */
async function expectAccessible() {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}
