import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright'
import { ROOT } from '../../support/practice.ts'
import { type Program, runProgram } from '../../support/process.ts'
import type { Box } from './contestants.ts'
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

/** From the queue into the scan of the selected row. */
export async function enterReview(page: Page): Promise<void> {
  await page.evaluate(installProbe, ['n', 'p', 'b', 'z', '0', 'Enter'])
  await page.evaluate(() => {
    window.benchSharp = () => {
      const canvases = [...document.querySelectorAll<HTMLElement>('[data-stage=shown] canvas[data-pixels]')]
      return canvases.length > 0 && canvases.every((canvas) => canvas.dataset['pixels'] === 'sharp')
    }
  })
  await page
    .getByText(/\d+ scans?/)
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[data-stage=shown] canvas[data-pixels]').first().waitFor()
  await page.waitForFunction(() => window.benchSharp())
  await page.evaluate(() => window.benchProbe.take())
}

/** Where the photos of the scan on screen lie: a contestant gets the same places. */
export function findBoxes(page: Page): Promise<Box[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[data-stage=shown] [data-side]')].map((cell) => {
      const { left, top, width, height } = cell.getBoundingClientRect()
      return { left, top, width, height }
    }),
  )
}

/** Presses a key so many times at a steady pace, whatever the page does meanwhile. */
export async function press(page: Page, key: string, times: number, everyMs: number): Promise<KeySample[]> {
  const startMs = performance.now()
  for (let i = 0; i < times; i++) {
    await sleepUntil(startMs + i * everyMs)
    await page.keyboard.press(key)
  }
  return await page.evaluate(() => window.benchProbe.take())
}

async function sleepUntil(atMs: number): Promise<void> {
  const waitMs = atMs - performance.now()
  if (waitMs > 0) await sleep(waitMs)
}
