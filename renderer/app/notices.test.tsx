// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { App } from './app.tsx'
import { listNotices } from './notices.ts'
import { stubWindow } from './testing.ts'
import { openPort } from '../ports/bridge.ts'
import { type FakeOptions, makeFakeBridge } from '../ports/fake-bridge.ts'
import { LANGUAGES } from '../text/table.ts'
import type { SyncStatus } from '../../preload/contract/app-state.ts'

beforeEach(() => {
  stubWindow()
  window.location.hash = '#/settings/computer'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const HOUR_MS = 3_600_000
const CALM: SyncStatus = {
  connection: 'online',
  reason: null,
  pulling: false,
  waitingCount: 0,
  needsAttentionCount: 0,
  lastSyncedAtMs: 1,
  photosWaitingCount: 0,
  photosLeftMs: null,
  copying: null,
  confirmCount: 0,
  clockAheadMs: null,
  lowDisk: false,
}
const refusedFor = (reason: SyncStatus['reason']) => ({ ...CALM, connection: 'refused', reason }) as const
const idsOf = (sync: SyncStatus, signInExpired = false) => listNotices({ signInExpired }, sync).map(({ id }) => id)

function open(options: FakeOptions = {}) {
  const fake = makeFakeBridge({ sessionCount: 12, ...options })
  render(<App port={openPort(fake)} />)
  return { fake, user: userEvent.setup() }
}
const bar = () => screen.findByRole('contentinfo', { name: 'Status' })

describe('what is told', () => {
  test.each([
    ['server.certificate', 'certificate'],
    ['server.not-loupe', 'not-loupe'],
    ['server.silent', 'silent'],
    ['store.full', 'disk-full'],
    ['store.read-only', 'read-only'],
    ['sync.too-old', 'too-old'],
    ['sync.server-too-old', 'server-too-old'],
    ['auth.required', 'signed-out'],
    ['auth.no-practice', 'refused'],
  ] as const)('%s has a notice', (reason, id) => {
    expect(idsOf(refusedFor(reason))).toEqual([id])
  })

  test('nothing when all is well, nor on an ordinary offline day', () => {
    expect(idsOf(CALM)).toEqual([])
    expect(idsOf({ ...CALM, connection: 'offline', reason: 'server.unreachable' })).toEqual([])
    expect(idsOf({ ...CALM, connection: 'offline', reason: 'server.busy' })).toEqual([])
  })

  test('an old reason is not told once the server lets this computer in', () => {
    expect(idsOf({ ...CALM, reason: 'sync.too-old' })).toEqual([])
  })

  test('what puts work at risk comes first, an inexact clock late', () => {
    const sync = { ...refusedFor('store.read-only'), lowDisk: true, clockAheadMs: -50 * HOUR_MS }
    expect(idsOf(sync, true)).toEqual(['read-only', 'signed-out', 'low-disk', 'clock'])
  })

  test('only what puts nobody’s work at risk may be hidden', () => {
    const everything = [
      ...listNotices({ signInExpired: true }, { ...CALM, lowDisk: true, clockAheadMs: HOUR_MS }),
      ...(['store.full', 'store.read-only', 'server.certificate', 'server.silent', 'sync.too-old'] as const).flatMap(
        (reason) => listNotices({ signInExpired: false }, refusedFor(reason)),
      ),
    ]
    const hideable = everything.filter(({ mayHide }) => mayHide).map(({ id }) => id)
    expect(hideable.toSorted()).toEqual(['clock', 'low-disk', 'silent'])
  })
})

test('too old: what it means, what is kept, what to do; the way out is there only when something is unsent', async () => {
  const { fake, user } = open({ sync: refusedFor('sync.too-old') })
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toMatch(/too old.*kept and still sent.*nothing new arrives.*Update Loupe/)
  expect(within(alert).queryByRole('button')).toBeNull()
  fake.setSync({ waitingCount: 2 })
  await user.click(await screen.findByRole('button', { name: 'Export unsent work' }))
  expect(await screen.findByRole('heading', { level: 2, name: 'Unsent work' })).toBeDefined()
  // There already, it leads nowhere else.
  expect(within(screen.getByRole('alert')).queryByRole('button')).toBeNull()
  fake.setSync({ connection: 'refused', reason: 'sync.server-too-old' })
  expect(await screen.findByText(/newer than your practice’s server.*once the server has been updated/)).toBeDefined()
})

test.each([
  [-50 * HOUR_MS, /clock is 2 days behind/],
  [3 * HOUR_MS, /clock is 3 hours ahead/],
  [7 * 60_000, /clock is 7 minutes ahead/],
])('a clock that is off by %d ms is said in words', async (clockAheadMs, words) => {
  open({ sync: { clockAheadMs } })
  expect(await screen.findByText(words)).toBeDefined()
})

test('hidden, it stays in the status bar; over and back, it is told again', async () => {
  const { fake, user } = open({ sync: { lowDisk: true } })
  const said = /Less than 500 MB are free/
  expect(await screen.findByText(said)).toBeDefined()
  expect(within(await bar()).queryByRole('button', { name: /Little disk space/ })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Hide this notice' }))
  expect(screen.queryByText(said)).toBeNull()
  await user.click(within(await bar()).getByRole('button', { name: /Little disk space/ }))
  expect(within(await screen.findByRole('dialog')).getByText(said)).toBeDefined()
  await user.keyboard('{Escape}')
  fake.setSync({ lowDisk: false })
  await waitFor(() => expect(screen.queryByText(/Little disk space/)).toBeNull())
  fake.setSync({ lowDisk: true })
  expect(await screen.findByText(said)).toBeDefined()
})

test('one line at a time; Alt+0 shows them all, and each way out works from there', async () => {
  const { user } = open({ sync: { ...refusedFor('server.certificate'), lowDisk: true, clockAheadMs: -50 * HOUR_MS } })
  expect((await screen.findByRole('alert')).textContent).toMatch(/certificate/)
  expect(screen.queryByText(/Less than 500 MB/)).toBeNull()
  expect(within(await bar()).getByRole('button', { name: 'Little disk space +1' })).toBeDefined()
  await user.keyboard('{Alt>}0{/Alt}')
  const sheet = await screen.findByRole('dialog', { name: 'Notices' })
  expect(within(sheet).getAllByRole('listitem')).toHaveLength(3)
  await user.click(within(sheet).getByRole('button', { name: 'Open storage settings' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(await screen.findByRole('heading', { level: 2, name: 'Storage' })).toBeDefined()
})

test('an ended sign-in is one click away from a new one', async () => {
  const { fake, user } = open({ app: { signInExpired: true }, sync: refusedFor('auth.required') })
  await user.click(await screen.findByRole('button', { name: 'Sign in again' }))
  expect(await screen.findByText(/this window goes on by itself/)).toBeDefined()
  fake.setApp({ signInExpired: false })
  fake.setSync(CALM)
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Sign in again' })).toBeNull())
})

test('a sign-in that ends once more is said anew, and not as one that the browser is still asked for', async () => {
  const { fake, user } = open({ app: { signInExpired: true } })
  await user.click(await screen.findByRole('button', { name: 'Sign in again' }))
  await screen.findByText(/this window goes on by itself/)
  act(() => fake.setApp({ signInExpired: false }))
  act(() => fake.setApp({ signInExpired: true }))
  expect(await screen.findByText(/^Your sign-in has ended/)).toBeDefined()
  expect(screen.queryByText(/this window goes on by itself/)).toBeNull()
})

test('instructions that wait for their author come before what may be hidden, after what is urgent', async () => {
  const { fake } = open({ sync: { lowDisk: true, confirmCount: 2, needsAttentionCount: 2 }, attentionCount: 2 })
  expect(await screen.findByText(/instructions to patients/i)).toBeDefined()
  expect(screen.queryByText(/Less than 500 MB/)).toBeNull()
  fake.setSync(refusedFor('server.certificate'))
  fake.setSync({ confirmCount: 2, needsAttentionCount: 2 })
  expect((await screen.findByRole('alert')).textContent).toMatch(/certificate/)
  expect(screen.queryByText(/instructions to patients/i)).toBeNull()
  expect(within(await bar()).getByRole('link', { name: /2 need attention, 2 to confirm/ })).toBeDefined()
})

test('in review no line takes room from the photos: the status bar says it', async () => {
  window.location.hash = '#/review/00000004-0000-7000-8000-000000000001'
  open({ sync: refusedFor('server.certificate') })
  expect(await within(await bar()).findByRole('button', { name: 'Server not trusted' })).toBeDefined()
  expect(screen.queryByText(/certificate is not one/)).toBeNull()
})

test.each(LANGUAGES)('in %s every notice and the sheet of them are accessible', async (language) => {
  const { user } = open({
    settings: { language },
    app: { signInExpired: true },
    sync: { ...refusedFor('sync.too-old'), waitingCount: 2, lowDisk: true, clockAheadMs: 50 * HOUR_MS },
  })
  await screen.findByRole('alert')
  await expectAccessible()
  await user.keyboard('{Alt>}0{/Alt}')
  await screen.findByRole('dialog')
  await expectAccessible()
})

/** Colours need a real browser; everything else is checked here. */
async function expectAccessible() {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}
