// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Alignment, PhotoPair } from '../../preload/contract/alignment.ts'
import type { CallName } from '../../preload/contract/ipc.ts'
import { openPort } from '../ports/bridge.ts'
import { makeFakeBridge } from '../ports/fake-bridge.ts'
import { PortProvider } from '../ports/port-context.tsx'
import { START_PLACE } from '../screens/queue/queue-place.ts'
import { App } from './app.tsx'
import { IDLE_MS, LineUpIdle } from './line-up-idle.ts'
import { stubWindow } from './testing.ts'

beforeEach(() => {
  stubWindow()
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const notComparable = (pair: PhotoPair): Alignment => ({
  pair,
  recipe: 1,
  verdict: 'not_comparable',
  reason: 'too_few_points',
  confidence: 0,
  transform: null,
  arch: 'both',
  isGuarded: true,
  turnedDeg: null,
  tookMs: 1,
})

/** A workstation at its queue, and an aligner whose pairs the test ends itself. */
function open(sessionCount = 40) {
  const fake = makeFakeBridge({ sessionCount })
  const begun: PhotoPair[] = []
  const now = { finish: () => {}, callOff: () => {}, closeCount: 0 }
  const view = render(
    <PortProvider port={openPort(fake)}>
      <LineUpIdle
        place={START_PLACE}
        open={() => ({
          align: (pair) => {
            begun.push(pair)
            return new Promise((resolve, reject) => {
              now.finish = () => resolve(notComparable(pair))
              now.callOff = () => reject(new DOMException('closed', 'AbortError'))
            })
          },
          close: () => {
            now.closeCount += 1
            now.callOff()
          },
        })}
      />
    </PortProvider>,
  )
  const count = (name: CallName) => fake.calls.filter((call) => call.name === name).length
  const saved = () => fake.calls.filter(({ name }) => name === 'align.save').map(({ input }) => input as Alignment)
  return { fake, view, begun, now, count, saved }
}
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)
/** Ends every pair that is begun, until no further one is. */
async function finishAll({ begun, now }: ReturnType<typeof open>) {
  for (let still = 0; still < 5; ) {
    const before = begun.length
    now.finish()
    await wait(60)
    still = begun.length === before ? still + 1 : 0
  }
}
const touch = () => window.dispatchEvent(new Event('pointermove'))

test('nothing is asked for until nobody has touched the window for a while; then the list from its top', async () => {
  const { fake, begun, count } = open()
  await wait(IDLE_MS - 100)
  touch()
  await wait(IDLE_MS - 100)
  expect([count('queue.batch'), count('review.open')]).toEqual([0, 0])
  await wait(500)
  expect(begun).toHaveLength(1)
  const opened = fake.calls.filter(({ name }) => name === 'review.open').map(({ input }) => input)
  const batch = await fake.call('queue.batch', { ...START_PLACE.query, from: null })
  if (!batch.ok) throw new Error(batch.code)
  expect(opened).toEqual((batch.value as string[]).slice(0, opened.length).map((sessionId) => ({ sessionId })))
})

test('a touch breaks it off and ends the worker at once; the same pair is begun anew, what is known is not', async () => {
  const { begun, now, count, saved } = open()
  await wait(IDLE_MS + 500)
  now.finish()
  await wait(100)
  expect([begun.length, saved().length]).toEqual([2, 1])
  touch()
  expect(now.closeCount).toBe(1)
  await wait(IDLE_MS - 100)
  expect(begun).toHaveLength(2)
  const read = count('review.open')
  await wait(500)
  expect(begun).toHaveLength(3)
  expect(begun[2]).toEqual(begun[1])
  expect(count('review.open')).toBe(read)
})

test('a hundred cases at most, each pair once', async () => {
  const opened = open(500)
  const { begun, count } = opened
  await wait(IDLE_MS + 500)
  await finishAll(opened)
  expect(count('review.open')).toBe(100)
  expect(new Set(begun.map((pair) => JSON.stringify(pair))).size).toBe(begun.length)
  await wait(60_000)
  expect(count('review.open')).toBe(100)
})

test('a burst of changes of the store is one more look at the list; cases that were read are not read again', async () => {
  const opened = open(14)
  const { fake, count } = opened
  await wait(IDLE_MS + 500)
  await finishAll(opened)
  const before = [count('queue.batch'), count('review.open')] as const
  for (let i = 0; i < 5; i += 1)
    fake.emit('store.changed', { patients: false, sessions: true, reads: false, practice: false })
  await wait(500)
  expect(count('queue.batch')).toBe(before[0])
  await wait(3000)
  expect([count('queue.batch'), count('review.open')]).toEqual([before[0] + 1, before[1]])
})

test('taken off the screen it is gone, with its worker', async () => {
  const { fake, view, begun, now } = open()
  await wait(IDLE_MS + 500)
  touch() // it is about to ask for the list again
  view.unmount()
  expect(now.closeCount).toBeGreaterThan(0)
  const before = [begun.length, fake.calls.length]
  touch()
  await wait(60_000)
  expect([begun.length, fake.calls.length]).toEqual(before)
})

test('it works for whoever is signed in and may see photos, until the workstation is locked', async () => {
  window.location.hash = '#/'
  const fake = makeFakeBridge({ sessionCount: 40 })
  render(<App port={openPort(fake)} />)
  await wait(IDLE_MS + 2000)
  expect(fake.calls.filter(({ name }) => name === 'review.open').length).toBeGreaterThan(5)
  act(() => fake.setApp({ phase: 'locked' }))
  const before = fake.calls.length
  await wait(60_000)
  expect(fake.calls.slice(before).map(({ name }) => name)).toEqual([])
})

test.each(['locked', 'signed-out', 'no-access'] as const)(
  'nothing is read ahead where the phase is %s',
  async (phase) => {
    const fake = makeFakeBridge({ sessionCount: 40, app: { phase } })
    render(<App port={openPort(fake)} />)
    await wait(60_000)
    expect(fake.calls.filter(({ name }) => name === 'review.open' || name === 'queue.batch')).toEqual([])
  },
)
