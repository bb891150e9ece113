import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { AppError } from '../../contract/errors.ts'
import { expectedOf } from './realdata.testing.ts'
import { createWorkerPool, type WorkerPool } from './worker-pool.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'loupe-pool-'))
const pools: WorkerPool[] = []

/** A decoder that does what the first byte of the photo says. */
const PROGRAM = `
const answer = (residentBytes) => process.send({ processed: { ok: false, refusal: 'too-small' }, residentBytes })
process.on('disconnect', () => process.exit(0))
process.on('message', ({ bytes }) => {
  const what = String.fromCharCode(bytes[0])
  if (what === 'h') for (;;) {}
  if (what === 'c') process.kill(process.pid, 'SIGSEGV')
  else if (what === 'g') answer(1e9)
  else if (what === 'w') setTimeout(() => answer(0), 100)
  else answer(0)
})`

function pool(workers = 1, timeoutMs = 20_000): WorkerPool {
  const program = path.join(folder, 'decoder.mjs')
  writeFileSync(program, PROGRAM)
  const made = createWorkerPool({ workers, timeoutMs, residentLimitBytes: 1e8, program: pathToFileURL(program) })
  pools.push(made)
  return made
}

const photo = (what: string) => [Buffer.from(what), expectedOf(Buffer.from(what)), 'light'] as const

afterEach(() => {
  for (const each of pools.splice(0)) each.close()
})
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

test('a decoder that crashes ends its own photo only', async () => {
  const decoders = pool()
  const answers = await Promise.all([decoders.process(...photo('crash')), decoders.process(...photo('ok'))])
  expect(answers).toEqual([
    { ok: false, refusal: 'damaged' },
    { ok: false, refusal: 'too-small' },
  ])
})

test('a decoder that hangs is killed after its time, and the next photo is served', async () => {
  const decoders = pool(1, 1500)
  const answers = await Promise.all([decoders.process(...photo('hang')), decoders.process(...photo('ok'))])
  expect(answers).toEqual([
    { ok: false, refusal: 'took-too-long' },
    { ok: false, refusal: 'too-small' },
  ])
})

test('a decoder that grew is replaced, a slim one is kept', async () => {
  const decoders = pool()
  await decoders.process(...photo('ok'))
  const [first] = decoders.pids()
  await decoders.process(...photo('ok'))
  expect(decoders.pids()).toEqual([first])
  await decoders.process(...photo('grow'))
  await decoders.process(...photo('ok'))
  expect(decoders.pids()).toHaveLength(1)
  expect(decoders.pids()).not.toEqual([first])
})

test('heavy photos go one at a time while light ones pass', async () => {
  const decoders = pool(2)
  const order: string[] = []
  const go = async (name: string, lane: 'light' | 'heavy') => {
    const [bytes, expected] = photo(name)
    await decoders.process(bytes, expected, lane)
    order.push(name)
  }
  await Promise.all([go('wait 1', 'heavy'), go('wait 2', 'heavy'), go('light', 'light')])
  expect(order.indexOf('light')).toBeLessThan(order.indexOf('wait 2'))
  expect(order.indexOf('wait 1')).toBeLessThan(order.indexOf('wait 2'))
})

test('closing decides nothing about the photos that wait and run', async () => {
  const decoders = pool()
  const answers = [decoders.process(...photo('hang')), decoders.process(...photo('ok'))]
  decoders.close()
  const settled = await Promise.allSettled(answers)
  expect(settled.map((each) => each.status === 'rejected' && AppError.from(each.reason).code)).toEqual([
    'server.busy',
    'server.busy',
  ])
})

test('a photo whose decoder was killed from outside is decoded by the next one', async () => {
  const decoders = pool()
  const answer = decoders.process(...photo('wait'))
  const [pid] = decoders.pids()
  if (pid === undefined) throw new Error('No decoder was started')
  process.kill(pid, 'SIGKILL')
  expect(await answer).toEqual({ ok: false, refusal: 'too-small' })
})

test('where no decoder can be started nothing is said about the photo, and later ones are decoded', async () => {
  const decoders = pool(2)
  const { execPath } = process
  process.execPath = path.join(folder, 'no-such-program') // as where the system gives no more processes
  const settled = await Promise.allSettled(['ok', 'ok', 'ok'].map((what) => decoders.process(...photo(what)))).finally(
    () => void (process.execPath = execPath),
  )
  expect(settled.map((each) => (each.status === 'rejected' ? AppError.from(each.reason).code : each.value))).toEqual([
    'server.busy',
    'server.busy',
    'server.busy',
  ])
  expect(await decoders.process(...photo('ok'))).toEqual({ ok: false, refusal: 'too-small' })
})
