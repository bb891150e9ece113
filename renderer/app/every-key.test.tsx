// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'
import { keyParts } from '../commands/keys.ts'
import { COMMAND_IDS, type CommandId, commandSpec, type Context } from '../commands/table.ts'
import { openPort } from '../ports/bridge.ts'
import { type FakeBridge, makeFakeBridge } from '../ports/fake-bridge.ts'
import { FAKE_PEOPLE, FAKE_PRACTICE } from '../ports/fake-practice.ts'

/**
 * Every verb of the table is pressed by its first key, and something changes that a person or the host notices: words,
 * marks, the focus, the address, a call. A verb that the table gets and this list does not have fails to compile.
 */

/** Pressed before, so that the verb has something to do; or the test that presses it. */
const BEFORE: Readonly<Record<CommandId, readonly string[] | Elsewhere>> = {
  'app.palette': [],
  'app.help': [],
  'app.goQueue': ['Alt+2'],
  'app.goImport': [],
  'app.goSettings': [],
  'app.goAttention': [],
  'app.goStorage': [],
  'app.goUnsent': [],
  'app.notices': [],
  'app.syncNow': [],
  'app.lock': [],
  'app.signOut': [],
  'queue.next': [],
  'queue.previous': ['j'],
  'queue.pageDown': [],
  'queue.pageUp': ['PageDown'],
  'queue.first': ['j'],
  'queue.last': [],
  'queue.open': [],
  'queue.patient': [],
  'queue.search': { file: 'renderer/app/app.test.tsx', test: 'letters typed in the search are letters' },
  'queue.laneWaiting': ['2'],
  'queue.laneFlagged': [],
  'queue.laneOverdue': [],
  'queue.laneFirstScan': [],
  'queue.laneRefinement': [],
  'queue.laneAdjudicate': [],
  'queue.laneReviewed': [],
  'queue.laneAsked': [],
  'queue.laneAll': [],
  'queue.laneOwn1': [],
  'queue.laneOwn2': [],
  'queue.laneOwn3': [],
  'queue.laneOwn4': [],
  'queue.laneOwn5': [],
  'queue.laneOwn6': [],
  'queue.nextLane': [],
  'queue.previousLane': ['2'],
  'queue.sortWait': ['p'],
  'queue.sortSubmitted': [],
  'queue.sortPatient': [],
  'queue.sortStage': [],
  'queue.sortState': [],
  'queue.reverse': [],
  'review.tag': [],
  'review.approve': [],
  'review.message': [],
  'review.next': [],
  'review.previous': ['n'],
  'review.hold': [],
  'review.schedule': [],
  'review.retake': [],
  'review.refer': [],
  'review.undo': ['Shift+a'],
  'review.correctLast': [],
  'review.approveUnseen': [],
  'review.goUnseen': [],
  'review.sameAsLast': [],
  'review.ask': [],
  'review.answer': [],
  'review.questionLook': [],
  'review.goals': [],
  'review.withdraw': [],
  'review.value1': [],
  'review.value2': [],
  'review.value3': [],
  'review.nextScore': [],
  'review.previousScore': ['Tab'],
  'review.nextView': [],
  'review.previousView': [],
  'review.compare': [],
  'review.blink': { file: 'e2e/keyboard.test.ts', test: 'compare, blink, difference, zoom and fit' },
  'review.difference': [],
  'review.swipe': [],
  'review.zoom': [],
  'review.fit': ['z'],
  'review.olderPrior': [],
  'review.newerPrior': ['['],
  'review.nudgeLeft': {
    file: 'renderer/screens/review/compare.test.tsx',
    test: 'Shift and an arrow move the earlier photo',
  },
  'review.nudgeRight': {
    file: 'renderer/screens/review/compare.test.tsx',
    test: 'Shift and an arrow move the earlier photo',
  },
  'review.nudgeUp': {
    file: 'renderer/screens/review/compare.test.tsx',
    test: 'Shift and an arrow move the earlier photo',
  },
  'review.nudgeDown': {
    file: 'renderer/screens/review/compare.test.tsx',
    test: 'Shift and an arrow move the earlier photo',
  },
  'review.resetNudge': {
    file: 'renderer/screens/review/compare.test.tsx',
    test: 'Shift and an arrow move the earlier photo',
  },
  'review.fullScreen': [],
  'review.popOut': [],
  'review.retakeFlagged': [],
  'review.rotateRight': [],
  'review.rotateLeft': [],
  'review.straightenRight': [],
  'review.straightenLeft': [],
  'review.flip': [],
  'review.brighter': [],
  'review.darker': [],
  'review.moreContrast': [],
  'review.lessContrast': [],
  'review.warmer': [],
  'review.cooler': [],
  'review.pickGrey': [],
  'review.pinAdjustments': ['+'],
  'review.resetAdjustments': ['+'],
  'review.takeFirst': [],
  'review.takeSecond': [],
  'review.settle': [],
  'review.correctOwn': [],
  'review.patient': [],
  'review.note': [],
  'review.details': [],
  'review.send': { file: 'e2e/keyboard.test.ts', test: 'a message is written and sent by keys' },
  'review.close': [],
  'import.choose': [],
  'import.next': [],
  'import.previous': ['j'],
  'import.view1': [],
  'import.view2': [],
  'import.view3': [],
  'import.view4': [],
  'import.view5': [],
  'import.noView': ['1'],
  'import.mirrored': [],
  'import.patient': [],
  'import.start': [],
  'attention.next': [],
  'attention.previous': ['j'],
  'attention.first': ['j'],
  'attention.last': [],
  'attention.open': [],
  'attention.confirm': {
    file: 'renderer/app/attention-settling.test.tsx',
    test: 'S asks, only the chord or the button sends',
  },
  'attention.edit': { file: 'renderer/app/attention-settling.test.tsx', test: 'E decides anew' },
  'attention.retry': { file: 'renderer/app/attention.test.tsx', test: 'r sends it again' },
  'attention.discard': [],
  'attention.send': {
    file: 'renderer/app/attention-settling.test.tsx',
    test: 'S asks, only the chord or the button sends',
  },
  'attention.close': { file: 'renderer/app/attention.test.tsx', test: 'Escape leaves, Ctrl+Enter confirms' },
  'settings.yours': ['2'],
  'settings.keys': [],
  'settings.practice': [],
  'settings.agreement': [],
  'settings.storage': [],
  'settings.unsent': [],
  'settings.computer': [],
  'settings.check': [],
  'settings.export': [],
  'settings.close': ['e'],
  'settings.import': [],
}

/** What this list cannot notice without pixels or a case of its own: the test that does. */
type Elsewhere = { readonly file: string; readonly test: string }

const PLACES: Readonly<Record<Context, string>> = {
  global: '/',
  queue: '/',
  review: '/review/',
  import: '/import',
  attention: '/attention',
  settings: '/settings',
}

beforeEach(() => {
  stubWindow()
  // What the window waits for comes as fast as the test lets it (`step`).
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] })
  // Clocks stand still: what changes then was changed by the key.
  vi.stubGlobal('setInterval', () => 0)
  window.addEventListener('click', countPickers)
})
afterEach(() => {
  window.removeEventListener('click', countPickers)
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function open(context: Context): Promise<FakeBridge> {
  const [person] = FAKE_PEOPLE
  const roles = ['clinician', 'practice_admin'] as const
  const account = person === undefined ? null : { practice: FAKE_PRACTICE, person: { ...person, roles: [...roles] } }
  const fake = makeFakeBridge({ sessionCount: 24, attentionCount: 5, app: { account }, sync: { waitingCount: 2 } })
  const lanes = Array.from({ length: 6 }, (_, n) => ({
    id: `l${n}`,
    name: `Lane ${n}`,
    conditions: [{ is: 'flagged' as const }],
  }))
  Object.assign(fake.shared.rules, { lanes })
  // The newest scan of a patient who has earlier ones.
  const session = fake.practice.sessions.findLast(
    (one) => fake.practice.sessions.filter((other) => other.patientId === one.patientId).length > 2,
  )
  if (session === undefined) throw new Error('the fake practice has such a patient')
  window.location.hash = `#${PLACES[context]}${context === 'review' ? session.id : ''}`
  await act(async () => render(<App port={openPort(fake)} />))
  await settled(fake)
  if (context === 'import') await choosePhotos(fake)
  return fake
}

/** Two photos whose names say no view. */
async function choosePhotos(fake: FakeBridge): Promise<void> {
  URL.createObjectURL = () => 'blob:made-up'
  URL.revokeObjectURL = () => undefined
  const field = document.querySelector<HTMLInputElement>('input[type="file"]') ?? document.body
  fireEvent.change(field, { target: { files: ['one.jpg', 'two.jpg'].map((name) => new File([name], name)) } })
  if (!(await until(() => document.querySelectorAll('li img').length === 2))) throw new Error('no photo was taken in')
  await settled(fake)
}

/** Dialogs of the browser for choosing files that were opened: the page does not show them. */
let pickers = 0
const countPickers = (event: Event) => {
  if (event.target instanceof HTMLInputElement && event.target.type === 'file') pickers += 1
}

/** All that can be noticed: the page, the focus, the address, and what the host was asked. */
function look(fake: FakeBridge): string {
  const focus = document.activeElement
  const calls = fake.calls.filter(({ name }) => !QUIET.has(name)).length
  return [
    pickers,
    window.location.hash,
    focus?.tagName,
    focus?.getAttribute('aria-label'),
    focus?.id,
    calls,
    document.body.innerHTML,
  ].join('|')
}
/** Calls of the screen's own accord. */
const QUIET: ReadonlySet<string> = new Set([
  'review.displayed',
  'review.presence',
  'align.find',
  'align.save',
  'checks.find',
  'checks.save',
])

/** Of real time, on a busy machine. */
const PATIENCE_MS = 20_000
/** Of the window's time. */
const STEP_MS = 125
const STILL_STEPS = 4

/** Some of the window's time passes; what is done beside it (a file that is read, a hash) gets its turn too. */
async function step(): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(STEP_MS)
    await nextTurn()
  })
}
const realTimeout = globalThis.setTimeout
const nextTurn = () => new Promise((resolve) => realTimeout(resolve, 5))

/** Not `waitFor`: it looks again by the interval that stands still here. */
async function until(isSo: () => boolean): Promise<boolean> {
  for (const fromMs = performance.now(); performance.now() - fromMs < PATIENCE_MS; await step()) if (isSo()) return true
  return false
}

/** Until half a second of the window's time changes nothing. */
async function settled(fake: FakeBridge): Promise<string> {
  let before = ''
  let now = look(fake)
  let steps = 0
  const isStill = () => {
    before = now
    now = look(fake)
    steps = before === now ? steps + 1 : 0
    return steps >= STILL_STEPS
  }
  await step()
  if (!(await until(isStill))) throw new Error('the screen never comes to rest')
  return now
}

function press(name: string): void {
  const parts = keyParts(name)
  const base = parts.at(-1) ?? name
  const init = {
    key: base === 'Space' ? ' ' : base,
    code: /^\d$/.test(base) ? `Digit${base}` : base,
    ctrlKey: parts.includes('Mod'),
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
  }
  const target = document.activeElement ?? document.body
  fireEvent.keyDown(target, init)
}

const pressed = COMMAND_IDS.filter((id) => Array.isArray(BEFORE[id]) && commandSpec(id).keys.length > 0)

test.each(pressed)('%s does something at its key', async (id) => {
  const fake = await open(commandSpec(id).context)
  for (const key of BEFORE[id] as readonly string[]) {
    press(key)
    await settled(fake)
  }
  const before = look(fake)
  press(commandSpec(id).keys[0] ?? '')
  expect(await until(() => look(fake) !== before)).toBe(true)
})

test.each(['queue', 'review', 'import', 'attention', 'settings'] as const)(
  'a key that no verb of %s has does nothing: what the others do is their own',
  async (context) => {
    const fake = await open(context)
    const before = look(fake)
    press('F9')
    expect(await settled(fake)).toBe(before)
  },
)

test.each(COMMAND_IDS.filter((id) => Array.isArray(BEFORE[id]) && commandSpec(id).keys.length === 0))(
  '%s has no key, and does something from the palette',
  async (id) => {
    const fake = await open(commandSpec(id).context)
    const page = () => document.querySelector('main')?.innerHTML
    const shown = page()
    press('Mod+k')
    const item = () => document.querySelector<HTMLElement>(`[cmdk-item][data-value="${id}"]`)
    await until(() => item() !== null)
    const before = window.location.hash
    const calls = fake.calls.length
    fireEvent.click(item() ?? document.body)
    const isDone = () => window.location.hash !== before || fake.calls.length > calls || page() !== shown
    expect(await until(() => screen.queryByRole('dialog') === null && isDone())).toBe(true)
  },
)

const TESTS = import.meta.glob<string>(['../**/*.test.{ts,tsx}', '../../e2e/keyboard.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const elsewhere = COMMAND_IDS.filter((id) => typeof BEFORE[id] === 'object' && !Array.isArray(BEFORE[id]))

test.each(elsewhere)('%s is pressed in a test of its own', (id) => {
  const { file, test: title } = BEFORE[id] as Elsewhere
  expect(
    TESTS[`../../${file}`] ??
      TESTS[file.replace('renderer/', '../')] ??
      TESTS[file.replace('renderer/app/', './')] ??
      '',
  ).toContain(title)
})
