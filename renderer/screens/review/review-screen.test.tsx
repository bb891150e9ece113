// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallName } from '../../../preload/contract/ipc.ts'
import { CommandsProvider } from '../../commands/commands-context.tsx'
import { openPort } from '../../ports/bridge.ts'
import { type FakeBridge, type FakeOptions, makeFakeBridge } from '../../ports/fake-bridge.ts'
import { FAKE_PEOPLE, FAKE_PRACTICE } from '../../ports/fake-practice.ts'
import { LiveStateProvider, useLiveState } from '../../ports/live-state.tsx'
import { PortProvider } from '../../ports/port-context.tsx'
import { ReviewScreen } from './review-screen.tsx'

beforeEach(() => {
  // jsdom has neither; photos are the viewer's own tests' business.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('fetch', async () => new Response(null, { status: 404 }))
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

async function open(options: FakeOptions = {}, at = 0) {
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
const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

test('a whole case by keyboard: scores, detail, note, approve, and back with U', async () => {
  const { user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('t1{Tab}2{Tab}3')
  await user.keyboard('/')
  await user.keyboard('unseat 22 0.5{Enter}')
  await user.keyboard('{Escape}e')
  await user.keyboard('amnh 123{Escape}')
  await user.keyboard('a')
  await heading('Lindqvist, Tove')
  expect(decided()).toMatchObject([
    {
      overallTracking: 1,
      alignerFit: 2,
      oralHygiene: 3,
      detailTags: [{ code: 'unseat', teeth: [22], mm: 0.5 }],
      notes: 'amnh 123',
      action: { kind: 'approve_progression' },
    },
  ])
  await screen.findByText(/Okafor, Adaeze: approved 6 → 7/)
  await user.keyboard('u')
  await heading('Okafor, Adaeze')
  const fit = screen.getByRole('radiogroup', { name: 'Aligner fit' })
  expect(within(fit).getByRole('radio', { name: 'slight unseat' }).getAttribute('aria-checked')).toBe('true')
})

test.each([
  { name: 'hold', keys: '1h', typed: '3{Enter}', action: { kind: 'hold_aligner', days: 3 } },
  {
    name: 'message',
    keys: 'm',
    typed: 'Please wear it.{Control>}{Enter}{/Control}',
    action: { kind: 'message_patient', text: 'Please wear it.' },
  },
  { name: 'schedule', keys: 's', typed: '{Enter}', action: { kind: 'schedule_appointment', withinDays: 14 } },
  {
    name: 'refer',
    keys: '{Shift>}r{/Shift}',
    typed: 'Perio{Control>}{Enter}{/Control}',
    action: { kind: 'refer', reason: 'Perio' },
  },
])('$name by keyboard alone', async ({ keys, typed, action }) => {
  const { user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard(keys)
  await screen.findByRole('form')
  await user.keyboard(typed)
  await heading('Lindqvist, Tove')
  expect(decided()).toMatchObject([{ action }])
})

test('a retake proposes the views that have a flag, and why', async () => {
  const { user, decided } = await open({}, 4)
  await heading('Moreau, Chloé')
  await user.keyboard('r')
  await screen.findByRole('form')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await heading('Silva Andrade, João Pedro')
  expect(decided()).toMatchObject([
    {
      action: {
        kind: 'request_retake',
        views: expect.arrayContaining(['occlusal_lower']),
        reasons: expect.arrayContaining(['retake_missing_view']),
      },
    },
  ])
})

test('a key held down decides once', async () => {
  const { user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('1')
  await user.keyboard('{a>5/}')
  await heading('Lindqvist, Tove')
  expect(decided()).toHaveLength(1)
})

test('with the aligners out, fit is closed and says why; the scores keep their keys', async () => {
  const { user } = await open({}, 3)
  await heading('Haddad, Samir')
  const fit = screen.getByRole('radiogroup', { name: /Aligner fit, cannot be judged/ })
  await user.keyboard('{Tab}1')
  expect(within(fit).queryAllByRole('radio', { checked: true })).toEqual([])
})

test('Tab leaves the scores at the last one: the panel is no trap', async () => {
  const { user } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('t{Tab}{Tab}{Tab}')
  expect(document.activeElement?.closest('[data-scores]')).toBeNull()
  await user.keyboard('{Tab}')
  expect(document.activeElement?.id).toBe('review-details')
})

test('a stage that nobody knows is asked for instead of guessed', async () => {
  const { user, decided } = await open({}, 12)
  await screen.findByText(/Case 13 of 14/)
  await user.keyboard('1a')
  await screen.findByRole('form', { name: 'Approve' })
  await user.keyboard('5{Enter}')
  await waitFor(() => expect(decided()).toMatchObject([{ action: { kind: 'approve_progression', toStage: 5 } }]))
})

test('staff see photos and tags, and are told who decides', async () => {
  const staff = { practice: FAKE_PRACTICE, person: { ...FAKE_PEOPLE[0]!, roles: ['staff' as const] } }
  const { user, decided } = await open({ app: { account: staff } })
  await screen.findAllByText('You can look at this scan. Decisions are made by clinicians.')
  await user.keyboard('1a')
  expect(decided()).toEqual([])
  expect(screen.getByRole('button', { name: /Approve/ }).hasAttribute('disabled')).toBe(true)
})

test('a missing view and a first scan are said in words', async () => {
  await open({}, 4)
  await heading('Moreau, Chloé')
  expect(screen.getAllByText('first scan').length).toBeGreaterThan(0)
  expect(screen.getAllByText('missing').length).toBeGreaterThan(0)
})

test('Escape leaves the form first, then full screen, then the review', async () => {
  const { user, onClose } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('m')
  await screen.findByRole('form')
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('form')).toBeNull()
  await user.keyboard('f{Escape}')
  expect(onClose).not.toHaveBeenCalled()
  await user.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
})
