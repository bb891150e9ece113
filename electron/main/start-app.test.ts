import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { silentLogger } from '../platform/logger.ts'
import { setMenu } from './menu.ts'
import { startApp } from './start-app.ts'
import { createElectronDouble, invokeEvent } from './testing/electron-double.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'loupe-start-'))
  writeFileSync(path.join(folder, 'index.html'), '<head></head>')
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

async function start() {
  const { electron, record } = createElectronDouble()
  const built = { renderer: folder, preload: '/built/bridge.cjs', data: '/built/data.js' }
  const dataDir = path.join(folder, 'data')
  await startApp(electron, built, { serverUrl: 'https://127.0.0.1:1', caFile: null, dataDir }, silentLogger)
  const [window] = record.windows
  if (window === undefined) throw new Error('no window was opened')
  const quit = () => {
    const preventDefault = vi.fn<() => void>()
    record.app.emit('before-quit', { preventDefault })
    return preventDefault.mock.calls.length > 0
  }
  const end = async () => {
    quit()
    await vi.waitUntil(() => record.exitCode !== undefined)
  }
  return { electron, record, window, dataDir, quit, end }
}

test('what has to be done before Electron is ready is done before anything is waited for', async () => {
  const { electron, record } = createElectronDouble({ firstInstance: false })
  const options = { serverUrl: null, caFile: null, dataDir: path.join(folder, 'new', 'data') }
  void startApp(electron, { renderer: folder, preload: '', data: '' }, options, silentLogger)
  expect(record.calls).toEqual(['registerSchemes', 'enableSandbox', 'setPath userData', 'quit'])
  // Electron takes no folder that is not there.
  expect(existsSync(path.join(folder, 'new', 'data', 'shell'))).toBe(true)
})

test('the entry is evaluated without waiting for Electron, which waits for that before it is ready', async () => {
  const { electron, record } = createElectronDouble()
  const { promise: ready, resolve: becomeReady } = Promise.withResolvers<void>()
  vi.spyOn(electron.app, 'whenReady').mockReturnValue(ready)
  Object.assign(electron.app, { getPath: () => folder })
  vi.doMock('electron', () => electron)
  vi.stubEnv('LOUPE_SERVER_URL', 'https://127.0.0.1:1')
  vi.stubEnv('LOUPE_DATA_DIR', folder)
  const patience = new Promise((resolve) => void setTimeout(resolve, 10_000, 'waits for Electron'))
  const evaluated = import('./main.ts').then(() => 'evaluated')
  expect(await Promise.race([evaluated, patience])).toBe('evaluated')
  expect(record.windows).toEqual([])
  becomeReady()
  await vi.waitUntil(() => record.windows.length === 1)
  record.app.emit('before-quit', { preventDefault: () => {} })
  await vi.waitUntil(() => record.exitCode === 0)
  vi.unstubAllEnvs()
  vi.doUnmock('electron')
})

describe('the menu', () => {
  test('on macOS has the verbs that fields and the system need, and none that reloads or inspects', () => {
    const { electron, record } = createElectronDouble()
    setMenu(electron, 'darwin')
    expect(record.menu).toEqual([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
  })
  test.each(['win32', 'linux'] as const)('there is none on %s', (platform) => {
    const { electron, record } = createElectronDouble()
    setMenu(electron, platform)
    expect(record.menu).toBeNull()
  })
})

describe('a right click', () => {
  const editFlags = { canCut: false, canCopy: true, canPaste: true, canSelectAll: true }
  const clickOn = (what: object) => [{}, { isEditable: false, selectionText: '', editFlags, ...what }] as const

  test('on a field offers what can be done there, in the system’s language', async () => {
    const { record, window, end } = await start()
    window.webContents.emit('context-menu', ...clickOn({ isEditable: true }))
    expect(record.poppedUp[0]?.map(({ label, enabled }) => [label, enabled])).toEqual([
      ['Ausschneiden', false],
      ['Kopieren', true],
      ['Einfügen', true],
      [undefined, undefined],
      ['Alles auswählen', true],
    ])
    await end()
  })

  test('on chosen words offers to copy them, and on anything else nothing', async () => {
    const { record, window, end } = await start()
    record.languages = ['pt-BR']
    window.webContents.emit('context-menu', ...clickOn({ selectionText: ' ' }))
    expect(record.poppedUp).toEqual([])
    window.webContents.emit('context-menu', ...clickOn({ selectionText: 'N-1002' }))
    expect(record.poppedUp[0]?.map(({ label }) => label)).toEqual(['Copy'])
    await end()
  })
})

describe('quitting', () => {
  test('lets the windows put away what was typed, keeps their place, and only then writes the store out', async () => {
    const { record, window, dataDir, quit } = await start()
    await Promise.resolve(record.invoke?.(invokeEvent('app://workstation/'), 'compare.popOut', null))
    const [child] = record.children
    const received = () => child?.received.some((message) => message.kind === 'power') === true
    const before = { hidden: false, stopped: false }
    window.webContents.on('page-hidden', () => Object.assign(before, { hidden: true, stopped: received() }))
    expect(quit()).toBe(true)
    await vi.waitUntil(() => record.exitCode === 0)
    expect(before).toEqual({ hidden: true, stopped: false })
    expect(received()).toBe(true)
    expect(record.windows.map((one) => one.isDestroyed())).toEqual([true, true])
    expect(JSON.parse(readFileSync(path.join(dataDir, 'window.json'), 'utf8'))).toMatchObject(window.bounds)
  })

  test('asked for twice it is still done once, to the end', async () => {
    const { record, quit } = await start()
    expect([quit(), quit()]).toEqual([true, true])
    await vi.waitUntil(() => record.exitCode === 0)
    const [child] = record.children
    expect(child?.received.filter((message) => message.kind === 'power')).toHaveLength(1)
  })

  test('a second start while it ends asks nothing of a window that is gone', async () => {
    const { record, window, end } = await start()
    window.close()
    record.app.emit('second-instance')
    expect(window.focusCount).toBe(0)
    await end()
  })
})

describe('a window whose process has ended', () => {
  const gone = (reason: string) => [{}, { reason, exitCode: 5 }] as const

  test('is loaded again, unless it ended as it should', async () => {
    const { window, end } = await start()
    window.webContents.emit('render-process-gone', ...gone('clean-exit'))
    expect(window.webContents.reloadCount).toBe(0)
    window.webContents.emit('render-process-gone', ...gone('oom'))
    expect(window.webContents.reloadCount).toBe(1)
    await end()
  })

  test('again and again is told, and Loupe ends', async () => {
    const { record, window, end } = await start()
    for (let i = 0; i < 4; i++) window.webContents.emit('render-process-gone', ...gone('crashed'))
    expect(window.webContents.reloadCount).toBe(3)
    expect(record.errorBox).toMatch(/ended several times/)
    expect(record.calls).toContain('quit')
    await end()
  })

  test('now and then is not', async () => {
    const { record, window, end } = await start()
    const clock = vi.spyOn(Date, 'now')
    for (let i = 0; i < 6; i++) {
      clock.mockReturnValue(1e12 + i * 31_000)
      window.webContents.emit('render-process-gone', ...gone('crashed'))
    }
    clock.mockRestore()
    expect(window.webContents.reloadCount).toBe(6)
    expect(record.errorBox).toBeUndefined()
    await end()
  })

  test('the second one is closed: a key opens it again', async () => {
    const { record, end } = await start()
    await Promise.resolve(record.invoke?.(invokeEvent('app://workstation/'), 'compare.popOut', null))
    record.windows[1]?.webContents.emit('render-process-gone', ...gone('crashed'))
    expect(record.windows[1]?.isDestroyed()).toBe(true)
    await end()
  })
})
