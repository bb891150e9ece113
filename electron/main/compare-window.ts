import type { BrowserWindow, Session } from 'electron'
import { APP_ORIGIN, COMPARE_PATH, EVENT_CHANNEL } from '../../preload/contract/channels.ts'
import type { EventBody, EventName } from '../../preload/contract/ipc.ts'
import { createDisplayBounds } from './display-bounds.ts'
import type { ElectronApi } from './electron-api.ts'
import { makeWindow } from './window.ts'

type Options = {
  readonly preload: string
  readonly session: Session
  readonly dataDir: string
  /** The window that it follows. */
  readonly main: BrowserWindow
}
export type CompareWindow = {
  /** Opened by the host alone: a page may open none. */
  open(): Promise<void>
  /** At once, whatever its page is doing: its photos must be gone when the store is closed. */
  close(): void
  send<E extends EventName>(name: E, body: EventBody<E>): void
}

const FIRST_SIZE = { width: 1200, height: 800 } as const

/** The second window: the compare view of the case that is on screen in the first. At most one. */
export function createCompareWindow(
  electron: ElectronApi,
  { preload, session, dataDir, main }: Options,
): CompareWindow {
  const places = createDisplayBounds(dataDir)
  const opened: { window: BrowserWindow | null } = { window: null }

  function savePlace(window: BrowserWindow) {
    const bounds = window.getNormalBounds()
    places.save(electron.screen.getDisplayMatching(bounds).id, { ...bounds, maximized: window.isMaximized() })
  }
  function close() {
    const { window } = opened
    opened.window = null
    if (window === null || window.isDestroyed()) return
    savePlace(window)
    window.destroy()
  }
  async function open() {
    const { window: there } = opened
    if (there !== null && !there.isDestroyed()) {
      if (there.isMinimized()) there.restore()
      return there.focus()
    }
    const displays = electron.screen.getAllDisplays()
    const mainDisplay = electron.screen.getDisplayMatching(main.getBounds())
    const place = places.find(displays, mainDisplay.id)
    const window = makeWindow(electron, { preload, session, place, firstSize: FIRST_SIZE })
    opened.window = window
    window.on('close', () => savePlace(window))
    window.webContents.on('render-process-gone', close)
    window.on('closed', () => {
      if (opened.window === window) opened.window = null
    })
    await window.loadURL(`${APP_ORIGIN}${COMPARE_PATH}`)
  }
  main.on('closed', close)

  return {
    open,
    close,
    send(name, body) {
      const isClosed = name === 'app.state' && (body as EventBody<'app.state'>).phase !== 'ready'
      if (isClosed) return close()
      if (opened.window?.isDestroyed() === false) opened.window.webContents.send(EVENT_CHANNEL, name, body)
    },
  }
}
