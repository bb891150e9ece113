import { type Browser, chromium } from 'playwright'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
]

/** `.ci/test.ts` names the browser that it found or fetched. */
export function browserPath(): string | undefined {
  return process.env['LOUPE_CHROMIUM']
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = browserPath()
  return chromium.launch({ args: ARGUMENTS, ...(executablePath === undefined ? {} : { executablePath }) })
}
