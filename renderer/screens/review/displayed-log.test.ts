import { expect, test } from 'vitest'
import { PhotoHash, SessionId } from '../../../server/contract/domain/ids.ts'
import { fakeHash } from '../../ports/fake-scene.ts'
import { fakeId } from '../../ports/fake-practice.ts'
import { createDisplayedLog } from './displayed-log.ts'

function setUp() {
  let nowMs = 1000
  const log = createDisplayedLog(() => nowMs)
  return { log, pass: (ms: number) => (nowMs += ms) }
}
const shown = (n: number) => ({
  sessionId: SessionId.parse(fakeId(4, n)),
  view: 'frontal' as const,
  photo: PhotoHash.parse(fakeHash(2, n)),
})

test('a photo counts from its paint until it leaves the screen', () => {
  const { log, pass } = setUp()
  log.show('a', shown(1))
  pass(700)
  log.show('a', null)
  pass(500)
  expect(log.take()).toEqual([{ ...shown(1), atMs: 1000, shownMs: 700 }])
  expect(log.take()).toEqual([])
})

test('the same photo in two cells counts once', () => {
  const { log, pass } = setUp()
  log.show('a', shown(1))
  log.show('b', shown(1))
  pass(300)
  log.show('a', null)
  pass(200)
  expect(log.take()).toMatchObject([{ shownMs: 500 }])
})

test('a hidden window shows nothing', () => {
  const { log, pass } = setUp()
  log.show('a', shown(1))
  pass(100)
  log.setVisible(false)
  pass(60_000)
  log.setVisible(true)
  pass(50)
  expect(log.take()).toMatchObject([{ shownMs: 150 }])
})

test('panes that go away after the case was left are not a second look', () => {
  const { log, pass } = setUp()
  log.show('a', shown(1))
  pass(400)
  expect(log.take()).toHaveLength(1)
  pass(3)
  log.show('a', null)
  expect(log.take()).toEqual([])
})
