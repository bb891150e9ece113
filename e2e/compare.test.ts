import path from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectFocusOnScreen } from './keyboard/keys.ts'
import { PATIENTS, writeScans } from './keyboard/scans.ts'
import { launchBrowser } from './support/browser.ts'
import { type Practice, startPractice } from './support/practice.ts'
import { hosts, signIn, type Workstation } from './support/workstation.ts'

/** Comparing in a real browser: photos that are laid over each other, and the second window of the preview. */
const here = {} as { practice: Practice; browser: Browser; alma: Workstation; page: Page }

beforeAll(async () => {
  const practice = await startPractice(PATIENTS)
  for (const [day, stage] of [
    ['2026-05-18', 3],
    ['2026-06-01', 4],
  ] as const) {
    const code = await practice.intake(await writeScans(path.join(practice.folder, day), day, stage))
    if (code !== 0) throw new Error(`the intake ended with ${code ?? 'a signal'}`)
  }
  const browser = await launchBrowser()
  const [preview] = hosts()
  if (preview === undefined) throw new Error('no host')
  const place = { server: practice.url, caFile: practice.caFile, dataDir: path.join(practice.folder, 'alma') }
  const alma = await preview.open(browser, place)
  Object.assign(here, { practice, browser, alma, page: alma.page })
  await signIn(alma, 'Dr Alma Reyes')
  await alma.page.getByText(`All waiting · ${PATIENTS.length * 2} scans`).waitFor()
  // The newer scans have an earlier one; the oldest come first.
  for (let i = 0; i < PATIENTS.length; i++) await alma.page.keyboard.press('j')
  await alma.page.keyboard.press('Enter')
  await alma.page.locator('[data-stage="shown"] [data-view="frontal"] [data-pixels="sharp"]').first().waitFor()
})
afterAll(async () => {
  await here.alma?.stop()
  await here.browser?.close()
  await here.practice?.stop()
})
const stage = () => here.page.locator('[data-stage="shown"]')

test('the earlier photo is there while B is down, in the very frame of the key', async () => {
  const { page } = here
  const warped = stage().locator('[data-view="frontal"] [data-warped]')
  await expect.poll(() => warped.locator('canvas').evaluate((canvas) => canvas.style.transform)).toMatch(/^matrix3d/)
  await page.keyboard.down('b')
  expect(await warped.getAttribute('data-shown')).toBe('true')
  expect(await warped.evaluate((element) => getComputedStyle(element).opacity)).toBe('1')
  expect(await warped.evaluate((element) => getComputedStyle(element).transitionDuration)).toBe('0s')
  await page.keyboard.up('b')
  expect(await warped.getAttribute('data-shown')).toBe('false')
})

test('dragged with Shift the earlier photo is lined up by hand, and the focus stays on the case', async () => {
  const { page } = here
  const prior = stage().locator('[data-view="frontal"] [data-side="prior"] canvas').first()
  const box = await prior.boundingBox()
  if (box === null) throw new Error('no earlier photo')
  await page.keyboard.down('Shift')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + 12, box.y + box.height / 2 + 5, { steps: 3 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await stage()
    .locator('[data-view="frontal"]')
    .getByText(/lined up by hand|moved by hand/)
    .waitFor()
  await expectFocusOnScreen(page, 'dragging a photo')
  await page.keyboard.press('w')
  await stage().getByRole('slider').waitFor()
  await expectAccessible(page)
  await page.keyboard.press('w')
})

test('the second window follows the case, its keys work, and locking takes it away', async () => {
  const { page } = here
  const opening = page.context().waitForEvent('page')
  await page.keyboard.press('Shift+C')
  const second = await opening
  const name = (of: Page) => of.getByRole('heading', { level: 1 }).innerText()
  await second.getByRole('heading', { level: 1 }).waitFor()
  expect(await name(second)).toBe(await name(page))
  await expectAccessible(second)
  const before = await name(page)
  await second.keyboard.press('n')
  await expect.poll(() => name(page)).not.toBe(before)
  await expect.poll(() => name(second)).toBe(await name(page))
  await page.keyboard.press('Control+Shift+L')
  await expect.poll(() => second.isClosed()).toBe(true)
  expect(here.alma.complaints).toEqual([])
})
