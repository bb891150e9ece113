import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright'
import { ROOT } from '../../support/practice.ts'
import { type Program, runProgram } from '../../support/process.ts'
import { installProbe, type KeySample } from './in-page.ts'
import { type BenchPractice, PASSPHRASE } from './practice.ts'

export type ReviewWindow = {
  readonly context: BrowserContext
  readonly page: Page
  /** Of the preview host: pages of the same origin may fetch the same photos. */
  readonly origin: string
  close(): Promise<void>
}

export const VIEWPORT = { width: 1440, height: 900 }

/** The product itself: preview host, data process, store and photo protocol, in a browser, at its queue. */
export async function openWindow(browser: Browser, practice: BenchPractice): Promise<ReviewWindow> {
  const { serverUrl, caFile, dataDir } = practice
  const flags = ['--server', serverUrl, '--ca', caFile, '--data', dataDir, '--port', '0', '--no-open']
  const program: Program = runProgram(path.join(ROOT, 'electron/preview/main.ts'), flags, {
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    LOUPE_LOG: 'fatal',
  })
  const { workstation } = await program.event<{ workstation: string }>('ready')
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(workstation)
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
  return {
    context,
    page,
    origin: new URL(workstation).origin,
    close: async () => {
      await context.close()
      await program.stop()
    },
  }
}

/** From the queue into its first scan; photos of the stage on screen count. */
export async function enterReview(page: Page): Promise<void> {
  await page.locator('tr[aria-selected], [role=row]').nth(1).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[data-stage=shown] canvas[data-pixels=sharp]').nth(9).waitFor()
  await page.evaluate(installProbe, 'n')
  await page.evaluate(() => {
    window.benchSharp = () => {
      const canvases = [...document.querySelectorAll<HTMLElement>('[data-stage=shown] [data-side] canvas')]
      return canvases.length > 0 && canvases.every((canvas) => canvas.dataset['pixels'] === 'sharp')
    }
  })
}

/** Presses a key so many times at a steady pace, whatever the page does meanwhile. */
export async function press(page: Page, key: string, times: number, everyMs: number): Promise<KeySample[]> {
  const startMs = performance.now()
  for (let i = 0; i < times; i++) {
    const waitMs = startMs + i * everyMs - performance.now()
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    await page.keyboard.press(key)
  }
  return await page.evaluate(() => window.benchProbe.take())
}
