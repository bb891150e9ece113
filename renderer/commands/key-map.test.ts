import { expect, test } from 'vitest'
import { groupsOf } from './groups.ts'
import { findConflict, keysOf, listConflicts, withKeys } from './key-map.ts'
import { keyParts, nameKeyPress } from './keys.ts'
import { findReserved } from './reserved-keys.ts'
import { COMMAND_IDS, commandSpec, CONTEXTS } from './table.ts'

test('a key is refused where another verb of the screen or of everywhere has it, and free on another screen', () => {
  expect(findConflict('review.approve', 'n', {})).toBe('review.next')
  expect(findConflict('review.approve', '?', {})).toBe('app.help')
  expect(findConflict('review.approve', 'Home', {})).toBeUndefined()
  expect(findConflict('app.help', 'Home', {})).toBe('queue.first')
  expect(findConflict('review.approve', 'a', {})).toBeUndefined()
})

test('a key that was given away is free, and its new verb holds it', () => {
  const chosen = withKeys('review.next', ['y'], {})
  expect(findConflict('review.approve', 'n', chosen)).toBeUndefined()
  expect(findConflict('review.approve', 'y', chosen)).toBe('review.next')
})

test('what equals the standard is not stored, and an unknown verb of another version stays', () => {
  const chosen = withKeys('review.next', ['y'], { 'future.verb': ['q'] })
  expect(withKeys('review.next', commandSpec('review.next').keys, chosen)).toEqual({ 'future.verb': ['q'] })
  expect(keysOf('review.next', withKeys('review.next', [], {}))).toEqual([])
})

test('the standard keys have no conflict; one that an update brings is found', () => {
  expect(listConflicts({})).toEqual([])
  expect(listConflicts({ 'review.approve': ['n'] }).map(({ id }) => id)).toEqual(['review.approve', 'review.next'])
})

test.each([
  ['Escape', 'leaves'],
  ['Shift+Tab', 'leaves'],
  ['Enter', 'presses'],
  ['Space', 'presses'],
  ['Mod+c', 'edits'],
  ['Mod+t', 'window'],
  ['Mod+Shift+t', 'window'],
  ['Alt+F4', 'window'],
  ['F5', 'window'],
  ['Shift', 'none'],
  ['Alt+Alt', 'none'],
  [undefined, 'none'],
  ['q', undefined],
  ['+', undefined],
  ['Alt+5', undefined],
  ['Mod+Enter', undefined],
  ['F8', undefined],
] as const)('%s is reserved: %s', (name, because) => {
  expect(findReserved(name)).toBe(because)
})

test('every standard key is one that a press can make', () => {
  for (const id of COMMAND_IDS) {
    for (const name of commandSpec(id).keys) {
      const parts = keyParts(name)
      const base = parts.at(-1) ?? name
      const press = {
        key: base === 'Space' ? ' ' : base,
        code: /^\d$/.test(base) ? `Digit${base}` : '',
        ctrlKey: parts.includes('Mod'),
        altKey: parts.includes('Alt'),
        shiftKey: parts.includes('Shift'),
        metaKey: false,
        getModifierState: () => false,
      }
      expect(nameKeyPress(press, false), id).toBe(name)
    }
  }
})

test('lists of keys hold every verb once, and each verb of the review screen is in a group by what it is about', () => {
  const ids = CONTEXTS.flatMap(groupsOf).flatMap((group) => group.ids)
  expect(ids.toSorted()).toEqual(COMMAND_IDS.toSorted())
  expect(groupsOf('review').find(({ title }) => title === 'help.review')?.ids ?? []).toEqual([])
})
