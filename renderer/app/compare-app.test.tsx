// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openPort } from '../ports/bridge.ts'
import { makeFakeBridge } from '../ports/fake-bridge.ts'
import {
  FOLLOW_CHANNEL,
  type FromFollower,
  type FromMain,
  type Shown,
} from '../screens/review/compare/follow-messages.ts'
import { alignedAs } from '../screens/review/compare/testing.ts'
import { CompareApp } from './compare-app.tsx'

/** The main window of this test: what it hears is written down. */
const main = {} as { channel: BroadcastChannel; heard: FromFollower[] }
const said = (message: FromMain) => main.channel.postMessage(message)
/** A main window that is there holds its lock; this lets go. */
const locks = { end: () => {} }

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('fetch', async () => new Response(null, { status: 404 }))
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  Object.defineProperty(navigator, 'locks', {
    configurable: true,
    value: {
      request: (_name: string, _how: unknown, work: () => void) =>
        new Promise<void>((resolve) => {
          locks.end = () => {
            work()
            resolve()
          }
        }),
    },
  })
  main.heard = []
  main.channel = new BroadcastChannel(FOLLOW_CHANNEL)
  main.channel.addEventListener('message', ({ data }: MessageEvent<FromFollower>) => {
    if (data.kind !== 'alive') main.heard.push(data)
  })
})
afterEach(() => {
  cleanup()
  main.channel.close()
  vi.unstubAllGlobals()
})

async function open() {
  const fake = makeFakeBridge({ sessionCount: 3 })
  const [patient, other] = fake.practice.patients
  const newestOf = (of: typeof patient) => fake.practice.sessions.findLast((one) => one.patientId === of?.id)!
  const [session, next] = [newestOf(patient), newestOf(other)]
  const close = vi.fn<() => void>()
  render(<CompareApp port={openPort(fake)} close={close} />)
  await waitFor(() => expect(main.heard).toEqual([{ kind: 'hello' }]))
  const shown: Shown = {
    sessionId: session.id,
    view: 'frontal',
    priorId: null,
    overlay: 'none',
    swipeAt: 0.5,
    blinking: false,
    look: { zoom: 1, x: 0.5, y: 0.5 },
  }
  return { fake, session, next, shown, close, user: userEvent.setup() }
}

test('it shows the case that is on screen in the main window, and follows it', async () => {
  const { shown, next } = await open()
  expect(screen.getByText('No case is open')).toBeDefined()
  said({ kind: 'shown', shown })
  await screen.findByRole('heading', { name: 'Okafor, Adaeze' })
  await screen.findByRole('group', { name: 'Frontal over time' })
  said({ kind: 'shown', shown: { ...shown, sessionId: next.id, view: 'buccal_left' } })
  await screen.findByRole('heading', { name: 'Lindqvist, Tove' })
  await screen.findByRole('group', { name: 'Left buccal over time' })
  said({ kind: 'shown', shown: null })
  await screen.findByText('No case is open')
})

test('how the pair lies it hears from the main window: nothing is computed twice', async () => {
  const { shown, session, fake } = await open()
  const prior = fake.practice.sessions.find((one) => one.patientId === session.patientId && one.id !== session.id)
  const photoOf = (of: typeof prior) => of!.images.find((image) => image.view === 'frontal')!.photo!.hash
  const pair = { current: photoOf(session), prior: photoOf(prior), view: 'frontal' as const }
  said({ kind: 'shown', shown })
  said({ kind: 'pair', known: { pair, alignment: alignedAs(pair), nudge: null } })
  await screen.findByText('lined up 0.94, sure')
  expect(fake.calls.filter((call) => call.name === 'align.save')).toEqual([])
})

test('its keys are the main window’s, pressed and let go; Tab and a focused button stay here', async () => {
  const { shown, user } = await open()
  said({ kind: 'shown', shown })
  const strip = within(await screen.findByRole('group', { name: 'Frontal over time' }))
  await user.keyboard('{b>}{/b}')
  await waitFor(() =>
    expect(main.heard.slice(1)).toMatchObject([
      { kind: 'key', pressed: { type: 'keydown', key: 'b', repeat: false } },
      { kind: 'key', pressed: { type: 'keyup', key: 'b' } },
    ]),
  )
  await user.tab()
  expect(document.activeElement?.tagName).toBe('BUTTON')
  await user.keyboard('{Enter}')
  const [oldest] = strip.getAllByRole('button')
  expect(oldest).toBeDefined()
  await waitFor(() => expect(main.heard.at(-1)).toMatchObject({ kind: 'pin' }))
  expect(main.heard).toHaveLength(4)
})

test('locking takes everything of the patient off it, and closes it', async () => {
  const { shown, fake, close } = await open()
  said({ kind: 'shown', shown })
  await screen.findByRole('heading', { name: 'Okafor, Adaeze' })
  act(() => fake.setApp({ phase: 'locked' }))
  expect(screen.queryByText('Okafor, Adaeze')).toBeNull()
  expect(document.querySelector('canvas')).toBeNull()
  await waitFor(() => expect(close).toHaveBeenCalledOnce())
})

test('with the last main window it goes too, however that one ended', async () => {
  const { shown, close } = await open()
  said({ kind: 'shown', shown })
  await screen.findByRole('heading', { name: 'Okafor, Adaeze' })
  act(() => locks.end())
  await screen.findByText('The main window is closed')
  expect(document.querySelector('canvas')).toBeNull()
  await waitFor(() => expect(close).toHaveBeenCalledOnce())
})

test('what is no message of the main window changes nothing', async () => {
  const { shown } = await open()
  said({ kind: 'shown', shown })
  await screen.findByRole('heading', { name: 'Okafor, Adaeze' })
  main.channel.postMessage({ kind: 'shown', shown: { sessionId: 'nobody' } })
  said({ kind: 'shown', shown: { ...shown, view: 'buccal_left' } })
  expect(await screen.findByRole('group', { name: 'Left buccal over time' })).toBeDefined()
})
