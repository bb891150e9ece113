import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import { build } from 'vite'
import { installProbe } from './in-page.ts'
import type { BenchCase } from './practice.ts'

const PEERS = path.join(import.meta.dirname, 'peers')
/** Address of their page on the workstation's own origin, so that the same photo protocol serves them. */
const AT = '/bench-peers/'

/** What each shows: viewers of one image at a time get the easier task, and the page in docs says so. */
export const CONTESTANTS = ['img', 'openseadragon', 'cornerstone', 'photoswipe', 'viewerjs'] as const
export type Contestant = (typeof CONTESTANTS)[number]

export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
type Size = { readonly name: '512' | '2048'; readonly widthPx: number; readonly heightPx: number }
type Task = { readonly boxes: readonly Box[]; readonly cases: readonly BenchCase[]; readonly size: Size }

/** They are no part of Loupe: fetched when they are first measured, at the versions of their own lock file. */
export function installContestants(): void {
  if (existsSync(path.join(PEERS, 'node_modules', '.package-lock.json'))) return
  process.stderr.write('Fetching what Loupe is compared with (once)...\n')
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: PEERS, stdio: 'inherit' })
}

/** Minified, as the product is. @returns file name to its bytes */
export async function buildContestants(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const outDir = path.join(folder, 'contestants')
  await build({
    configFile: false,
    root: PEERS,
    base: AT,
    logLevel: 'error',
    build: {
      outDir,
      minify: true,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input: path.join(PEERS, 'page/main.mjs'), output: { entryFileNames: 'main.js' } },
    },
  })
  const files = await readdir(outDir, { recursive: true, withFileTypes: true })
  const read = files
    .filter((file) => file.isFile())
    .map(async (file) => {
      const full = path.join(file.parentPath, file.name)
      return [path.relative(outDir, full), await readFile(full)] as const
    })
  return new Map(await Promise.all(read))
}

export async function openContestant(
  context: BrowserContext,
  origin: string,
  files: ReadonlyMap<string, Buffer>,
  name: Contestant,
  { boxes, cases, size }: Task,
): Promise<Page> {
  const page = await context.newPage()
  await page.route(`${origin}${AT}**`, async (route) => {
    const file = new URL(route.request().url()).pathname.slice(AT.length)
    if (file === '') {
      const body = `<!doctype html><title>${name}</title><body><script type="module" src="${AT}main.js"></script>`
      return await route.fulfill({ contentType: 'text/html', body })
    }
    const body = files.get(file)
    const contentType = file.endsWith('.css') ? 'text/css' : 'text/javascript'
    return await (body === undefined ? route.abort() : route.fulfill({ contentType, body }))
  })
  await page.goto(`${origin}${AT}`)
  await page.waitForFunction(() => 'start' in window)
  await page.evaluate(installProbe, ['n'])
  await page.evaluate((task) => (window as unknown as { start(task: unknown): Promise<void> }).start(task), {
    name,
    boxes,
    cases: cases.map(({ hashes }) => hashes),
    size,
  })
  // From here on no request goes through the bench.
  await page.unrouteAll({ behavior: 'wait' })
  await page.waitForFunction(() => window.benchSharp(), null, { timeout: 60_000 })
  return page
}
