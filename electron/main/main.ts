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
await startApp(electron, built, options, createLogger(process.env['LOUPE_LOG'] ?? 'info'))
