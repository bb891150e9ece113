// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CommandsProvider } from '../../commands/commands-context.tsx'
import { openPort } from '../../ports/bridge.ts'
import { makeFakeBridge } from '../../ports/fake-bridge.ts'
import { LiveStateProvider, useLiveState } from '../../ports/live-state.tsx'
import { PortProvider } from '../../ports/port-context.tsx'
import { ReviewScreen } from './review-screen.tsx'

const loaded = new Set<string>()
/** The machine may be busy. */
const PATIENCE = { timeout: 10_000 }

beforeEach(() => {
  loaded.clear()
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  // Every photo is there and decodes: jsdom has no workers, so the window does it itself.
  vi.stubGlobal('fetch', async (url: string) => {
    loaded.add(url)
    return new Response('pixels', { headers: { 'content-type': 'image/jpeg' } })
  })
  vi.stubGlobal('createImageBitmap', async () => ({ width: 512, height: 384, close: () => undefined }))
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('a case that was only fetched and decoded ahead is neither claimed nor told as displayed', async () => {
  const fake = makeFakeBridge({ sessionCount: 14 })
  vi.spyOn(fake, 'photoUrl').mockImplementation((hash, size) => `photo/${hash}/${size}`)
  const sessions = fake.practice.patients
    .map((patient) => fake.practice.sessions.findLast((one) => one.patientId === patient.id))
    .filter((one) => one !== undefined)
  const [first, second] = sessions
  if (first === undefined || second === undefined) throw new Error('two cases are needed')
  const batch = [first.id, second.id]
  function Ready() {
    return useLiveState().app === null ? null : <ReviewScreen batch={batch} start={first!.id} onClose={() => {}} />
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
  await screen.findByRole('complementary', { name: 'Tags and decision' }, PATIENCE)
  const ahead: string[] = second.images.flatMap((image) => image.photo?.hash ?? [])
  const isLoaded = (hash: string) => loaded.has(`photo/${hash}/512`)
  await waitFor(() => expect(ahead.every(isLoaded)).toBe(true), PATIENCE)
  // Long enough on screen to count: a frame and more.
  await waitFor(
    () => expect(first.images.flatMap((image) => image.photo?.hash ?? []).every(isLoaded)).toBe(true),
    PATIENCE,
  )
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))

  const told = () =>
    fake.calls.flatMap(({ name, input }) =>
      name === 'review.displayed' ? (input as { displayed: { sessionId: string; photo: string }[] }).displayed : [],
    )
  const claims = () => fake.calls.filter(({ name }) => name === 'review.onScreen').map(({ input }) => input)
  expect(claims()).toContainEqual({ sessionId: first.id })
  expect(claims()).not.toContainEqual({ sessionId: second.id })
  await userEvent.setup().keyboard('n')
  await waitFor(() => expect(told().length).toBeGreaterThan(0), PATIENCE)
  expect(told().some(({ sessionId }) => sessionId === first.id)).toBe(true)
  expect(told().filter(({ sessionId, photo }) => sessionId === second.id || ahead.includes(photo))).toEqual([])
})
