import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { whyNoBrowser } from '../open-browser.ts'
import { type Child, startChild } from './child.ts'

export type Desktop = { readonly runtime: string } | { readonly whyNot: string }

const TOLD_EVERY_MS = 20_000

type Fetching = {
  readonly run: (child: Child, onEnd: () => void) => Child
  readonly say: (line: string) => void
  readonly logFile: string
}

/**
 * Electron's runtime, where somebody can see a window. npm installs the package without it: its own script fetches it,
 * once. Never asked of the package itself, whose import would wait for that too.
 */
export async function findDesktop(root: string, open: boolean, fetching: Fetching): Promise<Desktop> {
  if (!open) return { whyNot: '--no-open' }
  const unseen = whyNoBrowser(process.env, process.platform)
  if (unseen !== undefined) return { whyNot: unseen }
  const there = findRuntime(root) ?? (await fetchRuntime(root, fetching))
  return there === undefined ? { whyNot: 'Electron’s runtime cannot be fetched here' } : { runtime: there }
}

function findRuntime(root: string): string | undefined {
  const folder = path.join(root, 'node_modules/electron')
  const pathFile = path.join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const runtime = path.join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(runtime) ? runtime : undefined
}

async function fetchRuntime(root: string, { run, say, logFile }: Fetching): Promise<string | undefined> {
  const args = [path.join(root, 'node_modules/electron/install.js')]
  say('fetching Electron’s runtime, once (some 110 MB)')
  const child = run(startChild({ name: 'Electron’s runtime', command: process.execPath, args, logFile }), () => {})
  const telling = setInterval(() => say('still fetching Electron’s runtime'), TOLD_EVERY_MS)
  const { code } = await child.ended
  clearInterval(telling)
  return code === 0 ? findRuntime(root) : undefined
}
