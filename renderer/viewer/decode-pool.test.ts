import { afterEach, expect, test, vi } from 'vitest'
import { createDecodePool, type DecodeAnswer, type DecodeOrder, type DecodeWorker } from './decode-pool.ts'

type FakeWorker = DecodeWorker & {
  readonly asked: DecodeOrder[]
  answer(body: DecodeAnswer): void
  crash(): void
}

function startFake(): FakeWorker {
  const target = new EventTarget()
  const asked: DecodeOrder[] = []
  return {
    asked,
    addEventListener: target.addEventListener.bind(target),
    postMessage: (order: DecodeOrder) => void asked.push(order),
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
const ready = (bitmap: ImageBitmap) => ({ state: 'ready', pixels: bitmap }) as const
const never = new AbortController().signal

afterEach(() => vi.unstubAllGlobals())

test('a second worker starts only while the first is busy, and never more than allowed', async () => {
  const { pool, workers } = setUp(2)
  const first = pool.load('a', never)
  expect(workers).toHaveLength(1)
  void pool.load('b', never).catch(() => undefined)
  void pool.load('c', never).catch(() => undefined)
  await vi.waitFor(() => expect(workers.map((worker) => worker.asked.length)).toEqual([2, 1]))
  workers[0]?.answer({ id: 1, loaded: ready(fakeBitmap()) })
  expect(await first).toMatchObject({ state: 'ready', pixels: { widthPx: 4, heightPx: 3 } })
  pool.close()
})

test('bytes that are no photo are said to be broken, and the worker goes on', async () => {
  const { pool, workers } = setUp(1)
  const broken = pool.load('a', never)
  const whole = pool.load('b', never)
  workers[0]?.answer({ id: 1, loaded: { state: 'broken' } })
  workers[0]?.answer({ id: 2, loaded: ready(fakeBitmap()) })
  expect(await broken).toEqual({ state: 'broken' })
  expect(await whole).toMatchObject({ state: 'ready' })
})

test('what nobody wants any more is cancelled in its worker and gives way at once; pixels that come late are closed', async () => {
  const { pool, workers } = setUp(1)
  const abort = new AbortController()
  const late = pool.load('a', abort.signal)
  abort.abort()
  await expect(late).rejects.toThrow(/abort/i)
  expect(workers[0]?.asked.at(-1)).toEqual({ cancel: 1 })
  const close = vi.fn<() => void>()
  workers[0]?.answer({ id: 1, loaded: ready(fakeBitmap(close)) })
  expect(close).toHaveBeenCalledOnce()
})

test('where workers cannot run, their photos are loaded in the window itself', async () => {
  const { pool, workers } = setUp(2)
  const bitmap = fakeBitmap()
  vi.stubGlobal('fetch', async () => new Response('pixels', { headers: { 'content-type': 'image/jpeg' } }))
  vi.stubGlobal('createImageBitmap', async () => bitmap)
  const photo = pool.load('a', never)
  workers[0]?.crash()
  expect(await photo).toMatchObject({ pixels: { image: bitmap } })
  expect(await pool.load('b', never)).toMatchObject({ pixels: { image: bitmap } })
  expect(workers).toHaveLength(1)
})

test.each([
  { what: 'a photo that is not here', reply: new Response(null, { status: 404 }), state: 'absent' },
  { what: 'a host that fails', reply: new Response(null, { status: 500 }), state: 'broken' },
  { what: 'bytes that are no photo', reply: new Response('text'), state: 'broken' },
])('$what is $state', async ({ reply, state }) => {
  vi.stubGlobal('fetch', async () => reply)
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('no photo', 'EncodingError')))
  const { pool, workers } = setUp(1)
  const photo = pool.load('a', never)
  workers[0]?.crash()
  expect(await photo).toEqual({ state })
})

test('closing ends the workers and loads nothing more for those who gave up', async () => {
  const { pool, workers } = setUp(1)
  const abort = new AbortController()
  const waiting = pool.load('a', abort.signal)
  abort.abort()
  pool.close()
  await expect(waiting).rejects.toThrow(/abort/i)
  expect(workers[0]?.terminate).toHaveBeenCalledOnce()
})

test('a worker that has decoded hundreds of photos gives way to a new one once it is idle', async () => {
  const { pool, workers } = setUp(1)
  const answer = (id: number) => workers[0]?.answer({ id, loaded: ready(fakeBitmap()) })
  for (let id = 1; id < 400; id++) {
    const loading = pool.load('a', never)
    answer(id)
    await loading
  }
  const [loading, last] = [pool.load('a', never), pool.load('b', never)]
  answer(400)
  await loading
  expect(workers[0]?.terminate).not.toHaveBeenCalled()
  answer(401)
  await last
  expect(workers[0]?.terminate).toHaveBeenCalledOnce()
  void pool.load('c', never).catch(() => undefined)
  expect(workers).toHaveLength(2)
  pool.close()
})
