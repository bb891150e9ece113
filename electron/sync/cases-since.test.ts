import { expect, it } from 'vitest'
import { createCasesSince } from './cases-since.ts'

const on = (subject: string) => ({ mutationId: `decision on ${subject}`, subject })

it('a decision leaves with the second next case, not with the next', () => {
  const cases = createCasesSince()
  cases.opened('a', [])
  const waiting = [on('a')]
  expect(cases.opened('b', waiting)).toEqual([])
  expect(cases.opened('c', waiting)).toEqual(waiting)
})

it('going back and forth between a case and the next counts the next once', () => {
  const cases = createCasesSince()
  cases.opened('a', [])
  for (const id of ['b', 'a', 'b', null, 'b', 'a']) expect(cases.opened(id, [on('a')])).toEqual([])
  expect(cases.opened('c', [on('a')])).toHaveLength(1)
})

it('each decision counts its own cases', () => {
  const cases = createCasesSince()
  cases.opened('a', [])
  cases.opened('b', [on('a')])
  expect(cases.opened('c', [on('a'), on('b')])).toEqual([on('a')])
  expect(cases.opened('d', [on('b')])).toEqual([on('b')])
})

it('counts the next case too when it came on screen before the decision was written down', () => {
  const cases = createCasesSince()
  cases.opened('a', [])
  cases.opened('b', [])
  expect(cases.opened('c', [on('a')])).toEqual([on('a')])
})

it('a decision that was made with no case on screen begins to count with the first', () => {
  const cases = createCasesSince()
  cases.opened('a', [])
  cases.opened(null, [])
  expect(cases.opened('b', [on('x')])).toEqual([])
  expect(cases.opened('c', [on('x')])).toHaveLength(1)
})

it('the case before counts for nothing when the case of the decision itself is told of late, or never', () => {
  const late = createCasesSince()
  late.opened('a', [])
  expect(late.opened('b', [on('b')])).toEqual([])
  expect(late.opened('c', [on('b')])).toEqual([])
  expect(late.opened('d', [on('b')])).toHaveLength(1)
  const never = createCasesSince()
  never.opened('a', [])
  expect(never.opened('c', [on('b')])).toEqual([])
  expect(never.opened('d', [on('b')])).toHaveLength(1)
  const again = createCasesSince()
  for (const id of ['b', 'a']) again.opened(id, [])
  expect(again.opened('b', [on('b')])).toEqual([])
  expect(again.opened('c', [on('b')])).toEqual([])
})
