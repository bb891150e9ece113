import { expect, test } from 'vitest'
import { SessionId } from '../../../server/contract/domain/ids.ts'
import { fakeId } from '../../ports/fake-practice.ts'
import { createSeenViews } from './seen-views.ts'

const [one, two] = [SessionId.parse(fakeId(4, 1)), SessionId.parse(fakeId(4, 2))]

test('only the case on screen counts: a photo shown as its prior, or of another case, does not', () => {
  const seen = createSeenViews()
  seen.begin(two)
  seen.add(one, 'frontal')
  seen.add(two, 'buccal_left')
  expect([...seen.viewsOf(two)]).toEqual(['buccal_left'])
  seen.begin(one)
  expect([...seen.viewsOf(one)]).toEqual([])
  expect([...seen.viewsOf(two)]).toEqual([])
})

test('whoever listens hears of a view once', () => {
  const seen = createSeenViews()
  const heard: number[] = []
  seen.begin(one)
  seen.subscribe(() => heard.push(seen.viewsOf(one).size))
  seen.add(one, 'frontal')
  seen.add(one, 'frontal')
  seen.begin(one)
  expect(heard).toEqual([1])
})
