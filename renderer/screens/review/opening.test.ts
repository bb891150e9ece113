// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { openPort } from '../../ports/bridge.ts'
import { makeFakeBridge } from '../../ports/fake-bridge.ts'
import { createOpenings } from './opening.ts'

function open() {
  const fake = makeFakeBridge({ sessionCount: 6 })
  const [first, second] = fake.practice.sessions
  const asked = () => fake.calls.filter((call) => call.name === 'review.open').length
  return { fake, openings: createOpenings(openPort(fake)), first: first!.id, second: second!.id, asked }
}
const CHANGE = { patients: false, sessions: true, reads: false, practice: false }

test('what somebody rests on is there when they open it, and is asked for once', async () => {
  const { fake, openings, first, asked } = open()
  openings.ahead(first)
  openings.ask(first)
  const opening = openings.take(first)
  expect((await opening.reviewCase).session.id).toBe(first)
  expect(opening.found()?.session.id).toBe(first)
  expect(asked()).toBe(1)
  // Neither claimed nor marked as seen.
  expect(new Set(fake.calls.map((call) => call.name))).toEqual(new Set(['review.open']))
  opening.close()
})

test('another row, or another screen, lets go of it', () => {
  const { openings, first, second, asked } = open()
  openings.ahead(first)
  openings.ahead(second)
  openings.ahead(null)
  expect(openings.take(first).isClosed()).toBe(false)
  expect(asked()).toBe(3)
})

test('a change lets go of what nobody has opened yet, and never of what somebody has', async () => {
  const { fake, openings, first, second, asked } = open()
  openings.ahead(first)
  fake.emit('store.changed', CHANGE)
  openings.ask(first)
  expect(asked()).toBe(2)
  fake.emit('store.changed', CHANGE)
  openings.ahead(second)
  openings.ahead(null)
  expect(openings.take(first).isClosed()).toBe(false)
  expect(asked()).toBe(2)
})

test('a case that could not be read ahead is asked for anew', async () => {
  const { fake, openings, first, asked } = open()
  fake.fail('review.open', 'internal')
  openings.ahead(first)
  await new Promise((resolve) => setTimeout(resolve, 0))
  fake.fail('review.open', null)
  await expect(openings.take(first).reviewCase).resolves.toBeDefined()
  expect(asked()).toBe(2)
})
