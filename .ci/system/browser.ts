import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright'
import { installDebian, isInstalled, mayInstall } from './debian.ts'

/** Path of a Chromium that is here already: the one that is named, Playwright's own, or the system's. */
export function findBrowser(): string | undefined {
  const named = process.env['LOUPE_CHROMIUM']
  if (named !== undefined && existsSync(named)) return named
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
}

/** Fetches one when none is here: Playwright's own, else Debian's when root. Undefined when neither can be had. */
export function ensureBrowser(): string | undefined {
  const here = findBrowser()
  if (here !== undefined) return here
  process.stderr.write('test: no browser here, fetching one\n')
  spawnSync('playwright', ['install', 'chromium'], { stdio: 'ignore', timeout: 180_000 })
  if (findBrowser() === undefined && mayInstall()) installDebian(['chromium'])
  if (findBrowser() === undefined && isInstalled('apt-get')) {
    process.stderr.write('test: Playwright’s browser is out of reach; as root, apt-get install chromium would do\n')
  }
  return findBrowser()
}
