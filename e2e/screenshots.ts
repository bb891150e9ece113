import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { launchBrowser } from './support/browser.ts'
import { ROOT } from './support/practice.ts'
import { runProgram } from './support/process.ts'
import { openPage, signIn } from './support/workstation.ts'

/** `node e2e/screenshots.ts`: takes the README's pictures of the sample practice, as it is right now. */
const SESSIONS = 36
const images = path.join(ROOT, 'docs/images')
const data = mkdtempSync(path.join(tmpdir(), 'loupe-pictures-'))
const start = ['--data', data, '--port', '0', '--no-open']
const program = runProgram(path.join(ROOT, 'electron/preview/start.ts'), start, {
  DBUS_SESSION_BUS_ADDRESS: 'disabled:',
})
const browser = await launchBrowser()
try {
  const { workstation } = await program.event<{ workstation: string }>('ready')
  const { page, ...window } = await openPage(browser, workstation)
  await signIn({ page, ...window }, 'Dr Alma Reyes')
  await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
  process.stderr.write('waiting for the whole sample practice\n')
  await page.keyboard.press('9')
  await page.getByText(`${SESSIONS} scans`).first().waitFor({ timeout: 900_000 })
  await page.keyboard.press('1')
  await page.getByText(/photos? arriving/).waitFor({ state: 'detached', timeout: 300_000 })
  mkdirSync(images, { recursive: true })
  await page.waitForTimeout(1000) // the preview photo of the selected row
  await page.screenshot({ path: path.join(images, 'queue.png') })
  await page.keyboard.press('Enter')
  await page.getByText(/Case 1 of/).waitFor()
  await page.waitForTimeout(3000) // every photo of both scans
  await shown(page).getByText('lining up').first().waitFor({ state: 'detached', timeout: 300_000 })
  for (const key of ['t', '1', 'Tab', '2', 'Tab', '1']) await page.keyboard.press(key)
  await page.screenshot({ path: path.join(images, 'review.png') })
  for (const key of ['c', 'c', 'w']) await page.keyboard.press(key) // one pair, with its swipe line
  await page
    .getByText(/lined up/)
    .first()
    .waitFor()
  await page.waitForTimeout(2000) // sharp at this size
  await page.screenshot({ path: path.join(images, 'compare.png') })
} finally {
  await browser.close()
  await program.stop()
  rmSync(data, { recursive: true, force: true })
}

/** The case on screen, and not the one that is painted behind it. */
function shown(page: Page) {
  return page.locator('[data-stage="shown"]')
}
