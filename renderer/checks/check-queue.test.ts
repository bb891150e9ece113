import { expect, test } from 'vitest'
import type { PhotoCheck } from '../../preload/contract/photo-check.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { createCheckQueue } from './check-queue.ts'
import type { FiledPhoto } from './messages.ts'

const filed = (letter: string): FiledPhoto => ({ hash: PhotoHash.parse(letter.repeat(64)), view: 'frontal' })
const checkOf = (photo: FiledPhoto): PhotoCheck => ({
  ...photo,
  recipe: 1,
  flags: [],
  looksLike: null,
  aligners: 'unknown',
})

/** A quiet moment comes when the test says so. */
function open(check: (photo: FiledPhoto) => Promise<PhotoCheck | 'absent' | 'broken'>) {
  const turns: (() => Promise<void>)[] = []
  const done: string[] = []
  const quietly = <T>(work: () => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      turns.push(() => work().then(resolve, reject))
    })
  const queue = createCheckQueue({ check, quietly, done: ({ hash }) => done.push(hash.slice(0, 1)) })
  const quiet = async () => {
    await turns.shift()?.()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { queue, done, quiet, waiting: () => turns.length }
}

test('one photo a quiet moment, and what is most wanted by then comes first', async () => {
  const { queue, done, quiet, waiting } = open(async (photo) => checkOf(photo))
  queue.want([filed('a'), filed('b')])
  expect(done).toEqual([])
  await quiet()
  queue.want([filed('c'), filed('a'), filed('b')])
  expect(waiting()).toBe(1)
  await quiet()
  await quiet()
  await quiet()
  expect(done).toEqual(['a', 'c', 'b'])
})

test('nothing is looked at that is not wanted any more', async () => {
  const { queue, done, quiet } = open(async (photo) => checkOf(photo))
  queue.want([filed('a')])
  queue.want([])
  await quiet()
  expect(done).toEqual([])
})

test('a photo that was not here is looked at once it has come', async () => {
  const here = new Set<string>()
  const { queue, done, quiet } = open(async (photo) => (here.has(photo.hash) ? checkOf(photo) : 'absent'))
  queue.want([filed('a')])
  await quiet()
  expect(done).toEqual([])
  here.add(filed('a').hash)
  queue.photoArrived(filed('a').hash)
  await quiet()
  expect(done).toEqual(['a'])
})

test('a worker that cannot start leaves photos without an answer, and stops nobody', async () => {
  const { queue, done, quiet } = open(() => Promise.reject(new DOMException('no worker', 'NotSupportedError')))
  queue.want([filed('a'), filed('b')])
  await quiet()
  await quiet()
  expect(done).toEqual([])
})
