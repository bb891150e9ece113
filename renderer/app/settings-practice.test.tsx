// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'
import { openPort } from '../ports/bridge.ts'
import { type FakeBridge, type FakeOptions, makeFakeBridge } from '../ports/fake-bridge.ts'
import { FAKE_PEOPLE, FAKE_PRACTICE } from '../ports/fake-practice.ts'
import type { Role } from '../../server/contract/domain/roles.ts'
import type { PracticeRules } from '../../server/contract/domain/practice-rules.ts'

beforeEach(stubWindow)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

type Before = (fake: FakeBridge) => void

function open(
  section: string,
  role: Role = 'practice_admin',
  before: Before = () => undefined,
  options: FakeOptions = {},
) {
  window.location.hash = `#/settings/${section}`
  const [person] = FAKE_PEOPLE
  const account = person === undefined ? null : { practice: FAKE_PRACTICE, person: { ...person, roles: [role] } }
  const fake = makeFakeBridge({ sessionCount: 12, app: { account }, ...options })
  before(fake)
  render(<App port={openPort(fake)} />)
  return { fake, user: userEvent.setup() }
}
const setRules =
  (change: Partial<PracticeRules>): Before =>
  (fake) =>
    void Object.assign(fake.shared.rules, change)
const changesOf = (fake: FakeBridge) =>
  fake.calls.filter(({ name }) => name === 'rules.change').map(({ input }) => (input as { set: unknown }).set)

test('an administrator changes a rule, and the new value stands', async () => {
  const { fake, user } = open('practice')
  await user.selectOptions(await screen.findByLabelText('Time to take back'), '20 seconds')
  await waitFor(() => expect(changesOf(fake)).toEqual([{ graceSeconds: 20 }]))
  expect(screen.getByLabelText<HTMLSelectElement>('Time to take back').value).toBe('20')
})

test('everybody else who sees patients reads the rules and is told who changes them', async () => {
  open('practice', 'staff')
  expect(await screen.findByText(/Administrators of the practice change them/)).toBeDefined()
  expect(screen.getByText('10 seconds')).toBeDefined()
  expect(screen.queryByRole('combobox')).toBeNull()
  expect(screen.queryByRole('button', { name: 'New lane' })).toBeNull()
})

test('who sees no patient data finds neither the practice nor its agreement', async () => {
  open('practice', 'it_admin')
  await screen.findByRole('heading', { level: 2, name: 'Preferences' })
  expect(screen.queryByRole('button', { name: /Practice/ })).toBeNull()
  expect(screen.queryByRole('button', { name: /Agreement/ })).toBeNull()
})

test('a rule that a colleague changed meanwhile is not written over: it is told, and shown as it stands', async () => {
  const { fake, user } = open('practice')
  const field = await screen.findByLabelText<HTMLSelectElement>('Time for one scan')
  setRules({ budgetSeconds: 60 })(fake) // their change came, and this screen has not heard of it yet
  await user.selectOptions(field, '45 seconds')
  expect(await screen.findByText(/A colleague changed this/)).toBeDefined()
  expect(changesOf(fake)).toEqual([])
  await waitFor(() => expect(field.value).toBe('60'))
})

test('a change that the host refuses is said with its reason', async () => {
  const { fake, user } = open('practice')
  const field = await screen.findByLabelText<HTMLSelectElement>('Time for one scan')
  fake.fail('rules.change', 'store.full')
  await user.selectOptions(field, '45 seconds')
  expect((await screen.findByRole('alert')).textContent).toMatch(/Not changed/)
  expect(field.value).toBe('30')
})

test('a word is added with a code of its own, renamed, retired and offered again', async () => {
  const { fake, user } = open('practice')
  await user.click(await screen.findByRole('button', { name: 'Add word' }))
  await user.keyboard('Bite ramp worn')
  await user.click(screen.getByRole('checkbox', { name: 'teeth' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await user.click(await screen.findByRole('button', { name: 'Rename: Bite ramp worn' }))
  await user.keyboard(' down{Enter}')
  await user.click(await screen.findByRole('button', { name: 'Retire: Bite ramp worn down' }))
  await user.click(await screen.findByRole('button', { name: 'Offer again: Bite ramp worn down' }))
  await screen.findByRole('button', { name: 'Retire: Bite ramp worn down' })
  const word = { code: 'x_bite_ramp_worn', teeth: true, mm: false }
  expect(changesOf(fake)).toEqual([
    { details: [{ ...word, label: 'Bite ramp worn', retired: false }] },
    { details: [{ ...word, label: 'Bite ramp worn down', retired: false }] },
    { details: [{ ...word, label: 'Bite ramp worn down', retired: true }] },
    { details: [{ ...word, label: 'Bite ramp worn down', retired: false }] },
  ])
})

test('a word that is there already, Loupe’s own included, is not added twice', async () => {
  const { user } = open('practice')
  await user.click(await screen.findByRole('button', { name: 'Add word' }))
  await user.keyboard('Plaque{Enter}')
  expect(await screen.findByText('This word is there already.')).toBeDefined()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true)
})

test('a lane is made from conditions, counted, moved and taken away at the second press', async () => {
  const { fake, user } = open(
    'practice',
    'practice_admin',
    setRules({
      lanes: [{ id: 'first', name: 'First', conditions: [{ is: 'first_scan' }] }],
    }),
    { sessionCount: 40 },
  )
  await user.click(await screen.findByRole('button', { name: 'New lane' }))
  await user.keyboard('Late and flagged')
  await user.selectOptions(screen.getByLabelText('Condition 1'), 'waiting longer than')
  await screen.findByText(/^[1-9]\d* waiting scans? would be in it now/)
  await user.selectOptions(screen.getByLabelText('Value of condition 1'), '2 days')
  await user.click(screen.getByRole('button', { name: 'One more condition' }))
  await screen.findByText(/^0 waiting scans would be in it now/)
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('waiting longer than 2 days and photos are flagged')).toBeDefined()
  const line = screen.getByText('Late and flagged').closest('li')
  if (line === null) throw new Error('no line')
  await within(line).findByText('holds 0 scans now')
  await user.click(screen.getByRole('button', { name: 'Move up: Late and flagged' }))
  await waitFor(() => expect(fake.shared.rules.lanes.map(({ name }) => name)).toEqual(['Late and flagged', 'First']))
  await user.click(screen.getByRole('button', { name: 'Remove: First' }))
  expect(fake.shared.rules.lanes).toHaveLength(2)
  await user.click(screen.getByRole('button', { name: 'Remove for everybody: First' }))
  await waitFor(() => expect(fake.shared.rules.lanes).toHaveLength(1))
})

test('a lane that a colleague changed while its form was open is not written over', async () => {
  const lane = { id: 'mine', name: 'Mine', conditions: [{ is: 'flagged' as const }] }
  const { fake, user } = open('practice', 'practice_admin', setRules({ lanes: [lane] }))
  await user.click(await screen.findByRole('button', { name: 'Change: Mine' }))
  setRules({ lanes: [{ ...lane, name: 'Theirs' }] })(fake)
  fake.emit('store.changed', { patients: false, sessions: false, reads: false, practice: true })
  await waitFor(() => expect(fake.calls.filter(({ name }) => name === 'rules.get').length).toBeGreaterThan(1))
  await user.keyboard(' too{Enter}')
  expect(await screen.findByText(/A colleague changed this/)).toBeDefined()
  expect(changesOf(fake)).toEqual([])
  expect(await screen.findByText('Theirs')).toBeDefined()
})

test('the queue has the practice’s lanes with counts and keys, and leaves one that was taken away', async () => {
  const lanes = [
    { id: 'one', name: 'First scans of ours', conditions: [{ is: 'first_scan' as const }] },
    { id: 'two', name: 'Late', conditions: [{ is: 'waiting_longer' as const, hours: 24 }] },
  ]
  const { fake, user } = open('practice', 'clinician', setRules({ lanes }), { sessionCount: 40 })
  await screen.findByText('Late')
  await user.keyboard('{Alt>}1{/Alt}')
  const nav = await screen.findByRole('navigation', { name: 'Lanes' })
  await within(nav).findByRole('button', { name: /First scans of ours.*\d/ })
  await user.keyboard('a')
  await screen.findByText(/^First scans of ours · \d+ scans?/)
  await user.keyboard(']')
  await screen.findByText(/^Late · \d+ scans?/)
  await user.keyboard('[[')
  await screen.findByText(/^First scans of ours · /)
  setRules({ lanes: lanes.slice(1) })(fake)
  fake.emit('store.changed', { patients: false, sessions: false, reads: false, practice: true })
  expect(await screen.findByText(/^All waiting · /)).toBeDefined()
})

test('agreement is words, interval, pairs and tables; below two pairs it says so', async () => {
  const none = {
    pairs: 0,
    kappa: null,
    interval: null,
    table: [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ],
  } // prettier-ignore
  const some = {
    pairs: 30,
    kappa: 0.7,
    interval: [0.41, 0.9] as [number, number],
    table: [
      [20, 2, 0],
      [1, 5, 0],
      [0, 0, 2],
    ],
  } // prettier-ignore
  const { fake, user } = open('agreement', 'clinician', (made) => {
    made.shared.agreement = {
      from: '2026-01-01',
      to: '2026-02-01',
      between: {
        overallTracking: some,
        alignerFit: { ...none, pairs: 1 },
        oralHygiene: {
          ...none,
          pairs: 4,
          table: [
            [4, 0, 0],
            [0, 0, 0],
            [0, 0, 0],
          ],
        },
      }, // prettier-ignore
      within: { overallTracking: none, alignerFit: none, oralHygiene: none },
      drawn: 44,
      waiting: 3,
    }
  })
  expect(await screen.findByText('Kappa 0.70')).toBeDefined()
  expect(screen.getByText('95 % between 0.41 and 0.90')).toBeDefined()
  expect(screen.getByText(/44 scans were drawn in this time · 3 wait/)).toBeDefined()
  expect(screen.getByText('every read says the same')).toBeDefined()
  expect(screen.getAllByText('too few pairs')).toHaveLength(2) // aligner fit, and one clinician with themselves
  const table = screen.getByRole('table', { name: 'Overall tracking' })
  const row = within(table).getByRole('rowheader', { name: 'minor deviation' }).closest('tr')
  expect([...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent)).toEqual(['1', '5', '0'])
  await user.click(screen.getByRole('radio', { name: '30 days' }))
  const asked = () =>
    fake.calls.findLast(({ name }) => name === 'agreement.report')?.input as { from: string; to: string }
  const days = () => (Date.parse(asked().to) - Date.parse(asked().from)) / 86_400_000
  await waitFor(() => expect(days()).toBe(29))
})

test('without pairs the agreement page says what it needs', async () => {
  open('agreement', 'staff')
  expect(await screen.findByText('Too few second reads in this time')).toBeDefined()
})

test('a letter beside the fields of an open form leads nowhere, and Escape leaves the form from anywhere in it', async () => {
  const { user } = open('practice')
  const shown = vi.spyOn(Element.prototype, 'scrollIntoView')
  await user.click(await screen.findByRole('button', { name: 'Add word' }))
  expect(shown.mock.contexts.at(-1)).toBe(screen.getByLabelText('New word').closest('form'))
  await user.keyboard('Bite ramp')
  await user.click(screen.getByRole('checkbox', { name: 'teeth' }))
  await user.keyboard('e1c') // more of the word, while the tick still has the focus
  expect(screen.getByLabelText<HTMLInputElement>('New word').value).toBe('Bite ramp')
  await user.keyboard('{Escape}')
  expect(screen.queryByLabelText('New word')).toBeNull()
  await user.keyboard('1')
  expect(await screen.findByRole('heading', { level: 2, name: 'Preferences' })).toBeDefined()
})
