// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'
import { COMMAND_IDS, commandSpec, type HandlersFor } from './table.ts'

const pressed: string[] = []
let dispatcher: Dispatcher
const hold = { press: vi.fn<() => void>(), release: vi.fn<() => void>() }

/** Every review verb notes its own name. */
function reviewHandlers(): HandlersFor<'review'> {
  const ids = COMMAND_IDS.filter((id) => commandSpec(id).context === 'review')
  const notes = Object.fromEntries(ids.map((id) => [id, () => void pressed.push(id)]))
  return { ...notes, 'review.blink': hold } as unknown as HandlersFor<'review'> // built from the same table
}

function press(key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  target.dispatchEvent(event)
  return event
}

beforeEach(() => {
  pressed.length = 0
  vi.clearAllMocks()
  document.body.innerHTML = ''
  dispatcher = createDispatcher({ isMac: false })
  dispatcher.register('review', reviewHandlers)
  window.addEventListener('keydown', dispatcher.keyDown)
  window.addEventListener('keyup', dispatcher.keyUp)
})
afterEach(() => {
  window.removeEventListener('keydown', dispatcher.keyDown)
  window.removeEventListener('keyup', dispatcher.keyUp)
})

test('a bare key does its verb once and the browser does not get it', () => {
  expect(press('a').defaultPrevented).toBe(true)
  expect(pressed).toEqual(['review.approve'])
})

test('caps lock does not change what a letter means, and shift does', () => {
  press('A')
  press('R', { shiftKey: true })
  expect(pressed).toEqual(['review.approve', 'review.refer'])
})

test.each(['input', 'textarea', 'select'])('bare keys are dead in a %s, and Mod+Enter still sends', (tag) => {
  const field = document.body.appendChild(document.createElement(tag))
  for (const key of ['a', 'n', 'm', '1', '/', 'Escape', 'ArrowDown', 'Tab']) press(key, {}, field)
  expect(pressed).toEqual([])
  press('Enter', { ctrlKey: true }, field)
  expect(pressed).toEqual(['review.send'])
})

test('an input method that composes gets every key', () => {
  press('a', { isComposing: true })
  press('Process')
  press('Dead')
  expect(pressed).toEqual([])
})

test.each(['a', 'm', 'n'])('auto-repeat of %s never decides a second case, and is swallowed', (key) => {
  press(key)
  const again = press(key, { repeat: true })
  expect(pressed).toHaveLength(1)
  expect(again.defaultPrevented).toBe(true)
})

test('auto-repeat moves between views', () => {
  press(' ')
  press(' ', { repeat: true })
  expect(pressed).toEqual(['review.nextView', 'review.nextView'])
})

test('AltGr types signs and never starts a chord', () => {
  press('[', { ctrlKey: true, altKey: true })
  press('a', { ctrlKey: true, altKey: true })
  press('Enter', { ctrlKey: true, altKey: true })
  expect(pressed).toEqual(['review.olderPrior'])
})

test('a French keyboard writes digits with Shift only: its keys score without it, and signs that are verbs stay signs', () => {
  press('&', { code: 'Digit1' })
  press('é', { code: 'Digit2' })
  press('2', { code: 'Digit2', shiftKey: true })
  press('-', { code: 'Digit6' })
  expect(pressed).toEqual(['review.value1', 'review.value2', 'review.value2', 'review.darker'])
  press('!', { code: 'Digit1', shiftKey: true }) // elsewhere Shift and a digit is a sign, and no digit
  const field = document.body.appendChild(document.createElement('input'))
  press('&', { code: 'Digit1' }, field)
  expect(pressed).toHaveLength(4)
})

test('other chords are left to the browser', () => {
  expect(press('a', { ctrlKey: true }).defaultPrevented).toBe(false)
  press('n', { metaKey: true })
  press('p', { altKey: true })
  expect(pressed).toEqual([])
})

test('single keys can be switched off; chords and named keys stay', () => {
  dispatcher.setSingleKeys(false)
  press('a')
  press('?', { shiftKey: true })
  press('Enter', { ctrlKey: true })
  press('Escape')
  expect(pressed).toEqual(['review.send', 'review.close'])
})

test('a held key presses once, and lets go with the key', () => {
  press('b', { code: 'KeyB' })
  press('b', { code: 'KeyB', repeat: true })
  expect(hold.press).toHaveBeenCalledTimes(1)
  window.dispatchEvent(new KeyboardEvent('keyup', { key: 'b', code: 'KeyB' }))
  expect(hold.release).toHaveBeenCalledTimes(1)
})

test('a held key is let go when the window loses the focus or the screen goes', () => {
  const end = dispatcher.register('review', reviewHandlers)
  press('b', { code: 'KeyB' })
  dispatcher.blur()
  expect(hold.release).toHaveBeenCalledTimes(1)
  press('b', { code: 'KeyB' })
  end()
  expect(hold.release).toHaveBeenCalledTimes(2)
})

test('a focused button keeps Enter and Space, and an open dialog keeps everything', () => {
  const button = document.body.appendChild(document.createElement('button'))
  press(' ', {}, button)
  expect(pressed).toEqual([])
  document.body.appendChild(document.createElement('div')).dataset['modal'] = ''
  press('a')
  expect(pressed).toEqual([])
})

test('where left and right choose a value, up and down are verbs still; a list without a direction keeps all four', () => {
  const group = document.body.appendChild(document.createElement('div'))
  group.setAttribute('role', 'radiogroup')
  press('ArrowDown', {}, group)
  expect(pressed).toEqual([])
  group.setAttribute('aria-orientation', 'horizontal')
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) press(key, {}, group)
  expect(pressed).toEqual(['review.previousScore', 'review.nextScore'])
})

test('a handler that declines leaves the key to the browser', () => {
  dispatcher.register('review', () => ({ ...reviewHandlers(), 'review.nextScore': () => false }))
  expect(press('Tab').defaultPrevented).toBe(false)
})

test('a screen that has gone hears nothing', () => {
  const end = dispatcher.register(
    'queue',
    () => ({ 'queue.first': () => void pressed.push('Home') }) as unknown as HandlersFor<'queue'>,
  )
  end()
  press('Home')
  expect(pressed).toEqual([])
})

test('a key of this person’s own does its verb, and the standard one no more', () => {
  dispatcher.setKeys({ 'review.approve': ['Home'], 'review.blink': ['F8'], 'review.hold': [] })
  press('a')
  press('h')
  expect(pressed).toEqual([])
  press('Home')
  press('Home', { repeat: true })
  expect(pressed).toEqual(['review.approve'])
  press('F8', { code: 'F8' })
  expect(hold.press).toHaveBeenCalledTimes(1)
  window.dispatchEvent(new KeyboardEvent('keyup', { key: 'F8', code: 'F8' }))
  expect(hold.release).toHaveBeenCalledTimes(1)
})

test('a letter of this person’s own is as dead in text fields and during composition as a standard one', () => {
  dispatcher.setKeys({ 'review.approve': ['ф'] })
  const field = document.body.appendChild(document.createElement('input'))
  press('ф', {}, field)
  press('ф', { isComposing: true })
  dispatcher.setSingleKeys(false)
  press('ф')
  expect(pressed).toEqual([])
  dispatcher.setSingleKeys(true)
  press('ф')
  expect(pressed).toEqual(['review.approve'])
})

test('a held key that opened a field does not write into it; pressed anew it does', () => {
  const field = document.body.appendChild(document.createElement('textarea'))
  press('m')
  expect(press('m', { repeat: true }, field).defaultPrevented).toBe(true)
  window.dispatchEvent(new KeyboardEvent('keyup', { key: 'm' }))
  expect(press('m', {}, field).defaultPrevented).toBe(false)
  expect(press('m', { repeat: true }, field).defaultPrevented).toBe(false)
  expect(pressed).toEqual(['review.message'])
})
