import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { _electron, type Browser, type Page } from 'playwright'
import { ROOT, stopLoudly } from './practice.ts'
import { runProgram } from './process.ts'

export const PASSPHRASE = 'tulip anvil marble harbour'

export type Place = { readonly server: string; readonly caFile: string; readonly dataDir: string }
export type Window = {
  readonly page: Page
  /** Does what opens the sign-in page, and returns that page of the practice's identity provider. */
  signInPage(open: () => Promise<void>): Promise<Page>
  /** Errors of scripts, of the content policy and of requests since the start. */
  readonly complaints: readonly string[]
  /** What its program has written, where it is one of ours. */
  readonly log?: () => string
}
export type Workstation = Window & { readonly dataDir: string; stop(): Promise<void> }
export type Host = { readonly name: string; readonly open: (browser: Browser, place: Place) => Promise<Workstation> }

/** What this machine can run: the preview in a browser always, the desktop app where Electron's runtime is there. */
export function hosts(): Host[] {
  const runtime = electronRuntime()
  if (runtime === undefined)
    process.stderr.write('e2e: Electron’s runtime is not here: the journey runs in the browser preview only\n')
  const preview: Host = { name: 'the browser preview', open: openPreview }
  const desktop = (file: string): Host => ({
    name: 'the desktop app',
    open: (browser, place) => openDesktop(file, browser, place),
  })
  return [preview, ...(runtime === undefined ? [] : [desktop(runtime)])]
}

/** No keychain, whatever this machine has: the passphrase is what every machine can do. */
const WITHOUT_KEYCHAIN = { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }

async function openPreview(browser: Browser, { server, caFile, dataDir }: Place): Promise<Workstation> {
  const flags = ['--server', server, '--ca', caFile, '--data', dataDir, '--port', '0', '--no-open']
  const program = runProgram(path.join(ROOT, 'electron/preview/main.ts'), flags, WITHOUT_KEYCHAIN)
  const { workstation } = await program.event<{ workstation: string }>('ready')
  const opened = await openPage(browser, workstation)
  return {
    ...opened,
    dataDir,
    log: () => program.log(),
    stop: async () => {
      await opened.close()
      await stopLoudly(program)
    },
  }
}

/** A browser of its own at a preview's address. */
export async function openPage(browser: Browser, url: string): Promise<Window & { close(): Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  const page = await context.newPage()
  const complaints = listen(page)
  await page.goto(url)
  return {
    page,
    complaints,
    signInPage: async (open) => {
      const [popup] = await Promise.all([context.waitForEvent('page'), open()])
      return popup
    },
    close: () => context.close(),
  }
}

async function openDesktop(runtime: string, browser: Browser, place: Place): Promise<Workstation> {
  const flags = [`--server=${place.server}`, `--ca=${place.caFile}`, `--data=${place.dataDir}`]
  const app = await _electron.launch({
    executablePath: runtime,
    args: ['--no-sandbox', ROOT, ...flags],
    env: { ...definedOf(process.env), ...WITHOUT_KEYCHAIN },
  })
  const page = await app.firstWindow()
  const complaints = listen(page)
  // The system's browser is somebody's own: its part is played by a page of the test's.
  await app.evaluate(({ shell }) => {
    shell.openExternal = async (url) => void Object.assign(globalThis, { openedUrl: url })
  })
  const context = await browser.newContext()
  return {
    page,
    dataDir: place.dataDir,
    complaints,
    signInPage: async (open) => {
      await open()
      const url = await app.evaluate(async () => {
        const wait = () => new Promise((resolve) => setTimeout(resolve, 50))
        while (!('openedUrl' in globalThis)) await wait()
        return String(globalThis['openedUrl' as keyof typeof globalThis])
      })
      const signIn = await context.newPage()
      await signIn.goto(url)
      return signIn
    },
    stop: async () => {
      await context.close()
      await app.close()
    },
  }
}

/** First start: a passphrase, then the practice's own sign-in page. Ends on the queue. */
export async function signIn(window: Window, person: string): Promise<void> {
  const { page } = window
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await page.getByLabel('The same again').fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  const button = page.getByRole('button', { name: 'Sign in with the browser' })
  await button.waitFor()
  const provider = await window.signInPage(() => button.press('Enter'))
  await provider.getByRole('heading', { name: 'Sign in to Loupe (demonstration)' }).waitFor()
  await provider.getByRole('button', { name: person }).click()
  await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
}

/** What each window showed when a test failed, into `out/e2e`. */
export async function keepPictures(name: string, windows: readonly Window[]): Promise<void> {
  mkdirSync(path.join(ROOT, 'out/e2e'), { recursive: true })
  for (const [index, { page, log }] of windows.entries()) {
    const file = path.join(ROOT, 'out/e2e', `${name.replaceAll(/[^a-z]+/gi, '-').slice(0, 80)}-${index + 1}`)
    await page.screenshot({ path: `${file}.png` }).catch(() => undefined) // it may be closed
    if (log !== undefined) writeFileSync(`${file}.log`, log())
  }
}

function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A photo that has not arrived yet is asked for again when it does: its 404 is no complaint.
    if (message.type() === 'error' && !message.location().url.includes('/photo/')) complaints.push(message.text())
  })
  return complaints
}

function electronRuntime(): string | undefined {
  const folder = path.join(ROOT, 'node_modules/electron')
  const pathFile = path.join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const runtime = path.join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(runtime) ? runtime : undefined
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
