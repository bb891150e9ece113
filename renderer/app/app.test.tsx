// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Phase } from '../../preload/contract/app-state.ts'
import { COMMAND_IDS, commandSpec } from '../commands/table.ts'
import { openPort } from '../ports/bridge.ts'
import { type FakeOptions, makeFakeBridge } from '../ports/fake-bridge.ts'
import { FAKE_PEOPLE, FAKE_PRACTICE } from '../ports/fake-practice.ts'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'

beforeEach(() => {
  stubWindow()
  Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, value: 900 })
  Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, value: 1200 })
  window.location.hash = '#/'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function open(options: FakeOptions = {}) {
  const fake = makeFakeBridge({ sessionCount: 40, ...options })
  render(<App port={openPort(fake)} />)
  return { fake, user: userEvent.setup() }
}

test.each<[Phase, RegExp]>([
  ['choose-passphrase', /choose a passphrase/i],
  ['locked', /is locked/i],
  ['no-key', /key .* is gone/i],
  ['signed-out', /^sign in$/i],
  ['no-access', /no patient data/i],
  ['ready', /scans to review/i],
])('phase %s has its own screen', async (phase, heading) => {
  open({ app: { phase } })
  expect(await screen.findByRole('heading', { level: 1, name: heading })).toBeDefined()
})

test('a passphrase is typed twice, is long enough, and only then leaves the window', async () => {
  const { fake, user } = open({ app: { phase: 'choose-passphrase', keyGuard: null } })
  const [first, second] = [await screen.findByLabelText('Passphrase'), screen.getByLabelText('The same again')]
  await user.type(first, 'short{Enter}')
  expect(fake.calls.some((call) => call.name === 'app.choosePassphrase')).toBe(false)
  await user.clear(first)
  await user.type(first, 'maple rocket onion sail')
  await user.type(second, 'maple rocket onion{Enter}')
  expect(screen.getByText(/not the same/)).toBeDefined()
  await user.type(second, ' sail{Enter}')
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeDefined()
})

test('a wrong passphrase is said, and the field is empty again', async () => {
  const { user } = open({ app: { phase: 'locked', keyGuard: 'passphrase' } })
  const field = await screen.findByLabelText<HTMLInputElement>('Passphrase')
  await user.type(field, 'wrong passphrase{Enter}')
  expect(await screen.findByText(/does not open/)).toBeDefined()
  expect(field.value).toBe('')
})

test('no server at the first sign-in says what to do, and trying again is one click', async () => {
  const { fake, user } = open({ app: { phase: 'signed-out', account: null } })
  fake.fail('session.signIn', 'server.unreachable')
  await user.click(await screen.findByRole('button', { name: /sign in/i }))
  expect((await screen.findByRole('alert')).textContent).toMatch(/does not answer.*127\.0\.0\.1:8443/)
  fake.fail('session.signIn', null)
  await user.click(screen.getByRole('button', { name: /sign in/i }))
  expect(await screen.findByText(/waiting for the browser/i)).toBeDefined()
})

/** By selector: asking for roles walks every cell of the grid, again and again. */
function selectedName(): Promise<string> {
  return waitFor(() => {
    const cell = document.querySelector('[role="row"][aria-selected="true"] [role="gridcell"]')
    expect(cell?.textContent).toBeTruthy()
    return cell?.textContent ?? ''
  })
}

test('the queue moves by keys, keeps its scan when rows change, and opens review from there', async () => {
  const { fake, user } = open()
  const before = await selectedName()
  await user.keyboard('jj')
  const chosen = await selectedName()
  expect(chosen).not.toBe(before)
  const batch = vi.spyOn(fake, 'call')
  fake.emit('store.changed', { patients: true, sessions: true, reads: true, practice: false })
  await waitFor(() => expect(batch).toHaveBeenCalledWith('queue.page', expect.anything()))
  expect(await selectedName()).toBe(chosen)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/review\/[0-9a-f-]{36}$/))
  const asked = fake.calls.findLast((call) => call.name === 'queue.batch')?.input
  expect(window.location.hash).toBe(`#/review/${(asked as { from: string }).from}`)
})

test('Enter right after a lane’s digit opens that lane’s first scan, not the one still on screen', async () => {
  const { fake, user } = open()
  await selectedName()
  const goOn = fake.hold()
  await user.keyboard('7i{Enter}')
  goOn()
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/review\//))
  const opened = window.location.hash.slice('#/review/'.length)
  expect(fake.practice.reads.filter((read) => read.sessionId === opened).length).toBeGreaterThan(1)
  expect(fake.calls.some((call) => call.name === 'patients.get')).toBe(false)
})

test('what was entered for a scan and not decided is there when it is opened again', async () => {
  const { user } = open()
  await selectedName()
  await user.keyboard('{Enter}')
  const note = () => screen.findByLabelText<HTMLTextAreaElement>('Note')
  await note()
  await user.keyboard('2e')
  await waitFor(async () => expect(document.activeElement).toBe(await note()))
  await user.keyboard('chewies on 22{Escape}{Escape}')
  await selectedName()
  await user.keyboard('{Enter}')
  expect((await note()).value).toBe('chewies on 22')
  const minor = screen.getByRole('radio', { name: 'minor deviation' })
  expect(minor.getAttribute('aria-checked')).toBe('true')
})

test('locking loses nothing of what was entered: it is there again, with when it was', async () => {
  const { fake, user } = open()
  await selectedName()
  await user.keyboard('{Enter}')
  const note = () => screen.findByLabelText<HTMLTextAreaElement>('Note')
  await note()
  await user.keyboard('2e')
  await waitFor(async () => expect(document.activeElement).toBe(await note()))
  await user.keyboard('chewies on 22{Control>}{Shift>}l{/Shift}{/Control}')
  await screen.findByRole('heading', { name: /is locked/ })
  act(() => fake.setApp({ phase: 'ready' }))
  expect((await note()).value).toBe('chewies on 22')
  expect(screen.getByText(/^Entered on .* and not decided\.$/)).toBeDefined()
  await user.keyboard('1')
  expect(screen.queryByText(/and not decided/)).toBeNull()
})

test('whoever comes back after locking goes on with the same case of the same batch; somebody else starts afresh', async () => {
  const { fake, user } = open()
  await selectedName()
  await user.keyboard('{Enter}')
  await screen.findByText(/Case 1 of \d\d/)
  const count = /of (\d+)/.exec(screen.getByText(/Case 1 of/).textContent)?.[1]
  await user.keyboard('nn')
  await screen.findByText(new RegExp(`Case 3 of ${count}`))
  await user.keyboard('{Control>}{Shift>}l{/Shift}{/Control}')
  await screen.findByRole('heading', { name: /is locked/ })
  act(() => fake.setApp({ phase: 'ready' }))
  await screen.findByText(new RegExp(`Case 3 of ${count}`))
  // Another scan that is chosen then is the one that opens, though the batch holds the former one too.
  await user.keyboard('{Escape}')
  await selectedName()
  await user.keyboard('{Home}{Enter}')
  await screen.findByText(/Case 1 of/)
  await user.keyboard('{Escape}')
  await selectedName()
  await user.keyboard('2')
  await waitFor(() => expect(screen.getByRole('button', { name: /Flagged/, current: true })).toBeDefined())
  act(() => fake.setApp({ phase: 'locked' }))
  const account = { person: FAKE_PEOPLE[1]!, practice: FAKE_PRACTICE }
  act(() => fake.setApp({ phase: 'ready', account }))
  await waitFor(() => expect(screen.getByRole('button', { name: /All waiting/, current: true })).toBeDefined())
})

test('letters typed in the search are letters, and the rows follow', async () => {
  const { user } = open()
  await selectedName()
  await user.keyboard('/')
  await user.keyboard('okafor')
  await waitFor(async () => expect(await selectedName()).toBe('Okafor, Adaeze'))
  expect(window.location.hash).toBe('#/')
})

test('lanes answer to digits, and an empty one says so', async () => {
  const { user } = open({ sessionCount: 3 })
  await selectedName()
  await user.keyboard('7')
  expect(await screen.findByText('No scans in this lane')).toBeDefined()
})

test('an unreadable store is an alert with a way on', async () => {
  const { fake } = open()
  await selectedName()
  fake.fail('queue.page', 'internal')
  fake.emit('store.changed', { patients: false, sessions: true, reads: false, practice: false })
  expect((await screen.findByRole('alert')).textContent).toMatch(/could not be read/)
  expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined()
})

test('offline is said in words, with what waits', async () => {
  open({ sync: { connection: 'offline', reason: 'server.unreachable', waitingCount: 3 } })
  expect(await screen.findByText(/no connection to the server/i)).toBeDefined()
  expect(await screen.findByText('3 changes waiting')).toBeDefined()
})

const FLAGGED = { is: 'flagged' } as const

test('the help sheet lists every command that has a key', async () => {
  const { fake, user } = open()
  // A lane for each of the keys that lanes of the practice's own have.
  const lanes = Array.from({ length: 6 }, (_, n) => ({ id: `l${n}`, name: `Lane ${n}`, conditions: [FLAGGED] }))
  Object.assign(fake.shared.rules, { lanes })
  await selectedName()
  await screen.findByText('Lane 5')
  await user.keyboard('?')
  const sheet = await screen.findByRole('dialog')
  for (const id of COMMAND_IDS.filter((known) => commandSpec(known).keys.length > 0))
    expect(sheet.querySelector(`[data-command="${id}"]`), id).not.toBeNull()
})

test('the window’s title never names a patient', async () => {
  open()
  const name = await selectedName()
  expect(document.title).not.toContain(name)
})
