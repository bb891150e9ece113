import { expect, test, vi } from 'vitest'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { type CheckWorker, createChecker } from './checker.ts'
import type { CheckQuestion } from './messages.ts'

const photo = { hash: PhotoHash.parse('a'.repeat(64)), view: 'frontal' as const }

test('the worker starts with a photo, ends once there are no more for a while, and starts again', async () => {
  const asked: CheckQuestion[] = []
  const heard: { message: (event: MessageEvent) => void } = { message: () => {} }
  const worker: CheckWorker = {
    postMessage: (question: CheckQuestion) => void asked.push(question),
    addEventListener: (type: string, listener: unknown) => {
      // The checker listens with functions only.
      if (type === 'message') heard.message = listener as typeof heard.message
    },
    terminate: vi.fn<() => void>(),
  }
  const idle = { end: () => {} }
  const start = vi.fn<() => CheckWorker>(() => worker)
  const checker = createChecker({ photoUrl: (hash, size) => `/photo/${hash}/${size}` }, start, (work) => {
    idle.end = work
    return () => (idle.end = () => {})
  })
  const [one, two] = [checker.check(photo), checker.check(photo)]
  const say = (at: number) =>
    heard.message(new MessageEvent('message', { data: { id: asked[at]?.id, check: 'absent' } }))
  say(0)
  expect(await one).toBe('absent')
  idle.end()
  expect(worker.terminate).not.toHaveBeenCalled()
  say(1)
  await two
  idle.end()
  expect(worker.terminate).toHaveBeenCalledOnce()
  void checker.check(photo)
  expect(start).toHaveBeenCalledTimes(2)
})
