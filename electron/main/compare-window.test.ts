import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silentLogger } from '../platform/logger.ts'
import { startApp } from './start-app.ts'
import { createElectronDouble, invokeEvent } from './testing/electron-double.ts'

const WINDOW = 'app://workstation/'
const SECOND = { id: 2, workArea: { x: 1920, y: 0, width: 2560, height: 1440 } }

async function start() {
  const folder = mkdtempSync(path.join(tmpdir(), 'loupe-compare-'))
  writeFileSync(path.join(folder, 'index.html'), '<head></head>')
  const { electron, record } = createElectronDouble()
  record.displays.push(SECOND)
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const built = { renderer: folder, preload: '/built/bridge.cjs', data: '/built/data.js' }
  await startApp(electron, built, { serverUrl: 'https://127.0.0.1:1', caFile: null, dataDir: folder }, silentLogger)
  stdout.mockRestore()
  const call = (from: string, name: string) => Promise.resolve(record.invoke?.(invokeEvent(from), name, null))
  return {
    record,
    popOut: (from = WINDOW) => call(from, 'compare.popOut'),
    compare: () => record.windows.slice(1),
    async stop() {
      record.app.emit('before-quit', { preventDefault: () => {} })
      await vi.waitUntil(() => record.exitCode === 0)
      rmSync(folder, { recursive: true })
    },
  }
}
const app = {} as { now: Awaited<ReturnType<typeof start>> }
beforeEach(async () => {
  app.now = await start()
})
afterEach(() => app.now.stop())

test('the host opens it, on the other display, with the rights of the first and not one more', async () => {
  const { popOut, record } = app.now
  expect(await popOut()).toEqual({ ok: true, value: { url: null } })
  const [main, second] = record.windows
  expect(second?.loaded).toEqual([`${WINDOW}compare`])
  expect(second?.options).toMatchObject(SECOND.workArea)
  expect(second?.options.webPreferences).toEqual(main?.options.webPreferences)
  expect(second?.webContents.open('https://attacker.test/')).toEqual({ action: 'deny' })
})

test('nobody else may open it', async () => {
  const { popOut, compare } = app.now
  expect(await popOut('https://attacker.test/')).toMatchObject({ ok: false, code: 'auth.denied' })
  expect(compare()).toEqual([])
})

test('asked again it comes to the front: there is one', async () => {
  const { popOut, compare } = app.now
  await popOut()
  await popOut()
  expect(compare()).toHaveLength(1)
  expect(compare()[0]?.focusCount).toBe(1)
})

test('it comes back where it was on its display', async () => {
  const { popOut, compare } = app.now
  await popOut()
  const [first] = compare()
  Object.assign(first ?? {}, { bounds: { x: 2100, y: 200, width: 1000, height: 800 } })
  first?.emit('close')
  first?.destroy()
  await popOut()
  expect(compare()[1]?.options).toMatchObject({ x: 2100, y: 200, width: 1000, height: 800 })
})

test.each(['suspend', 'lock-screen'])('%s takes it away at once', async (event) => {
  const { popOut, compare, record } = app.now
  await popOut()
  record.powerMonitor.emit(event)
  expect(compare()[0]?.isDestroyed()).toBe(true)
})

test('a store that is closed for any other reason takes it away too, and it hears what the first hears', async () => {
  const { popOut, compare, record } = app.now
  await popOut()
  const [child] = record.children
  const tell = (name: string, body: unknown) => child?.emit('message', { kind: 'event', name, body })
  tell('photo.arrived', { hash: 'ff' })
  expect(compare()[0]?.webContents.sent).toEqual([['loupe:event', 'photo.arrived', { hash: 'ff' }]])
  const state = { keyGuard: 'keychain', account: null, signInExpired: false, problem: null, letGo: null }
  tell('app.state', { ...state, phase: 'locked', serverUrl: 'https://127.0.0.1:1', demo: true, version: '0' })
  expect(compare()[0]?.isDestroyed()).toBe(true)
})

test('it closes with the main window', async () => {
  const { popOut, compare, record } = app.now
  await popOut()
  record.windows[0]?.emit('closed')
  expect(compare()[0]?.isDestroyed()).toBe(true)
})
