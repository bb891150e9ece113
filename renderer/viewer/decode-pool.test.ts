import { afterEach, expect, test, vi } from 'vitest'
import { createDecodePool, type DecodeAnswer, type DecodeQuestion, type DecodeWorker } from './decode-pool.ts'

type FakeWorker = DecodeWorker & {
  readonly asked: DecodeQuestion[]
  answer(body: DecodeAnswer): void
  crash(): void
}

function startFake(): FakeWorker {
  const target = new EventTarget()
  const asked: DecodeQuestion[] = []
  return {
    asked,
    addEventListener: target.addEventListener.bind(target),
    postMessage: (question: DecodeQuestion) => void asked.push(question),
    terminate: vi.fn<() => void>(),
    answer: (body) => target.dispatchEvent(new MessageEvent('message', { data: body })),
    crash: () => target.dispatchEvent(new Event('error')),
  }
}
function setUp(workerCount = 2) {
  const workers: FakeWorker[] = []
  const pool = createDecodePool(workerCount, () => {
    const worker = startFake()
    workers.push(worker)
    return worker
  })
  return { pool, workers }
}
const fakeBitmap = (close = () => undefined as void) => ({ width: 4, height: 3, close }) as unknown as ImageBitmap
const bytes = new Blob(['pixels'])
const never = new AbortController().signal

afterEach(() => vi.unstubAllGlobals())

test('a second worker starts only while the first is busy, and never more than allowed', async () => {
  const { pool, workers } = setUp(2)
  const first = pool.decode(bytes, '512', never)
  expect(workers).toHaveLength(1)
  void pool.decode(bytes, '512', never).catch(() => undefined)
  void pool.decode(bytes, '512', never).catch(() => undefined)
  expect(workers.map((worker) => worker.asked.length)).toEqual([2, 1])
  workers[0]?.answer({ id: 1, bitmap: fakeBitmap() })
  expect(await first).toMatchObject({ widthPx: 4, heightPx: 3 })
  pool.close()
})

test('bytes that are no photo fail, and the worker goes on', async () => {
  const { pool, workers } = setUp(1)
  const broken = pool.decode(bytes, '512', never)
  const whole = pool.decode(bytes, '512', never)
  workers[0]?.answer({ id: 1, bitmap: null })
  workers[0]?.answer({ id: 2, bitmap: fakeBitmap() })
  await expect(broken).rejects.toThrow('no photo')
  expect((await whole).widthPx).toBe(4)
})

test('a photo decoded after nobody wants it is closed', async () => {
  const { pool, workers } = setUp(1)
  const abort = new AbortController()
  const late = pool.decode(bytes, '512', abort.signal)
  abort.abort()
  const close = vi.fn<() => void>()
  workers[0]?.answer({ id: 1, bitmap: fakeBitmap(close) })
  await expect(late).rejects.toThrow(/abort/i)
  expect(close).toHaveBeenCalledOnce()
})

test('where workers cannot run, their photos are decoded in the window itself', async () => {
  const { pool, workers } = setUp(2)
  const bitmap = fakeBitmap()
  vi.stubGlobal('createImageBitmap', async () => bitmap)
  const photo = pool.decode(bytes, 'original', never)
  workers[0]?.crash()
  expect((await photo).image).toBe(bitmap)
  expect((await pool.decode(bytes, 'original', never)).image).toBe(bitmap)
  expect(workers).toHaveLength(1)
})

test('closing ends the workers and decodes nothing more for those who waited', async () => {
  const { pool, workers } = setUp(1)
  const abort = new AbortController()
  const waiting = pool.decode(bytes, '512', abort.signal)
  abort.abort()
  pool.close()
  await expect(waiting).rejects.toThrow(/abort/i)
  expect(workers[0]?.terminate).toHaveBeenCalledOnce()
})
