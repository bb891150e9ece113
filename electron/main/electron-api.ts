import type * as Electron from 'electron'

/** The part of Electron that Loupe uses. Passed in, so that everything but main.ts runs in tests without its runtime. */
export type ElectronApi = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'powerMonitor'
  | 'screen'
  | 'session'
  | 'shell'
  | 'utilityProcess'
  | 'protocol'
>
