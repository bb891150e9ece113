import { readFileSync } from 'node:fs'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { DownloadItem } from 'electron'
import { silentLogger } from '../platform/logger.ts'
import { startApp } from './start-app.ts'
import { createElectronDouble, invokeEvent } from './testing/electron-double.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const WINDOW = 'app://workstation/'
const folder = mkdtempSync(path.join(tmpdir(), 'loupe-main-'))
const { electron, record } = createElectronDouble()

beforeAll(async () => {
  writeFileSync(path.join(folder, 'index.html'), '<head></head>')
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const built = { renderer: folder, preload: '/built/bridge.cjs', data: '/built/data.js' }
  const options = { serverUrl: 'https://127.0.0.1:1', caFile: null, dataDir: folder }
  await startApp(electron, built, options, silentLogger)
  vi.restoreAllMocks()
})
afterAll(async () => {
  record.app.emit('before-quit', { preventDefault: () => {} })
  await vi.waitUntil(() => record.exitCode === 0)
  rmSync(folder, { recursive: true })
})

const theWindow = () => {
  const [window] = record.windows
  if (window === undefined) throw new Error('no window was opened')
  return window
}
const preferences = () => theWindow().options.webPreferences ?? {}
const serve = async (scheme: string, url: string) => {
  const answer = record.session.served.get(scheme)
  if (answer === undefined) throw new Error(`${scheme}: is not served`)
  return answer(new Request(url))
}
/** Node's `Request` takes any address; Electron hands over the same class. */
const call = (from: string, name: unknown, parent: object | null = null) =>
  Promise.resolve(record.invoke?.(invokeEvent(from, parent), name, null))

/** @returns whether the event was stopped */
const isStopped = (event: string, url: string) => {
  const preventDefault = vi.fn<() => void>()
  theWindow().webContents.emit(event, { url, preventDefault })
  return preventDefault.mock.calls.length > 0
}

describe("Electron's security checklist", () => {
  test('1. only load secure content: the window is loaded from the app itself', () => {
    expect(theWindow().loaded).toEqual([WINDOW])
    expect(record.schemes.map(({ scheme, privileges }) => [scheme, privileges?.secure])).toEqual([
      ['app', true],
      ['photo', true],
    ])
  })

  test('2. no Node.js integration in any frame or worker', () => {
    expect(preferences()).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    })
  })

  test('3. context isolation is on', () => {
    expect(preferences().contextIsolation).toBe(true)
  })

  test('4. the sandbox is on, for the window and for every process before the app is ready', () => {
    expect(preferences().sandbox).toBe(true)
    expect(record.calls.indexOf('enableSandbox')).toBeGreaterThanOrEqual(0)
    expect(record.calls.indexOf('enableSandbox')).toBeLessThan(record.calls.indexOf('whenReady'))
  })

  test('5. every permission request is denied, on the session that the window uses', () => {
    const { session } = record
    const decide = vi.fn<(granted: boolean) => void>()
    session.permissionRequest?.({} as never, 'media', decide, {} as never)
    expect(decide).toHaveBeenCalledExactlyOnceWith(false)
    expect(session.permissionCheck?.(null, 'geolocation', WINDOW, {} as never)).toBe(false)
    expect(session.devicePermission?.({} as never)).toBe(false)
    expect(preferences().session).toBe(session)
  })

  test('6. webSecurity is not disabled', () => {
    expect(preferences().webSecurity).toBe(true)
  })

  test('7. a content security policy without unsafe-inline stands on the page', async () => {
    const policy = (await serve('app', WINDOW)).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy).toContain("img-src 'self' blob: photo:")
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|\*|https?:/)
  })

  test('8. insecure content is not allowed to run', () => {
    expect(preferences().allowRunningInsecureContent).toBe(false)
  })

  test('9. no experimental features', () => {
    expect(preferences().experimentalFeatures).toBe(false)
  })

  test('10. no Blink features by name', () => {
    expect(preferences()).not.toHaveProperty('enableBlinkFeatures')
  })

  test('11. no webview, so none that allows popups', () => {
    expect(preferences().webviewTag).toBe(false)
    expect(listRendererSources().filter((text) => /<webview|allowpopups/i.test(text))).toEqual([])
  })

  test('12. a webview that is attached all the same is stopped', () => {
    expect(isStopped('will-attach-webview', '')).toBe(true)
  })

  test.each(['will-navigate', 'will-frame-navigate'])('13. navigation is limited to the app: %s', (event) => {
    expect(isStopped(event, 'https://attacker.test/')).toBe(true)
    expect(isStopped(event, 'app://workstation.attacker.test/')).toBe(true)
    expect(isStopped(event, 'file:///etc/passwd')).toBe(true)
    expect(isStopped(event, `${WINDOW}queue`)).toBe(false)
  })

  test('14. no new windows', () => {
    expect(theWindow().webContents.open(`${WINDOW}queue`)).toEqual({ action: 'deny' })
    expect(theWindow().webContents.open('https://attacker.test/')).toEqual({ action: 'deny' })
  })

  test("15. shell.openExternal opens the data process's sign-in page and nothing else", async () => {
    expect(await call(WINDOW, 'session.signIn')).toEqual({
      ok: true,
      value: { url: 'http://127.0.0.1:1/auth', opened: true },
    })
    expect(record.opened).toEqual(['http://127.0.0.1:1/auth'])
    await call('https://attacker.test/', 'session.signIn')
    expect(record.opened).toHaveLength(1)
  })

  test('16. a current version of Electron, pinned exactly', () => {
    const { devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    const pinned = devDependencies['electron'] ?? ''
    expect(pinned).toMatch(/^\d+\.\d+\.\d+$/)
    expect(Number.parseInt(pinned, 10)).toBeGreaterThanOrEqual(45)
  })

  test('17. the sender of every call is validated', async () => {
    expect(record.channels).toEqual(['loupe:call'])
    expect(await call(WINDOW, 'app.state')).toMatchObject({ ok: true })
    expect(await call(WINDOW, 'app.state', {})).toMatchObject({ ok: false, code: 'auth.denied' })
    expect(await call('https://attacker.test/', 'app.state')).toMatchObject({ ok: false, code: 'auth.denied' })
    expect(await call('app://workstation.attacker.test/', 'app.state')).toMatchObject({
      ok: false,
      code: 'auth.denied',
    })
  })

  test('18. custom protocols instead of file:, and nothing outside the built window', async () => {
    expect([...record.session.served.keys()]).toEqual(['app', 'photo'])
    expect((await serve('app', 'app://workstation/%2e%2e/package.json')).status).toBe(404)
    expect((await serve('app', 'app://elsewhere/')).status).toBe(404)
    expect((await serve('photo', `photo://elsewhere/${'a'.repeat(64)}/512`)).status).toBe(404)
    const photo = await serve('photo', `photo://cache/${'a'.repeat(64)}/512`)
    expect(photo.headers.get('content-type')).toBe('image/jpeg')
    expect(photo.headers.get('cache-control')).toBe('no-store')
  })

  test('19. fuses: everything that would let another program use this one is off', () => {
    const builder = readFileSync(path.join(ROOT, 'electron-builder.yml'), 'utf8')
    for (const line of [
      'runAsNode: false',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'enableCookieEncryption: true',
      'enableEmbeddedAsarIntegrityValidation: true',
      'onlyLoadAppFromAsar: true',
      'grantFileProtocolExtraPrivileges: false',
    ]) {
      expect(builder).toContain(line)
    }
  })

  test('20. no Electron API reaches the page: one frozen table of calls, no event object, no channel by name', () => {
    const preload = readFileSync(path.join(ROOT, 'preload/bridge.ts'), 'utf8')
    expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1)
    expect(readFileSync(path.join(ROOT, 'preload/electron-bridge.ts'), 'utf8')).not.toMatch(
      /ipcRenderer|from 'electron'/,
    )
    expect(preferences().preload).toBe('/built/bridge.cjs')
  })
})

/** @returns whether the download was stopped, and the name that the system's dialog proposes */
function download(url: string, name: string, initiator = 'app://workstation') {
  const asked = { stopped: false, proposed: undefined as string | undefined }
  const item: DownloadDouble = {
    getInitiatorOrigin: () => initiator,
    getURL: () => url,
    getFilename: () => name,
    setSaveDialogOptions: ({ defaultPath }) => void (asked.proposed = defaultPath),
  }
  record.session.emit('will-download', { preventDefault: () => void (asked.stopped = true) }, item)
  return asked
}
type DownloadDouble = Pick<DownloadItem, 'getInitiatorOrigin' | 'getURL' | 'getFilename' | 'setSaveDialogOptions'>

describe('downloads', () => {
  const name = 'loupe-unsent-2026-08-03.loupe'
  const blob = 'blob:app://workstation/7f1c2f0e-5a52-4be4-9b4f-3d3f0f8a1c11'

  test('an export that the window made may be saved, where the person says', () => {
    expect(download(blob, name)).toEqual({ stopped: false, proposed: name })
  })

  test.each([
    ['an address', 'https://attacker.test/loupe-unsent-2026-08-03.loupe', name],
    ['another page', 'blob:https://attacker.test/7f1c2f0e', name],
    ['a host that only begins like ours', 'blob:app://workstation.attacker.test/7f1c2f0e', name],
    ['a photo', 'photo://cache/aaaa/2048', name],
    ['a program under another name', blob, 'loupe-unsent-2026-08-03.loupe.exe'],
    ['a name that climbs', blob, '../loupe-unsent-2026-08-03.loupe'],
    ['anything else of our own', blob, 'patients.csv'],
  ])('%s is not saved', (_what, url, filename) => {
    expect(download(url, filename)).toEqual({ stopped: true, proposed: undefined })
  })

  test('nor what somebody else started', () => {
    expect(download(blob, name, 'https://attacker.test').stopped).toBe(true)
    expect(download(blob, name, '').stopped).toBe(true)
  })
})

test('nothing that Chromium keeps of a page is written to disk: the session lives in memory', () => {
  expect(record.sessionNames).toEqual(['loupe'])
  expect(record.sessionNames.some((name) => name.startsWith('persist:'))).toBe(false)
})

test.each(['suspend', 'lock-screen'])('%s locks the store', (event) => {
  const [child] = record.children
  const before = child?.received.filter((message) => message.kind === 'power').length ?? 0
  record.powerMonitor.emit(event)
  const sent = child?.received.filter((message) => message.kind === 'power') ?? []
  expect(sent.slice(before)).toEqual([{ kind: 'power', what: 'lock' }])
})

test('a second start only brings the window to the front; its arguments are not read', () => {
  record.app.emit('second-instance', {}, ['loupe', '--server=https://attacker.test'], '/')
  expect(theWindow().focusCount).toBe(1)
  expect(theWindow().loaded).toEqual([WINDOW])
})

test('the second of two starts on one store quits before it opens anything', async () => {
  const second = createElectronDouble({ firstInstance: false })
  const built = { renderer: folder, preload: '', data: '' }
  await startApp(second.electron, built, { serverUrl: null, caFile: null, dataDir: folder }, silentLogger)
  expect(second.record.calls).toContain('quit')
  expect(second.record.windows).toEqual([])
  expect(second.record.children).toEqual([])
})

test('without a server it says so and ends with a code', async () => {
  const lost = createElectronDouble()
  const built = { renderer: folder, preload: '', data: '' }
  await startApp(lost.electron, built, { serverUrl: null, caFile: null, dataDir: folder }, silentLogger)
  expect(lost.record.errorBox).toMatch(/server/)
  expect(lost.record.exitCode).toBe(2)
})

function listRendererSources(): string[] {
  const files = readdirSync(path.join(ROOT, 'renderer'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /\.(tsx?|html)$/.test(file))
    .map((file) => readFileSync(path.join(ROOT, 'renderer', file), 'utf8'))
}
