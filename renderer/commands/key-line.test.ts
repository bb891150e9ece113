// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'
import type { HandlersFor } from './table.ts'

/** Keys that come while a screen cannot take them. */
const pressed: string[] = []
const hold = { press: vi.fn<() => void>(), release: vi.fn<() => void>() }
let dispatcher: Dispatcher

beforeEach(() => {
  pressed.length = 0
  document.body.innerHTML = ''
  dispatcher = createDispatcher({ isMac: false })
  const handlers = {
    'review.value1': () => void pressed.push('1'),
    'review.value3': () => void pressed.push('3'),
    'review.next': () => void pressed.push('n'),
    'review.note': () => document.querySelector('textarea')?.focus(),
    'review.blink': hold,
  }
  dispatcher.register('review', () => handlers as unknown as HandlersFor<'review'>) // the few that are pressed here
  window.addEventListener('keydown', dispatcher.keyDown)
})
afterEach(() => window.removeEventListener('keydown', dispatcher.keyDown))

const isScore = (id: string | undefined) => id === 'review.value1' || id === 'review.value3' || id === 'review.note'
function press(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  ;(document.activeElement ?? document.body).dispatchEvent(event)
  return event
}
/** Tasks that were there before this one are done. */
const later = async (times = 1) => {
  for (let n = 0; n < times; n += 1) await new Promise((resolve) => setTimeout(resolve))
}

test('they wait, and are pressed in their order; what need not wait goes on while none does', async () => {
  const letGo = dispatcher.hold(isScore)
  press('n')
  expect(press('1').defaultPrevented).toBe(true)
  press('3')
  press('n') // behind the others: it would leave the case that they are meant for
  expect(pressed).toEqual(['n'])
  letGo('press')
  press('1')
  await later(8)
  expect(pressed).toEqual(['n', '1', '3', 'n', '1'])
})

test('held down they are pressed once, and a verb that lasts while its key is down never waits', async () => {
  const letGo = dispatcher.hold(isScore)
  press('1')
  press('1', { repeat: true })
  press('b')
  expect(hold.press).toHaveBeenCalledTimes(1)
  letGo('press')
  await later(4)
  expect(pressed).toEqual(['1'])
})

test('what they were meant for does not come: they are dropped', async () => {
  const letGo = dispatcher.hold(isScore)
  press('3')
  letGo('drop')
  await later(3)
  press('1')
  expect(pressed).toEqual(['1'])
})

test('they wait on while somebody else still holds', async () => {
  const [first, second] = [dispatcher.hold(isScore), dispatcher.hold(isScore)]
  press('1')
  first('press')
  await later(3)
  expect(pressed).toEqual([])
  second('press')
  await later(2)
  expect(pressed).toEqual(['1'])
})

test('a letter behind a key that opens a field is written into it, and is no verb', async () => {
  document.body.append(document.createElement('textarea'))
  const field = document.querySelector('textarea')!
  // jsdom edits nothing; the browser does, in e2e/keyboard.test.ts.
  document.execCommand = (_command, _ui, text = '') => {
    field.value += text
    return true
  }
  const letGo = dispatcher.hold(isScore)
  for (const key of ['e', 'n', '1']) press(key)
  letGo('press')
  await later(5)
  expect(field.value).toBe('n1')
  expect(pressed).toEqual([])
})
