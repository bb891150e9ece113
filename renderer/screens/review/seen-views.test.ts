import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PhotoHash, SessionId } from '../../../server/contract/domain/ids.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import { fakeId } from '../../ports/fake-practice.ts'
import { createSeenViews } from './seen-views.ts'

const [one, two] = [SessionId.parse(fakeId(4, 1)), SessionId.parse(fakeId(4, 2))]
const photo = PhotoHash.parse('a'.repeat(64))
const another = PhotoHash.parse('b'.repeat(64))
const shown = (sessionId: SessionId, view: View, hash = photo) => ({ sessionId, view, photo: hash })
const photos = new Map<View, PhotoHash>([
  ['frontal', photo],
  ['buccal_left', photo],
])

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
function seenOf(needMs: number) {
  const seen = createSeenViews(() => Date.now())
  seen.setNeed(needMs)
  return seen
}

test('a view counts once it was there for the set time, and not before', () => {
  const seen = seenOf(400)
  seen.begin(one, photos)
  seen.show('cell', shown(one, 'frontal'))
  vi.advanceTimersByTime(399)
  expect([...seen.viewsOf(one)]).toEqual([])
  vi.advanceTimersByTime(1)
  expect([...seen.viewsOf(one)]).toEqual(['frontal'])
})

test('glances add up; a hidden window and a covered cell do not count', () => {
  const seen = seenOf(400)
  seen.begin(one, photos)
  seen.show('cell', shown(one, 'frontal'))
  vi.advanceTimersByTime(300)
  seen.show('cell', null)
  vi.advanceTimersByTime(5000)
  seen.show('cell', shown(one, 'frontal'))
  seen.setVisible(false)
  vi.advanceTimersByTime(5000)
  expect([...seen.viewsOf(one)]).toEqual([])
  seen.setVisible(true)
  vi.advanceTimersByTime(100)
  expect([...seen.viewsOf(one)]).toEqual(['frontal'])
})

test('only the case on screen counts: a photo shown as its prior, or painted ahead of its turn, does not', () => {
  const seen = seenOf(100)
  seen.begin(two, photos)
  seen.show('prior', shown(one, 'frontal'))
  seen.show('cell', shown(two, 'buccal_left'))
  vi.advanceTimersByTime(1000)
  expect([...seen.viewsOf(two)]).toEqual(['buccal_left'])
  expect([...seen.viewsOf(one)]).toEqual([])
})

test('coming back to a case, what was seen of it is still seen, unless another photo has taken its place', () => {
  const seen = seenOf(100)
  seen.begin(one, photos)
  seen.show('a', shown(one, 'frontal'))
  seen.show('b', shown(one, 'buccal_left'))
  vi.advanceTimersByTime(100)
  seen.show('a', null)
  seen.show('b', null)
  seen.begin(two, photos)
  seen.begin(one, photos)
  expect([...seen.viewsOf(one)]).toEqual(['frontal', 'buccal_left'])
  seen.begin(one, new Map(photos).set('frontal', another))
  expect([...seen.viewsOf(one)]).toEqual(['buccal_left'])
  seen.show('a', shown(one, 'frontal', another))
  vi.advanceTimersByTime(99)
  expect(seen.viewsOf(one).has('frontal')).toBe(false)
  vi.advanceTimersByTime(1)
  expect(seen.viewsOf(one).has('frontal')).toBe(true)
})

test('cells that tell what they show before the case begins are counted from its beginning', () => {
  const seen = seenOf(100)
  seen.show('cell', shown(one, 'frontal'))
  vi.advanceTimersByTime(1000)
  seen.begin(one, photos)
  expect([...seen.viewsOf(one)]).toEqual([])
  vi.advanceTimersByTime(100)
  expect([...seen.viewsOf(one)]).toEqual(['frontal'])
})

test('whoever listens hears of a view once', () => {
  const seen = seenOf(0)
  const heard: number[] = []
  seen.begin(one, photos)
  seen.subscribe(() => heard.push(seen.viewsOf(one).size))
  seen.show('a', shown(one, 'frontal'))
  seen.show('b', shown(one, 'frontal'))
  seen.begin(one, photos)
  expect(heard).toEqual([1])
})

test('what another window had on screen counts for the case and the photo that are here, and for nothing else', () => {
  const seen = seenOf(400)
  seen.learn(shown(one, 'frontal'))
  seen.begin(one, photos)
  seen.learn(shown(two, 'frontal'))
  seen.learn(shown(one, 'buccal_left', another))
  seen.learn(shown(one, 'occlusal_upper'))
  expect([...seen.viewsOf(one), ...seen.viewsOf(two)]).toEqual([])
  seen.setVisible(false) // the second window may lie over the first
  seen.learn(shown(one, 'frontal'))
  expect([...seen.viewsOf(one)]).toEqual(['frontal'])
})
