import { expect, test, vi } from 'vitest'
import { PhotoPair } from '../../preload/contract/alignment.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { createAligner } from './aligner.ts'
import { createFeatureCache } from './feature-cache.ts'
import type { AlignQuestion } from './messages.ts'
import type { AlignWorker } from './worker-line.ts'

const PAIR = PhotoPair.parse({ current: 'a'.repeat(64), prior: 'b'.repeat(64), view: 'frontal' })
const port = { photoUrl: (hash: string, size: string) => `/photo/${hash}/${size}` }

function fakeWorker() {
  const asked: AlignQuestion[] = []
  const listeners = new Map<string, (event: Event) => void>()
  const worker: AlignWorker = {
    postMessage: (question: AlignQuestion) => void asked.push(question),
    addEventListener: (type: string, listener: unknown) => {
      // The line listens with functions only.
      listeners.set(type, listener as (event: Event) => void)
    },
    terminate: vi.fn<() => void>(),
  }
  return {
    asked,
    worker,
    say: (data: unknown) => listeners.get('message')?.(new MessageEvent('message', { data })),
    fail: () => listeners.get('error')?.(new Event('error')),
  }
}

test('the worker is sent addresses of renditions, and starts only when somebody asks', async () => {
  const fake = fakeWorker()
  const start = vi.fn<() => AlignWorker>(() => fake.worker)
  const aligner = createAligner(port, start)
  expect(start).not.toHaveBeenCalled()
  const answer = aligner.align(PAIR)
  expect(fake.asked).toMatchObject([{ kind: 'align', pair: PAIR, urls: { prior: `/photo/${PAIR.prior}/2048` } }])
  fake.say({ kind: 'aligned', id: fake.asked[0]?.id, alignment: { verdict: 'aligned' } })
  expect(await answer).toEqual({ verdict: 'aligned' })
})

test('the other side goes along, of the prior scan first', () => {
  const fake = fakeWorker()
  const [prior, current] = [PhotoHash.parse('c'.repeat(64)), PhotoHash.parse('d'.repeat(64))]
  const aligner = createAligner(port, () => fake.worker)
  void aligner.align(PAIR, { current, prior })
  void aligner.align(PAIR, { current, prior: undefined })
  const ofPrior = { of: 'prior', hash: prior, url: `/photo/${prior}/2048` }
  const ofCurrent = { of: 'current', hash: current, url: `/photo/${current}/2048` }
  expect(fake.asked).toMatchObject([
    { urls: { otherSides: [ofPrior, ofCurrent] } },
    { urls: { otherSides: [ofCurrent] } },
  ])
})

test('a photo that is not here yet is an error of its own, not a verdict', async () => {
  const fake = fakeWorker()
  const answer = createAligner(port, () => fake.worker).align(PAIR)
  fake.say({ kind: 'aligned', id: fake.asked[0]?.id, alignment: 'absent' })
  await expect(answer).rejects.toMatchObject({ name: 'NotFoundError' })
})

test('a worker that fails ends what is open and is not started again', async () => {
  const fake = fakeWorker()
  const start = vi.fn<() => AlignWorker>(() => fake.worker)
  const aligner = createAligner(port, start)
  const open = aligner.align(PAIR)
  fake.fail()
  await expect(open).rejects.toMatchObject({ name: 'OperationError' })
  await expect(aligner.align(PAIR)).rejects.toMatchObject({ name: 'OperationError' })
  expect(start).toHaveBeenCalledOnce()
})

test('closed, it ends its worker and starts another when it is asked again', async () => {
  const fake = fakeWorker()
  const start = vi.fn<() => AlignWorker>(() => fake.worker)
  const aligner = createAligner(port, start)
  const open = aligner.align(PAIR)
  aligner.close()
  await expect(open).rejects.toMatchObject({ name: 'AbortError' })
  expect(fake.worker.terminate).toHaveBeenCalledOnce()
  void aligner.align(PAIR)
  expect(start).toHaveBeenCalledTimes(2)
})

test('idle for a while it ends its worker, never with a question open', async () => {
  const fake = fakeWorker()
  const start = vi.fn<() => AlignWorker>(() => fake.worker)
  const idle = { end: () => {} }
  const aligner = createAligner(port, start, (work) => {
    idle.end = work
    return () => (idle.end = () => {})
  })
  const [one, two] = [aligner.align(PAIR), aligner.align(PAIR)]
  fake.say({ kind: 'aligned', id: fake.asked[0]?.id, alignment: { verdict: 'aligned' } })
  await one
  idle.end()
  expect(fake.worker.terminate).not.toHaveBeenCalled()
  fake.say({ kind: 'aligned', id: fake.asked[1]?.id, alignment: { verdict: 'aligned' } })
  await two
  idle.end()
  expect(fake.worker.terminate).toHaveBeenCalledOnce()
  void aligner.align(PAIR)
  expect(start).toHaveBeenCalledTimes(2)
})

test('the features of the photo that was not used longest are forgotten first', () => {
  const cache = createFeatureCache<number>(2)
  cache.save('a', 1)
  cache.save('broken', undefined)
  expect(cache.find('a')).toBe(1)
  cache.save('c', 3)
  expect([cache.has('a'), cache.has('broken'), cache.has('c')]).toEqual([true, false, true])
})
