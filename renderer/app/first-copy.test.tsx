// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'
import { openPort } from '../ports/bridge.ts'
import { type FakeOptions, makeFakeBridge } from '../ports/fake-bridge.ts'
import { LANGUAGES } from '../text/table.ts'

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

const COPYING = { first: true, rowsDone: 12_340, rowsTotal: 98_000, leftMs: 130_000 }

function open(options: FakeOptions = {}) {
  const fake = makeFakeBridge({ sessionCount: 12, ...options })
  render(<App port={openPort(fake)} />)
  return { fake, user: userEvent.setup() }
}
const strip = () => screen.findByRole('region', { name: 'First copy of the practice' })

test('the strip says how far it is, and the queue works meanwhile', async () => {
  const { user } = open({ sync: { copying: COPYING, photosWaitingCount: 1204, photosLeftMs: 190_000 } })
  expect((await strip()).textContent).toMatch(/12,340 of 98,000 entries.*1,204 photos to come.*about 4 minutes left/)
  expect(screen.getAllByRole('progressbar')[0]?.ariaValueNow).toBe('12')
  await waitFor(() => expect(document.querySelector('[role="row"][aria-selected="true"]')).not.toBeNull())
  await user.keyboard('{Enter}')
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/review\//))
})

test('without the server it is paused, says that it goes on, and promises no time', async () => {
  open({ sync: { copying: COPYING, connection: 'offline', reason: 'server.unreachable' } })
  const words = (await strip()).textContent
  expect(words).toMatch(/Paused: goes on where it stopped when the server is back/)
  expect(words).not.toMatch(/left/)
})

test('before the server has been asked nothing is called offline or paused', async () => {
  open({ sync: { copying: COPYING, connection: 'offline', reason: null } })
  expect((await strip()).textContent).not.toMatch(/Paused/)
  expect(screen.getAllByText('Connecting').length).toBeGreaterThan(0)
  expect(screen.queryByText(/No connection/)).toBeNull()
})

test('entries first, then their photos; gone when both are here, and photos of later scans do not bring it back', async () => {
  const { fake } = open({ sync: { copying: COPYING, photosWaitingCount: 900 } })
  await strip()
  act(() => fake.setSync({ copying: null, photosWaitingCount: 450, photosLeftMs: 20_000 }))
  await waitFor(async () => expect((await strip()).textContent).toMatch(/98,000 of 98,000.*450.*less than a minute/))
  expect(screen.getAllByRole('progressbar')[0]?.ariaValueNow).toBe('50')
  act(() => fake.setSync({ photosWaitingCount: 0, photosLeftMs: null }))
  await waitFor(() => expect(screen.queryByRole('region', { name: /First copy/ })).toBeNull())
  act(() => fake.setSync({ photosWaitingCount: 5 }))
  expect(await screen.findByText('5 photos arriving')).toBeDefined()
  expect(screen.queryByRole('region', { name: /First copy/ })).toBeNull()
})

test('an empty queue shows the copy in its place instead of saying that there are no scans', async () => {
  open({ sessionCount: 0, sync: { copying: COPYING, lastSyncedAtMs: null } })
  expect(await screen.findByText('The practice is being copied to this computer')).toBeDefined()
  expect(screen.getAllByRole('progressbar')).toHaveLength(1)
  expect(screen.queryByText(/No scans/)).toBeNull()
})

test('a later fresh copy is a figure in the status bar only', async () => {
  open({ sync: { copying: { ...COPYING, first: false } } })
  expect(await screen.findByText('Copying the practice, 12%')).toBeDefined()
  expect(screen.queryByRole('region', { name: /First copy/ })).toBeNull()
})

test('a hundred changes a second are not read aloud a hundred times', async () => {
  const { fake } = open({ sync: { copying: COPYING, photosWaitingCount: 10 } })
  const aloud = (await strip()).querySelector('[role="status"]')
  const heard: (string | null)[] = []
  const watcher = new MutationObserver(() => heard.push(aloud?.textContent ?? null))
  if (aloud !== null) watcher.observe(aloud, { childList: true, characterData: true, subtree: true })
  for (let done = 13_000; done < 98_000; done += 850) {
    act(() => fake.setSync({ copying: { ...COPYING, rowsDone: done } }))
  }
  await waitFor(async () => expect((await strip()).textContent).toMatch(/97,150 of/))
  watcher.disconnect()
  expect(heard.length).toBeLessThanOrEqual(2)
})

test.each(LANGUAGES)('in %s strip and empty state are accessible', async (language) => {
  const sync = { copying: COPYING, photosWaitingCount: 7, photosLeftMs: 5000 }
  open({ settings: { language }, sync })
  await waitFor(() => expect(screen.getAllByRole('progressbar')).toHaveLength(1))
  await expectAccessible()
  cleanup()
  open({ settings: { language }, sync: { ...sync, connection: 'offline', reason: 'server.busy' }, sessionCount: 0 })
  await waitFor(() => expect(screen.getAllByRole('progressbar')).toHaveLength(1))
  await expectAccessible()
})

/** Colours need a real browser; everything else is checked here. */
async function expectAccessible() {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}
