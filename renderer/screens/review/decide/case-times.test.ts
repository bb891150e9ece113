import { expect, test } from 'vitest'
import { SessionId } from '../../../../server/contract/domain/ids.ts'
import { fakeId } from '../../../ports/fake-practice.ts'
import { createCaseTimes, IDLE_MS } from './case-times.ts'

const [one, two, three, four] = [1, 2, 3, 4].map((n) => SessionId.parse(fakeId(4, n))) as [
  SessionId,
  SessionId,
  SessionId,
  SessionId,
]

function start() {
  const clock = { ms: 1_000_000 }
  const times = createCaseTimes(() => clock.ms)
  const pass = (ms: number) => {
    clock.ms += ms
    times.tick()
  }
  return { times, pass, sleep: (ms: number) => void (clock.ms += ms) }
}

test('time runs on the case on screen, and goes on where it was when one comes back', () => {
  const { times, pass } = start()
  times.begin(one)
  pass(4000)
  times.begin(two)
  expect(times.seconds()).toBe(0)
  pass(2000)
  times.begin(one)
  pass(1000)
  expect(times.seconds()).toBe(5)
})

test('without a sign of life it stands still, and a key lets it go on', () => {
  const { times, pass } = start()
  times.begin(one)
  pass(IDLE_MS + 60_000)
  expect(times.isPaused()).toBe(true)
  expect(times.seconds()).toBe(IDLE_MS / 1000)
  times.touched()
  pass(2000)
  expect(times.isPaused()).toBe(false)
  expect(times.seconds()).toBe(IDLE_MS / 1000 + 2)
})

test('a computer that slept counts no more than what was still to come', () => {
  const { times, pass, sleep } = start()
  times.begin(one)
  sleep(3_600_000)
  times.touched()
  pass(1000)
  expect(times.seconds()).toBe(IDLE_MS / 1000 + 1)
})

test('while another window has the focus it stands still', () => {
  const { times, pass } = start()
  times.begin(one)
  pass(3000)
  times.setAttentive(false)
  pass(20_000)
  expect(times.isPaused()).toBe(true)
  times.setAttentive(true)
  pass(1000)
  expect(times.seconds()).toBe(4)
})

test('the usual time is the budget until three cases are done, then the middle one', () => {
  const { times, pass } = start()
  for (const [id, ms] of [
    [one, 10_000],
    [two, 20_000],
  ] as const) {
    times.begin(id)
    pass(ms)
  }
  times.begin(three)
  expect(times.usualMs(30)).toBe(30_000)
  pass(12_000)
  times.begin(four)
  expect(times.usualMs(30)).toBe(12_000)
})

test('a case that was only passed over does not count', () => {
  const { times, pass } = start()
  for (const id of [one, two, three]) {
    times.begin(id)
    pass(300)
  }
  times.begin(four)
  expect(times.usualMs(30)).toBe(30_000)
})
