import { expect, test } from 'vitest'
import { makeText } from '../../../text/text-context.tsx'
import { deadlineWords, isOverdue, isQuiet } from './goal-words.ts'

const NOON_MS = new Date(2026, 7, 17, 12).getTime()
const { t, times } = makeText('en')

test('on its last quiet day a goal is still quiet, on the day itself it is not', () => {
  expect(isQuiet({ quietUntil: '2026-08-18' }, NOON_MS)).toBe(true)
  expect(isQuiet({ quietUntil: '2026-08-17' }, NOON_MS)).toBe(false)
  expect(isQuiet({ quietUntil: null }, NOON_MS)).toBe(false)
})

test('a goal is overdue after its day, not on it, and only while it is open', () => {
  expect(isOverdue({ dueOn: '2026-08-17', state: 'open' }, NOON_MS)).toBe(false)
  expect(isOverdue({ dueOn: '2026-08-16', state: 'open' }, NOON_MS)).toBe(true)
  expect(isOverdue({ dueOn: '2026-08-16', state: 'reached' }, NOON_MS)).toBe(false)
})

test('the deadline is said in words', () => {
  expect(deadlineWords({ dueOn: '2026-09-03', state: 'open' }, NOON_MS, t, times)).toBe('by 3 Sept')
  expect(deadlineWords({ dueOn: '2026-08-03', state: 'open' }, NOON_MS, t, times)).toBe('was due 3 Aug')
  expect(deadlineWords({ dueOn: null, state: 'open' }, NOON_MS, t, times)).toBe('')
})
