// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CommandsProvider } from '../../../commands/commands-context.tsx'
import { openPort } from '../../../ports/bridge.ts'
import { fillAround } from '../../../ports/fake-around.ts'
import type { FakeBridge } from '../../../ports/fake-bridge.ts'
import { LiveStateProvider, useLiveState } from '../../../ports/live-state.tsx'
import { PortProvider } from '../../../ports/port-context.tsx'
import { stubScreen } from '../open-screen.tsx'
import { ReviewScreen } from '../review-screen.tsx'
import { batchOf, callsOf, fakeWith } from './open-review.tsx'

beforeEach(stubScreen)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

async function open(at: number, fake: FakeBridge = fakeWith({}, 6)) {
  fillAround(fake)
  fake.shared.rules = { ...fake.shared.rules, seenMs: 0 }
  const batch = batchOf(fake)
  function Ready() {
    return useLiveState().app === null ? null : (
      <ReviewScreen batch={batch} start={batch[at]!} onClose={vi.fn<() => void>()} />
    )
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
  return { fake, user: userEvent.setup(), decided: () => callsOf(fake, 'review.decide') }
}

test('= fills the last tags in and decides nothing', async () => {
  const { user, decided } = await open(0)
  await screen.findByText(/^Last time · /)
  await user.keyboard('=')
  const tracking = screen.getByRole('radiogroup', { name: 'Overall tracking' })
  expect(within(tracking).getByRole('radio', { checked: true }).textContent).toContain('minor deviation')
  await screen.findByText('Filled in as last time. Nothing is decided yet.')
  expect(decided()).toEqual([])
})

test('the practice’s own words are typed like the others; retired ones are not offered', async () => {
  const { user } = await open(0)
  await user.keyboard('/')
  await user.keyboard('chew 22')
  expect((await screen.findAllByRole('option')).map((one) => one.textContent)).toEqual(['Chewies not used 22'])
  await user.keyboard('{Enter}old word')
  expect(screen.queryAllByRole('option')).toEqual([])
  expect(screen.getByRole('button', { name: 'Remove Chewies not used 22' })).toBeDefined()
})

test('who else has the case open stands beside the name, and the goal that is due first', async () => {
  await open(0)
  expect(await screen.findByText(/^open by Dr Leonhard von Schwarzenfels/)).toBeDefined()
  expect(screen.getByRole('button', { name: /Goal: Close the black triangle.*was due/ })).toBeDefined()
  expect(screen.queryByText(/Retainer check/)).toBeNull()
})

test('a goal is set by keyboard alone', async () => {
  const { user, fake } = await open(1)
  await screen.findByText('Dr Jonas Adler asks you')
  await user.keyboard('{Shift>}g{/Shift}')
  await screen.findByRole('form', { name: 'New goal' })
  await user.keyboard('Close the space at 12{Enter}')
  await waitFor(() =>
    expect(callsOf(fake, 'goals.save')).toMatchObject([{ text: 'Close the space at 12', dueOn: null }]),
  )
  await waitFor(() => expect(screen.queryByRole('form', { name: 'New goal' })).toBeNull())
})

test('a question is asked with the picture, and the focus is on the case again', async () => {
  const { user, fake } = await open(0)
  await user.keyboard('q')
  await screen.findByRole('dialog', { name: 'Ask a colleague' })
  await user.keyboard('Attachment or gap at 22?{Control>}{Enter}{/Control}')
  await waitFor(() =>
    expect(callsOf(fake, 'questions.ask')).toMatchObject([
      { text: 'Attachment or gap at 22?', askedOf: null, look: { view: 'frontal', layout: 'montage', zoom: 1 } },
    ]),
  )
  await screen.findByText('You asked any clinician')
  expect(document.activeElement?.hasAttribute('data-command-root')).toBe(true)
})

test('an answer closes the question', async () => {
  const { user, fake } = await open(1)
  await screen.findByText('Dr Jonas Adler asks you')
  await user.keyboard('{Shift>}q{/Shift}The attachment.{Control>}{Enter}{/Control}')
  await waitFor(() => expect(callsOf(fake, 'questions.answer')).toMatchObject([{ text: 'The attachment.' }]))
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Your answer' })).toBeNull())
  expect(screen.getByText('The attachment.')).toBeDefined()
})

test('a failed answer is said, and what was written is still there', async () => {
  const { user, fake } = await open(1)
  await screen.findByText('Dr Jonas Adler asks you')
  fake.fail('questions.answer', 'store.full')
  await user.keyboard('{Shift>}q{/Shift}The attachment.{Control>}{Enter}{/Control}')
  await screen.findByText(/The answer was not saved/)
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your answer' }).value).toBe('The attachment.')
})

test('a blind second read is told afterwards, with both reads and what was not sent', async () => {
  const { user, decided } = await open(5)
  await user.keyboard('3m')
  await screen.findByRole('form', { name: 'Message' })
  await user.keyboard('Please wear it.{Control>}{Enter}{/Control}')
  await screen.findByRole('heading', { name: 'This was a second read' })
  await screen.findByText(/Dr Naledi Mbeki, /)
  screen.getByText(/You would have: .*Please wear it\./)
  expect(decided()).toMatchObject([{ action: { kind: 'none' } }])
  await user.keyboard('a1')
  expect(decided()).toHaveLength(1)
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('heading', { name: 'This was a second read' })).toBeNull()
})

test.each([
  { name: 'approve over unseen views', key: 'A', shift: true, starts: '1' },
  { name: 'approve', key: 'a', shift: false, starts: '1' },
])('a held key decides once: $name', async ({ key, shift, starts }) => {
  const { user, decided } = await open(2)
  await user.keyboard(starts)
  const root = document.querySelector('[data-command-root]')!
  for (const repeat of [false, true, true, true]) fireEvent.keyDown(root, { key, shiftKey: shift, repeat })
  await waitFor(() => expect(decided()).toHaveLength(1))
  for (const repeat of [true, true]) fireEvent.keyDown(root, { key, shiftKey: shift, repeat })
  await screen.findByText(/^Case 4 of 6/)
  expect(decided()).toHaveLength(1)
})

test('a held M opens one message and writes nothing into it; a held N goes one case on', async () => {
  await open(2)
  const root = () => document.querySelector('[data-command-root]')!
  fireEvent.keyDown(root(), { key: 'm' })
  await screen.findByRole('form', { name: 'Message' })
  for (let i = 0; i < 3; i++) fireEvent.keyDown(root(), { key: 'm', repeat: true })
  expect(screen.getAllByRole('form', { name: 'Message' })).toHaveLength(1)
  fireEvent.keyDown(root(), { key: 'n' })
  for (let i = 0; i < 3; i++) fireEvent.keyDown(root(), { key: 'n', repeat: true })
  await screen.findByText(/^Case 4 of 6/)
})

test('keys are letters while one writes or composes, and dead behind a dialog', async () => {
  const { user, decided, fake } = await open(1)
  await screen.findByText('Dr Jonas Adler asks you')
  await user.keyboard('1{Shift>}q{/Shift}aA=uU')
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your answer' }).value).toBe('aA=uU')
  const root = document.querySelector<HTMLElement>('[data-command-root]')!
  root.focus()
  fireEvent.keyDown(root, { key: 'a', isComposing: true })
  fireEvent.keyDown(root, { key: 'Process', keyCode: 229 })
  await user.keyboard('q')
  await screen.findByRole('dialog', { name: 'Ask a colleague' })
  fireEvent.keyDown(document.body, { key: 'a' })
  fireEvent.keyDown(document.body, { key: 'A', shiftKey: true })
  expect(decided()).toEqual([])
  expect(callsOf(fake, 'questions.ask')).toEqual([])
})
