import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron'
import path from 'node:path'
import { createLogger } from '../platform/logger.ts'
import { readAppOptions } from './app-options.ts'
import { startApp } from './start-app.ts'

const electron = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
}
const built = {
  renderer: path.join(import.meta.dirname, '../renderer'),
  preload: path.join(import.meta.dirname, '../preload/bridge.cjs'),
  data: path.join(import.meta.dirname, 'data.js'),
}
const options = readAppOptions(process.argv, process.env, app.getPath('userData'))
const logger = createLogger(process.env['LOUPE_LOG'] ?? 'info')
// Not awaited: Electron is ready only once this module has been evaluated, and startApp waits for that.
startApp(electron, built, options, logger).catch((cause: unknown) => {
  logger.error('app.not-started', cause)
  dialog.showErrorBox('Loupe could not start', 'Nothing was lost. Start it again, and tell IT if this goes on.')
  app.exit(1)
})
