// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'
import { openPort } from '../ports/bridge.ts'
import { makeFakeBridge } from '../ports/fake-bridge.ts'
import { FAKE_PEOPLE, FAKE_PRACTICE } from '../ports/fake-practice.ts'

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

const [ALMA, COLLEAGUE] = FAKE_PEOPLE.filter(({ roles }) => roles.includes('clinician'))

function open() {
  const fake = makeFakeBridge({ sessionCount: 12, app: { signInExpired: true } })
  render(<App port={openPort(fake)} />)
  const signedIn = (person: typeof ALMA) =>
    act(() => fake.setApp({ signInExpired: false, account: { person: person!, practice: FAKE_PRACTICE } }))
  return { fake, user: userEvent.setup(), signedIn }
}
const note = () => screen.findByLabelText<HTMLTextAreaElement>('Note')

async function enterSomething(user: ReturnType<typeof userEvent.setup>) {
  await waitFor(() => expect(document.querySelector('[role="row"][aria-selected="true"]')).not.toBeNull())
  await user.keyboard('{Enter}')
  await note()
  await user.keyboard('2e')
  await waitFor(async () => expect(document.activeElement).toBe(await note()))
  await user.keyboard('chewies on 22')
}

test('whoever signs in where a colleague’s sign-in has ended finds nothing that the colleague had entered', async () => {
  const { fake, user, signedIn } = open()
  fake.fail('review.keepDraft', 'store.full') // the window alone has it, and would try again
  await enterSomething(user)
  fake.fail('review.keepDraft', null)
  // The host gives everybody their own alone; what the window still has must not stand in for it.
  const before = fake.calls.length
  const opened = window.location.hash
  signedIn(COLLEAGUE)
  await screen.findByRole('heading', { level: 1, name: 'Scans to review' }) // and not in the colleague's case
  window.location.hash = opened
  await waitFor(async () => expect((await note()).value).toBe(''))
  expect(fake.calls.slice(before).filter(({ name }) => name === 'review.keepDraft')).toEqual([])
})

test('whoever signs in again goes on in the middle of a word', async () => {
  const { user, signedIn } = open()
  await enterSomething(user)
  signedIn(ALMA)
  expect((await note()).value).toBe('chewies on 22')
  expect(document.activeElement).toBe(await note())
})

test('whoever signs in after somebody else begins at the queue, and whoever unlocks goes on where they were', async () => {
  const { fake, user } = open()
  await enterSomething(user)
  act(() => fake.setApp({ phase: 'locked', account: null }))
  await screen.findByRole('heading', { name: /is locked/ })
  act(() => fake.setApp({ phase: 'ready', account: { person: ALMA!, practice: FAKE_PRACTICE } }))
  await note()
  act(() => fake.setApp({ phase: 'signed-out', account: null }))
  await screen.findByRole('heading', { name: 'Sign in' })
  const before = fake.calls.length
  act(() => fake.setApp({ phase: 'ready', account: { person: COLLEAGUE!, practice: FAKE_PRACTICE } }))
  await screen.findByRole('heading', { level: 1, name: 'Scans to review' })
  expect(fake.calls.slice(before).filter(({ name }) => name === 'review.open')).toEqual([])
})
