import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../command-line.ts'
import { startChild } from './child.ts'

const SOURCES = ['renderer', 'preload', 'electron', 'server/contract', 'electron.vite.config.ts', 'package-lock.json']
const PRODUCTS = ['out/renderer/index.html', 'out/preload/preview-bridge.cjs', 'out/main/main.js']

/** Why the window has to be built; undefined when `out/` is as new as its sources. */
export function whyBuild(root: string): string | undefined {
  const built = PRODUCTS.map((file) => changedAtMs(path.join(root, file)))
  if (built.includes(undefined)) return 'it is not built yet'
  const oldestMs = Math.min(...built.map((ms) => ms ?? 0))
  return SOURCES.some((source) => newestMs(path.join(root, source)) > oldestMs) ? 'its sources changed' : undefined
}

/** `npm run build`, without npm. */
export async function buildWindow(root: string, logFile: string): Promise<void> {
  const script = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const args = [script, 'build', '--logLevel', 'warn']
  const { code, sentence } = await startChild({ name: 'build', command: process.execPath, args, logFile }).ended
  if (code !== 0) throw new UsageError(sentence)
}

function changedAtMs(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs
}

function newestMs(at: string): number {
  const stat = statSync(at, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  const files = readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Math.max(0, ...files.map((entry) => changedAtMs(path.join(entry.parentPath, entry.name)) ?? 0))
}
