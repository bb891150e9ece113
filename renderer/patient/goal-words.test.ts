import { expect, test } from 'vitest'
import { makeText } from '../text/text-context.tsx'
import { deadlineWords, goalMark, isOverdue, isQuiet } from './goal-words.ts'

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

test('of several goals the first that is not quiet is told; quiet ones only when there is no other', () => {
  const mark = (...goals: { dueOn: string | null; quietUntil: string | null }[]) => goalMark(goals, NOON_MS, t, times)
  const late = { dueOn: '2026-08-01', quietUntil: null }
  const quiet = { dueOn: '2026-07-01', quietUntil: '2026-09-01' }
  expect(mark()).toBeNull()
  expect(mark(quiet, late)).toMatchObject({ isOverdue: true, isQuiet: false })
  expect(mark(quiet, late)?.words).toMatch(/^Goal: was due /)
  expect(mark(quiet)).toMatchObject({ isOverdue: false, isQuiet: true })
  expect(mark(quiet)?.words).toMatch(/^Goal: quiet until /)
  expect(mark({ dueOn: null, quietUntil: null })?.words).toBe('Goal')
})
