import type { BrowserWindow, Session } from 'electron'
import type { ElectronApi } from './electron-api.ts'
import type { WindowStateFile } from './window-state.ts'

type WindowOptions = { readonly preload: string; readonly session: Session; readonly state: WindowStateFile }

/** The neutral surround of the photos: no white flash before the first paint. */
const BACKGROUND = '#17181a'
const FIRST_SIZE = { width: 1440, height: 900 } as const

export function openWindow(electron: ElectronApi, { preload, session, state }: WindowOptions): BrowserWindow {
  const known = state.find(electron.screen.getAllDisplays().map((display) => display.workArea))
  const bounds = known === undefined ? FIRST_SIZE : { x: known.x, y: known.y, width: known.width, height: known.height }
  const window = new electron.BrowserWindow({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    backgroundColor: BACKGROUND,
    title: 'Loupe',
    webPreferences: {
      preload,
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Its dictionaries would be fetched from outside, and notes are patient data.
      spellcheck: false,
      devTools: !electron.app.isPackaged,
    },
  })
  if (known?.maximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => state.save({ ...window.getNormalBounds(), maximized: window.isMaximized() }))
  return window
}
