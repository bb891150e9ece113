import { afterEach, expect, test, vi } from 'vitest'
import { silentLogger } from '../platform/logger.ts'
import { AppState } from '../../preload/contract/app-state.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { answerCall } from './answer-call.ts'
import type { DataPort } from './data-port.ts'
import { type DataProcess, startDataProcess } from './data-process.ts'
import { forwardCalls } from './forward-calls.ts'
import { forkTinyData } from './testing/start-tiny-data.ts'

const started: DataProcess[] = []
afterEach(async () => void (await Promise.all(started.splice(0).map((data) => data.stop()))))

function start(...args: string[]): DataProcess {
  const data = startDataProcess({ spawn: () => forkTinyData(...args), logger: silentLogger, firstRestartMs: 1 })
  started.push(data)
  return data
}

async function pidOf(data: DataProcess): Promise<number> {
  const reply = await data.call('app.state', null)
  if (!reply.ok) throw new Error(reply.code)
  return Number(AppState.parse(reply.value).version)
}

test('a call made before the process is ready waits for it', async () => {
  expect(await start().call('app.state', null)).toMatchObject({ ok: true, value: { phase: 'signed-out' } })
})

test('an error keeps its code and detail across the process border', async () => {
  const reply = await start().call('app.unlock', { passphrase: 'wrong' })
  expect(reply).toEqual({ ok: false, code: 'store.passphrase', detail: { tries: 1 } })
})

const photoNamed = (digit: string) =>
  ({ hash: PhotoHash.parse(digit.repeat(64)), size: '512', onlyKept: false }) as const

test('bytes cross both ways unharmed', async () => {
  const data = start()
  const bytes = new Uint8Array(3_000_000).fill(7)
  expect(await data.call('import.stage', { name: 'x.jpg', bytes })).toMatchObject({ value: { byteCount: 3_000_000 } })
  expect(await data.photo(photoNamed('a'))).toMatchObject({ bytes: new Uint8Array([0xff, 0xd8, 0xff]) })
})

test('a photo that is not cached is null, not an error', async () => {
  expect(await start().photo(photoNamed('0'))).toBeNull()
})

test('a crash fails every call under way, and the next process answers the ones after it', async () => {
  const data = start()
  const before = await pidOf(data)
  const hanging = data.call('settings.all', null)
  const killing = data.call('sync.now', null)
  await expect(hanging).rejects.toMatchObject({ code: 'internal' })
  await expect(killing).rejects.toMatchObject({ code: 'internal' })
  expect(await pidOf(data)).not.toBe(before)
})

test('after a restart the windows hear where the workstation stands now', async () => {
  const data = start()
  await pidOf(data)
  const heard = new Promise((resolve) => data.onEvent((name, body) => name === 'store.changed' && resolve(body)))
  const states = vi.fn<() => void>()
  data.onEvent((name) => name === 'app.state' && states())
  await data.call('sync.now', null).catch(() => undefined)
  expect(await heard).toEqual({ patients: true, sessions: true, reads: true, practice: true })
  expect(states).toHaveBeenCalledOnce()
})

test('a process that dies at every start is tried again later and later, and its callers are told', async () => {
  const starts: DataPort[] = []
  const data = startDataProcess({
    spawn: () => {
      const port = forkTinyData('--die-at-start')
      starts.push(port)
      return port
    },
    logger: silentLogger,
    firstRestartMs: 1,
  })
  started.push(data)
  await expect(data.call('app.state', null)).rejects.toMatchObject({ code: 'internal' })
  await expect(data.call('app.state', null)).rejects.toMatchObject({ code: 'internal' })
  expect(starts.length).toBeGreaterThan(1)
})

test('a malformed event is dropped before it reaches a window', async () => {
  const data = start()
  const heard: string[] = []
  data.onEvent((name) => heard.push(name))
  await data.call('queue.counts', { search: '' })
  expect(heard).toEqual(['photo.arrived'])
})

test('an answer that breaks the contract becomes an internal error, not data', async () => {
  const data = start()
  const answering = { handlers: forwardCalls(data.call), isTrusted: () => true, logger: silentLogger }
  const sender = { frameUrl: 'app://workstation/', isMainFrame: true }
  expect(await answerCall(answering, sender, 'queue.counts', { search: '' })).toEqual({
    ok: false,
    code: 'internal',
    detail: {},
  })
})

test('locking reaches the process and its new state comes back as an event', async () => {
  const data = start()
  await pidOf(data)
  const locked = new Promise((resolve) =>
    data.onEvent((name, body) => name === 'app.state' && resolve((body as AppState).phase)),
  )
  data.lock()
  expect(await locked).toBe('locked')
})

test('stopping ends the process for good and refuses what comes later', async () => {
  const data = start()
  const pid = await pidOf(data)
  await data.stop()
  expect(() => process.kill(pid, 0)).toThrow(expect.objectContaining({ code: 'ESRCH' }))
  await expect(data.call('app.state', null)).rejects.toMatchObject({ code: 'internal' })
})
