import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { expectFocusOnScreen } from './keyboard/keys.ts'
import { PATIENTS, writeScans } from './keyboard/scans.ts'
import { expectAccessible } from './support/accessible.ts'
import { launchBrowser } from './support/browser.ts'
import { type Practice, startPractice } from './support/practice.ts'
import { findRealData } from './support/real-data.ts'
import { hosts, keepPictures, signIn, type Workstation } from './support/workstation.ts'

/** Comparing in a real browser: photos that are laid over each other, and the second window of the preview. */
const here = {} as { practice: Practice; browser: Browser; alma: Workstation; page: Page }

const TWO = PATIENTS.slice(0, 2)
const realData = findRealData()
/** One mouth: five views in June, three of them again in August, and in October the frontal one alone. */
const REAL = 'sb_v01'
const REAL_SCANS = 3
const TOTAL = TWO.length * 2 + (realData === undefined ? 0 : REAL_SCANS)

beforeAll(async () => {
  const practice = await startPractice([...TWO, { ...PATIENTS[0], reference: REAL, familyName: 'Yarrowhill' }])
  for (const [day, stage] of [
    ['2026-05-18', 3],
    ['2026-06-01', 4],
  ] as const) {
    const manifest = await writeScans(path.join(practice.folder, day), day, stage, { patients: TWO })
    if ((await practice.intake(manifest)) !== 0) throw new Error('the intake failed')
  }
  if (realData !== undefined) {
    const manifest = await writeRealManifest(realData, practice.folder)
    if ((await practice.intake(manifest)) !== 0) throw new Error('the intake of real photos failed')
  }
  const browser = await launchBrowser()
  const [preview] = hosts()
  if (preview === undefined) throw new Error('no host')
  const place = { server: practice.url, caFile: practice.caFile, dataDir: path.join(practice.folder, 'alma') }
  const alma = await preview.open(browser, place)
  Object.assign(here, { practice, browser, alma, page: alma.page })
  await signIn(alma, 'Dr Alma Reyes')
  alma.page.setDefaultTimeout(30_000)
  await alma.page.getByText(`All waiting · ${TOTAL} scans`).waitFor()
  await alma.page.keyboard.press('g')
  await openPatient(alma.page, 'quillfeather', 2, 2)
  await alma.page.locator('[data-stage="shown"] [data-view="frontal"] [data-pixels="sharp"]').first().waitFor()
})
afterAll(async () => {
  await here.alma?.stop()
  await here.browser?.close()
  await here.practice?.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await keepPictures(`compare ${task.name}`, [here.alma])
})

/** The rows of that mouth, with the photos where they are, and a stage for each day: sorted by it they stand in order. */
async function writeRealManifest(data: string, folder: string): Promise<string> {
  const photos = path.join(data, 'photos')
  const [head, ...lines] = readFileSync(path.join(photos, 'sessions.csv'), 'utf8').trim().split(/\r?\n/)
  const own = lines.map((line) => line.split(',')).filter(([patient]) => patient === REAL)
  const days = ['2026-06-01', '2026-08-03', '2026-10-05']
  const rows = own.map(([patient, day, view, file = '']) =>
    [patient, day, view, path.join(photos, file), days.indexOf(day ?? '') + 1].join(','),
  )
  const manifest = path.join(folder, 'real.csv')
  await writeFile(manifest, [`${head},stage`, ...rows, ''].join('\n'))
  return manifest
}
/** That scan of a patient who has so many, the oldest first, from the queue. */
async function openPatient(page: Page, family: string, scans: number, scan: number): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(family)
  // The search before may have found as many: the rows are this patient's.
  await page.getByText(`All waiting · ${scans} found`).waitFor()
  const rows = page.getByRole('row').filter({ hasText: new RegExp(family, 'i') })
  await rows.nth(scans - 1).waitFor()
  for (const key of ['Enter', 'Home', 'Enter']) await page.keyboard.press(key)
  await page.getByText(/^Case 1 of /).waitFor()
  for (let n = 1; n < scan; n += 1) await page.keyboard.press('n')
  await page.getByText(new RegExp(`^Case ${scan} of `)).waitFor()
}
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

describe.skipIf(realData === undefined)('a real mouth', () => {
  const prior = () => stage().locator('[data-side="prior"] canvas[role="img"]')
  const current = () => stage().locator('[data-side="current"]')
  const pixelsOf = (canvas: ReturnType<typeof prior>) =>
    canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL())

  test('is lined up by itself; zoom, swipe and difference go through the transform', async () => {
    const { page } = here
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await openPatient(page, 'yarrowhill', REAL_SCANS, 2)
    for (const key of ['c', 'c']) await page.keyboard.press(key)
    await stage().locator('[data-pair]').waitFor()
    await current()
      .getByText(/lined up \d\.\d\d, /)
      .waitFor({ timeout: 60_000 })
    const warped = current().locator('[data-warped]')
    await expect.poll(() => warped.locator('canvas').evaluate((one) => one.style.transform)).toMatch(/^matrix3d/)
    const fit = await warped.locator('canvas').evaluate((one) => one.style.transform)
    const before = await pixelsOf(prior())

    await page.keyboard.press('z')
    await expect.poll(() => stage().getByText('% of fit').count()).toBe(2) // both: they are linked
    await expect.poll(() => pixelsOf(prior())).not.toBe(before)
    await expect.poll(() => warped.locator('canvas').evaluate((one) => one.style.transform)).not.toBe(fit)
    await page.keyboard.press('0')
    await expect.poll(() => pixelsOf(prior())).toBe(before)

    await page.keyboard.press('d')
    await current().getByText('difference to the earlier photo').waitFor()
    expect(await current().locator('[data-warped="difference"]').getAttribute('data-shown')).toBe('true')
    await page.keyboard.press('w') // one or the other
    const line = current().getByRole('slider')
    await line.waitFor()
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    await expect.poll(() => line.getAttribute('aria-valuenow')).toBe('56')
    await expectAccessible(page)
    await page.keyboard.press('w')
  })

  test('any earlier scan of the strip is pinned by keys; another case begins with its newest', async () => {
    const { page } = here
    await page.keyboard.press('n')
    await page.getByText(`Case ${REAL_SCANS} of ${REAL_SCANS}`).waitFor()
    await page.keyboard.press('c')
    const strip = stage().getByRole('group', { name: 'Frontal over time' })
    const pinned = () =>
      strip.getByRole('button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-pressed')))
    await expect.poll(pinned).toEqual(['false', 'true'])
    const newest = await pixelsOf(prior())
    await page.keyboard.press('[')
    await expect.poll(pinned).toEqual(['true', 'false'])
    await expect.poll(() => pixelsOf(prior())).not.toBe(newest)
    await expectAccessible(page)
    for (const key of ['p', 'n']) await page.keyboard.press(key)
    await page.getByText(`Case ${REAL_SCANS} of ${REAL_SCANS}`).waitFor()
    await expect.poll(pinned).toEqual(['false', 'true'])
    await page.keyboard.press('c')
    await page.keyboard.press('p') // a case that another one follows
    await page.getByText(`Case 2 of ${REAL_SCANS}`).waitFor()
  })
})

test('the second window follows the case, its keys work, and locking takes it away', async () => {
  const { page } = here
  const opening = page.context().waitForEvent('page')
  await page.keyboard.press('Shift+C')
  const second = await opening
  const patient = (of: Page) => of.getByRole('heading', { level: 1 }).innerText()
  const photo = (of: Page) => {
    const current = of.locator('[data-side="current"]:not([inert] *) canvas[aria-label^="Frontal, "]')
    return current.first().getAttribute('aria-label')
  }
  await expect.poll(() => photo(second)).toBe(await photo(page))
  expect(await patient(second)).toBe(await patient(page))
  await expectAccessible(second)
  const before = await photo(page)
  await second.keyboard.press('n')
  await expect.poll(() => photo(page)).not.toBe(before)
  await expect.poll(() => photo(second)).toBe(await photo(page))
  await page.keyboard.press('Control+Shift+L')
  await expect.poll(() => second.isClosed()).toBe(true)
  expect(here.alma.complaints).toEqual([])
})
