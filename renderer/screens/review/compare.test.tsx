// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Alignment } from '../../../preload/contract/alignment.ts'
import type { CallName } from '../../../preload/contract/ipc.ts'
import type { CheckFlag } from '../../../preload/contract/photo-check.ts'
import { VIEWS, type View } from '../../../server/contract/domain/views.ts'
import { CommandsProvider } from '../../commands/commands-context.tsx'
import { openPort } from '../../ports/bridge.ts'
import { type FakeOptions, makeFakeBridge } from '../../ports/fake-bridge.ts'
import { LiveStateProvider, useLiveState } from '../../ports/live-state.tsx'
import { PortProvider } from '../../ports/port-context.tsx'
import { FOLLOW_CHANNEL, type FromFollower, type FromMain } from './compare/follow-messages.ts'
import { alignedAs } from './compare/testing.ts'
import { ReviewScreen } from './review-screen.tsx'

/** What the store of this workstation knows of the photos of one case before the screen opens. */
type Known = {
  readonly at?: number
  readonly alignments?: Partial<Record<View, Partial<Alignment>>>
  readonly doubts?: Partial<Record<View, readonly CheckFlag[]>>
  readonly options?: FakeOptions
}

beforeEach(() => {
  // jsdom measures nothing: every place has this size, so that photos lie somewhere.
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
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
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function open({ at = 0, alignments = {}, doubts = {}, options = {} }: Known = {}) {
  const fake = makeFakeBridge({ sessionCount: 14, ...options })
  const scansOf = (patient: number) =>
    fake.practice.sessions.filter((session) => session.patientId === fake.practice.patients[patient]?.id)
  const batch = fake.practice.patients.map((_patient, i) => scansOf(i).at(-1)!.id)
  const [current, ...priors] = scansOf(at).toReversed()
  for (const view of VIEWS) {
    const photo = current?.images.find((image) => image.view === view)?.photo
    if (photo == null) continue
    for (const prior of priors) {
      const earlier = prior.images.find((image) => image.view === view)?.photo
      const change = alignments[view]
      if (earlier == null || change === undefined) continue
      await fake.call('align.save', alignedAs({ current: photo.hash, prior: earlier.hash, view }, change))
    }
    const flags = (doubts[view] ?? []).map((flag) => ({ flag, confidence: 0.8 }))
    await fake.call('checks.save', { hash: photo.hash, view, recipe: 1, flags, looksLike: null, aligners: 'unknown' })
  }
  function Ready() {
    return useLiveState().app === null ? null : <ReviewScreen batch={batch} start={batch[at]!} onClose={() => {}} />
  }
  render(
    <PortProvider port={openPort(fake)}>
      <LiveStateProvider>
        <CommandsProvider singleKeys keys={{}}>
          <Ready />
        </CommandsProvider>
      </LiveStateProvider>
    </PortProvider>,
  )
  await screen.findByRole('complementary', { name: 'Tags and decision' })
  const shown = () => document.querySelector<HTMLElement>('[data-stage="shown"]')!
  const asked = (name: CallName) => fake.calls.filter((call) => call.name === name).map((call) => call.input)
  return { fake, user: userEvent.setup(), stage: () => within(shown()), shown, asked, priors, batch }
}
/** The place of one view in a montage. */
const cellOf = (shown: HTMLElement, view: View) => shown.querySelector<HTMLElement>(`[data-view="${view}"]`)!

const NOT_COMPARABLE = { verdict: 'not_comparable', reason: 'other_bite', confidence: 0.1, transform: null } as const

test('how sure the fit is stands on the photo in words and a figure; what is not comparable says why', async () => {
  const { stage } = await open({
    alignments: { frontal: {}, occlusal_upper: { confidence: 0.55, arch: 'upper' }, buccal_left: NOT_COMPARABLE },
  })
  await stage().findByText('lined up 0.94, sure')
  await stage().findByText('lined up 0.55, fairly sure')
  expect(stage().getByText('upper teeth only')).toBeDefined()
  await stage().findByText('not comparable: the bite differs')
})

test('a pair that nothing can line up stays side by side and says so', async () => {
  const { stage } = await open()
  await waitFor(() => expect(stage().getAllByText('not lined up')).toHaveLength(5))
})

test('difference lies over what is lined up, and leaves what is not as it was', async () => {
  const { user, shown, stage } = await open({ alignments: { frontal: {}, buccal_left: NOT_COMPARABLE } })
  await stage().findByText('lined up 0.94, sure')
  await user.keyboard('d')
  expect(within(cellOf(shown(), 'frontal')).getByText('difference to the earlier photo')).toBeDefined()
  const other = within(cellOf(shown(), 'buccal_left'))
  expect(other.queryByText('difference to the earlier photo')).toBeNull()
  expect(other.getByText('shown side by side')).toBeDefined()
  await user.keyboard('d')
  expect(stage().queryByText('difference to the earlier photo')).toBeNull()
})

test('the swipe line is of the chosen view alone; the arrows move it and leave the view', async () => {
  const { user, stage, shown } = await open({ alignments: { frontal: {}, occlusal_upper: {} } })
  await stage().findAllByText('lined up 0.94, sure')
  await user.keyboard('w')
  const line = stage().getByRole('slider', { name: /Swipe line/ })
  expect(line.getAttribute('aria-valuenow')).toBe('50')
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}')
  expect(line.getAttribute('aria-valuenow')).toBe('52')
  expect(cellOf(shown(), 'frontal').dataset['active']).toBe('true')
  await user.keyboard('d')
  expect(stage().queryByRole('slider')).toBeNull()
})

test('B shows the earlier photo while it is down, and nothing else', async () => {
  const { user, shown, stage } = await open({ alignments: { frontal: {} } })
  await stage().findByText('lined up 0.94, sure')
  const kinds = () => [...shown().querySelectorAll<HTMLElement>('[data-warped]')].map((one) => one.dataset['warped'])
  expect(new Set(kinds())).toEqual(new Set(['blink']))
  await user.keyboard('wd')
  await user.keyboard('{b>}')
  expect(new Set(kinds())).toEqual(new Set(['blink']))
  await user.keyboard('{/b}')
  expect(kinds()).toContain('difference')
})

test('Shift and an arrow move the earlier photo; where it was left is kept for the pair, and can be put back', async () => {
  const { user, stage, asked } = await open({ alignments: { frontal: NOT_COMPARABLE } })
  await stage().findByText('not comparable: the bite differs')
  await user.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}')
  await stage().findByText('lined up by hand')
  await waitFor(() => expect(asked('align.nudge')).toHaveLength(1))
  // The photo goes right and down: its point in the middle is further left and up.
  expect(asked('align.nudge')[0]).toMatchObject({ x: expect.any(Number), y: expect.any(Number) })
  const { x, y } = asked('align.nudge')[0] as { x: number; y: number }
  expect([x < 0, y < 0]).toEqual([true, true])
  await user.keyboard('{Shift>}{ArrowLeft}{ArrowLeft}{ArrowUp}{ArrowUp}{/Shift}')
  const last = () => asked('align.nudge').at(-1) as { x: number; y: number }
  await waitFor(() => expect([last().x > 0, last().y > 0]).toEqual([true, true]))
  await user.keyboard('{Shift>}z{/Shift}')
  await stage().findByText('not comparable: the bite differs')
  await waitFor(() => expect(asked('align.nudge').at(-1)).toMatchObject({ x: 0, y: 0 }))
})

test('C walks through the layouts, and the one that was left is remembered', async () => {
  const { user, stage, asked } = await open()
  await user.keyboard('ccc')
  expect(stage().getByRole('group', { name: 'Frontal over time' })).toBeDefined()
  expect(asked('settings.set').at(-1)).toEqual({ name: 'compareLayout', value: 'strip' })
})

test('the screen opens in the layout that was remembered', async () => {
  const { stage } = await open({ options: { settings: { compareLayout: 'strip' } } })
  expect(await stage().findByRole('group', { name: 'Frontal over time' })).toBeDefined()
})

test('any scan of the strip can be pinned, by mouse or key; another case begins with its newest', async () => {
  const { user, stage, priors } = await open({ at: 3, options: { settings: { compareLayout: 'strip' } } })
  const strip = () => within(stage().getByRole('group', { name: 'Frontal over time' }))
  const pressed = () =>
    strip()
      .getAllByRole('button')
      .findIndex((button) => button.ariaPressed === 'true')
  const newest = priors.length - 1
  expect(strip().getAllByRole('button')).toHaveLength(priors.length)
  expect(pressed()).toBe(newest)
  await user.click(strip().getAllByRole('button')[0]!)
  expect(pressed()).toBe(0)
  await user.keyboard(']')
  expect(pressed()).toBe(1)
  expect(document.activeElement?.hasAttribute('data-command-root')).toBe(true)
  await user.keyboard('np')
  await waitFor(() => expect(pressed()).toBe(newest))
})

test('the first scan of a patient says that there is nothing to compare with', async () => {
  const { stage } = await open({ at: 4, options: { settings: { compareLayout: 'strip' } } })
  expect(await stage().findByText('First scan of this patient: nothing earlier to compare with.')).toBeDefined()
})

test('what is doubtful stands on the photo, and one key asks for that view again with its reason', async () => {
  const { user, stage } = await open({ at: 1, doubts: { frontal: ['upside_down'], buccal_left: ['blur'] } })
  await stage().findByText('upside down?')
  await stage().findByText('blurred?')
  await user.keyboard('x')
  const form = within(await screen.findByRole('form', { name: 'Ask for a retake' }))
  const checked = () =>
    form.getAllByRole<HTMLInputElement>('checkbox', { checked: true }).map((box) => box.closest('label')?.textContent)
  expect(checked()).toEqual(['Frontal', 'angle'])
})

test('the button on another photo asks for that one', async () => {
  const { user, shown } = await open({ at: 1, doubts: { frontal: ['upside_down'], buccal_left: ['blur'] } })
  await user.click(await within(cellOf(shown(), 'buccal_left')).findByRole('button', { name: /Ask for a retake/ }))
  const form = within(await screen.findByRole('form', { name: 'Ask for a retake' }))
  expect(form.getByRole<HTMLInputElement>('checkbox', { name: 'Left buccal' }).checked).toBe(true)
  expect(form.getByRole<HTMLInputElement>('checkbox', { name: 'Frontal' }).checked).toBe(false)
})

test('where nothing is doubtful the key says so and opens nothing', async () => {
  const { user } = await open({ at: 1 })
  await user.keyboard('x')
  await screen.findAllByText('Nothing is doubtful about these photos.')
  expect(screen.queryByRole('form')).toBeNull()
})

test('a photo that is not shown as it was taken says so, and one key has all of them back', async () => {
  const { user, stage, shown } = await open()
  await user.keyboard('++{Shift>}f{/Shift}')
  const mark = within(cellOf(shown(), 'frontal')).getByRole('button', { name: /adjusted/ })
  expect(stage().getAllByRole('button', { name: /adjusted/ })).toEqual([mark])
  await user.keyboard('{Backspace}')
  expect(stage().queryByRole('button', { name: /adjusted/ })).toBeNull()
})

test('the second window is asked of the host, and when a browser blocks it that is said', async () => {
  const { user, asked, fake } = await open()
  await user.keyboard('{Shift>}c{/Shift}')
  expect(asked('compare.popOut')).toHaveLength(1)
  fake.fail('compare.popOut', 'internal')
  await user.keyboard('{Shift>}c{/Shift}')
  await screen.findAllByText(/The browser did not open the second window/)
})

test('the second window is told what is on screen and how it lies, and its keys work here', async () => {
  const { stage } = await open({ alignments: { frontal: {} } })
  await stage().findByText('lined up 0.94, sure')
  const heard: FromMain[] = []
  const other = new BroadcastChannel(FOLLOW_CHANNEL)
  other.addEventListener('message', (event: MessageEvent<FromMain>) => heard.push(event.data))
  const press = {
    key: 'w',
    code: 'KeyW',
    repeat: false,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
  }
  try {
    other.postMessage({ kind: 'hello' } satisfies FromFollower)
    await waitFor(() =>
      expect(heard).toMatchObject([
        { kind: 'shown', shown: { view: 'frontal', overlay: 'none' } },
        { kind: 'pair', known: { alignment: { confidence: 0.94 } } },
      ]),
    )
    const pressed = { ...press, type: 'keydown', altGraph: false } as const
    other.postMessage({ kind: 'key', pressed } satisfies FromFollower)
    await stage().findByRole('slider', { name: /Swipe line/ })
    other.postMessage({ kind: 'swipe', at: 0.25 } satisfies FromFollower)
    await waitFor(() => expect(stage().getByRole('slider').getAttribute('aria-valuenow')).toBe('25'))
    await waitFor(() => expect(heard.at(-1)).toMatchObject({ shown: { overlay: 'swipe', swipeAt: 0.25 } }))
  } finally {
    other.close()
  }
})

test('work in the second window is work on the case: its clock goes on, and nothing locks itself', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(false)
  await open()
  window.dispatchEvent(new Event('blur'))
  await screen.findByRole('timer', { name: /paused/ })
  const moved = vi.fn<() => void>()
  window.addEventListener('pointermove', moved)
  const other = new BroadcastChannel(FOLLOW_CHANNEL)
  try {
    other.postMessage({ kind: 'alive', isHere: true } satisfies FromFollower)
    await waitFor(() => expect(screen.queryByRole('timer', { name: /paused/ })).toBeNull())
    expect(moved).toHaveBeenCalled()
    other.postMessage({ kind: 'alive', isHere: false } satisfies FromFollower)
    await screen.findByRole('timer', { name: /paused/ })
  } finally {
    window.removeEventListener('pointermove', moved)
    other.close()
  }
})
