import type { BrowserWindow, Session } from 'electron'
import type { ElectronApi } from './electron-api.ts'
import type { WindowState, WindowStateFile } from './window-state.ts'

type Confined = { readonly preload: string; readonly session: Session }
type WindowOptions = Confined & { readonly state: WindowStateFile }
type MadeAt = Confined & {
  /** Where it was; undefined where it was never opened, or its display is gone. */
  readonly place: WindowState | undefined
  readonly firstSize: { readonly width: number; readonly height: number }
}

/** The neutral surround of the photos: no white flash before the first paint. */
const BACKGROUND = '#17181a'
const FIRST_SIZE = { width: 1440, height: 900 } as const

/** The main window. It keeps its place from one start to the next. */
export function openWindow(electron: ElectronApi, { preload, session, state }: WindowOptions): BrowserWindow {
  const place = state.find(electron.screen.getAllDisplays().map((display) => display.workArea))
  const window = makeWindow(electron, { preload, session, place, firstSize: FIRST_SIZE })
  window.on('close', () => state.save({ ...window.getNormalBounds(), maximized: window.isMaximized() }))
  return window
}

/** Every window of Loupe is made here: none has more rights than another. */
export function makeWindow(electron: ElectronApi, { preload, session, place, firstSize }: MadeAt): BrowserWindow {
  const bounds = place === undefined ? firstSize : { x: place.x, y: place.y, width: place.width, height: place.height }
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
  if (place?.maximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  return window
}
