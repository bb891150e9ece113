import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { APP_ORIGIN, CALL_CHANNEL, EVENT_CHANNEL } from '../../preload/contract/channels.ts'
import { dataArguments } from '../ipc/data-arguments.ts'
import { type DataProcess, startDataProcess } from '../ipc/data-process.ts'
import type { Logger } from '../platform/logger.ts'
import type { AppOptions } from './app-options.ts'
import { answerCalls } from './answer-calls.ts'
import { createCompareWindow } from './compare-window.ts'
import { confineContents } from './confine-contents.ts'
import { limitDownloads } from './downloads.ts'
import type { ElectronApi } from './electron-api.ts'
import { offerFieldMenu } from './field-menu.ts'
import { setMenu } from './menu.ts'
import { denyPermissions } from './permissions.ts'
import { lockOnPowerEvents } from './power.ts'
import { registerSchemes, serveProtocols } from './protocols.ts'
import { reloadGone } from './reload-gone.ts'
import { forkUtilityPort } from './utility-data-port.ts'
import { openWindow } from './window.ts'
import { createWindowState } from './window-state.ts'

/** Files that `npm run build` made. */
export type BuiltFiles = { readonly renderer: string; readonly preload: string; readonly data: string }

/** In memory only: nothing that Chromium keeps of a page (cache, storage) ever reaches the disk in plain text. */
const MEMORY_SESSION = 'loupe'
const EXIT_NOT_CONFIGURED = 2
/** Longer than a page takes to put away what was just typed. */
const CLOSING_MS = 2000

/** Everything up to `whenReady` is done before it first waits: Electron asks for that. */
export async function startApp(
  electron: ElectronApi,
  built: BuiltFiles,
  options: AppOptions,
  logger: Logger,
): Promise<void> {
  const { app } = electron
  registerSchemes(electron.protocol)
  app.enableSandbox()
  const shellDir = path.join(options.dataDir, 'shell')
  mkdirSync(shellDir, { recursive: true, mode: 0o700 })
  app.setPath('userData', shellDir) // also the scope of the lock below: one app per store
  if (!app.requestSingleInstanceLock()) return app.quit()
  app.on('web-contents-created', (_event, contents) => {
    confineContents(contents)
    offerFieldMenu(electron, contents)
  })
  await app.whenReady()
  const { serverUrl } = options
  if (serverUrl === null) return refuseStart(electron)

  const session = electron.session.fromPartition(MEMORY_SESSION)
  denyPermissions(session)
  limitDownloads(session)
  const { dataDir, caFile } = options
  const dataArgs = dataArguments({ dataDir, serverUrl, caFile, version: app.getVersion() })
  const data = startDataProcess({ spawn: () => forkUtilityPort(electron.utilityProcess, built.data, dataArgs), logger })
  serveProtocols(session.protocol, built.renderer, data)
  stopWithApp(electron, data)

  setMenu(electron, process.platform)
  const { preload } = built
  const window = openWindow(electron, { preload, session, state: createWindowState(dataDir) })
  reloadGone(electron, window.webContents, logger)
  const compare = createCompareWindow(electron, { preload, session, dataDir, main: window })
  electron.ipcMain.handle(CALL_CHANNEL, answerCalls(data, { shell: electron.shell, compare, logger }))
  lockOnPowerEvents(electron.powerMonitor, {
    lock: () => {
      // Not only when the data process has said so: its photos go now.
      compare.close()
      data.lock()
    },
  })
  data.onEvent((name, body) => {
    if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, name, body)
    compare.send(name, body)
  })
  app.on('second-instance', () => {
    if (window.isDestroyed()) return // it is ending
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  await window.loadURL(`${APP_ORIGIN}/`)
  process.stdout.write(`${JSON.stringify({ event: 'ready', workstation: `${APP_ORIGIN}/` })}\n`)
}

function refuseStart({ app, dialog }: ElectronApi): void {
  dialog.showErrorBox(
    'Loupe does not know its server',
    'Start it with --server and the address of your practice’s Loupe server, or ask whoever installed it.',
  )
  app.exit(EXIT_NOT_CONFIGURED)
}

/**
 * The windows put away what was just typed, then the store is written out, then the app is gone; Electron would wait for
 * neither by itself.
 */
function stopWithApp(electron: ElectronApi, data: DataProcess): void {
  const { app } = electron
  const stopping = { begun: false }
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (stopping.begun) return
    stopping.begun = true
    void closeWindows(electron)
      .then(() => data.stop())
      .finally(() => app.exit(0))
  })
  process.once('SIGTERM', () => app.quit())
  process.once('SIGINT', () => app.quit())
}

async function closeWindows({ BrowserWindow }: ElectronApi): Promise<void> {
  const windows = BrowserWindow.getAllWindows()
  const closed = windows.map((window) => new Promise<void>((resolve) => void window.once('closed', () => resolve())))
  for (const window of windows) window.close()
  await Promise.race([Promise.all(closed), new Promise((resolve) => void setTimeout(resolve, CLOSING_MS))])
}
