import path from 'node:path'
import type { Browser, Page, Request } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { PATIENTS, writeScans } from './keyboard/scans.ts'
import { launchBrowser } from './support/browser.ts'
import { countKnown } from './support/lined-up.ts'
import { type Practice, startPractice } from './support/practice.ts'
import { hosts, keepPictures, signIn, type Workstation } from './support/workstation.ts'

/** Photos of scans that nobody has opened are lined up while the queue stands idle, so that a review never waits for it. */
const here = {} as { practice: Practice; browser: Browser; alma: Workstation; page: Page }
const THREE = PATIENTS.slice(0, 3)
const VIEW_COUNT = 5
/** Addresses of workers, from the start of the window on. */
const started: string[] = []

beforeAll(async () => {
  const practice = await startPractice(THREE)
  for (const [day, stage] of [
    ['2026-05-18', 3],
    ['2026-06-01', 4],
  ] as const) {
    const manifest = await writeScans(path.join(practice.folder, day), day, stage, { patients: THREE })
    if ((await practice.intake(manifest)) !== 0) throw new Error('the intake failed')
  }
  const browser = await launchBrowser()
  const [preview] = hosts()
  if (preview === undefined) throw new Error('no host')
  const place = { server: practice.url, caFile: practice.caFile, dataDir: path.join(practice.folder, 'alma') }
  const alma = await preview.open(browser, place)
  Object.assign(here, { practice, browser, alma, page: alma.page })
  alma.page.on('worker', (worker) => started.push(worker.url()))
  await signIn(alma, 'Dr Alma Reyes')
  alma.page.setDefaultTimeout(30_000)
  await alma.page.getByText(`All waiting · ${THREE.length * 2} scans`).waitFor()
})
afterAll(async () => {
  await here.alma?.stop()
  await here.browser?.close()
  await here.practice?.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await keepPictures(`lined up ahead ${task.name}`, [here.alma])
})

const aligningWorkers = () => here.page.workers().filter((worker) => worker.url().includes('align-worker')).length
const shown = () => here.page.locator('[data-stage="shown"]')

/** Notes each frame that shows a pair whose photos are there and which is still being lined up. */
function watchFrames(): void {
  const seen = { frames: 0, known: 0, waiting: [] as string[] }
  Object.assign(window, { pairsSeen: seen })
  const look = () => {
    seen.frames += 1
    for (const cell of document.querySelectorAll('[data-stage=shown] [data-view]')) {
      const photos = [...cell.querySelectorAll<HTMLElement>('canvas[data-pixels]')]
      const isThere = photos.length > 0 && photos.every((photo) => photo.dataset['pixels'] === 'sharp')
      const phase = cell.querySelector<HTMLElement>('[data-phase]')?.dataset['phase']
      if (isThere && phase === 'waiting') seen.waiting.push(`${cell.getAttribute('data-view')}, frame ${seen.frames}`)
      if (isThere && phase !== undefined && phase !== 'waiting') seen.known += 1
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

test('scans that nobody has opened are lined up while the queue stands idle, and each is known when it is shown', async () => {
  const { page } = here
  // Only the later scan of each patient has an earlier one. Nobody touches the window.
  const [pairs, photos] = [THREE.length * VIEW_COUNT, THREE.length * 2 * VIEW_COUNT]
  await expect
    .poll(() => countKnown(page, 100), { timeout: 150_000, interval: 1000 })
    .toEqual({ pairs, pairsKnown: pairs, photos, photosKnown: photos })
  // Two workers would take twice the memory: this one is gone with the first touch, and review, which knows all, starts none.
  expect(started.some((url) => url.includes('align-worker'))).toBe(true)
  await page.mouse.move(700, 500)
  await expect.poll(aligningWorkers).toBe(0)

  const saved: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/call/align.save')) saved.push(request.url())
  })
  await page.bringToFront() // the page of the sign-in was in front: this one had no frames
  await page.evaluate(watchFrames)
  await page.keyboard.press('Enter')
  for (let n = 1; n <= THREE.length * 2; n += 1) {
    await page.getByText(`Case ${n} of ${THREE.length * 2}`).waitFor()
    await expect.poll(() => shown().locator('canvas[data-pixels]').count()).toBeGreaterThan(0)
    await expect.poll(() => shown().locator('canvas[data-pixels]:not([data-pixels="sharp"])').count()).toBe(0)
    if (n < THREE.length * 2) await page.keyboard.press('n')
  }
  const seen = await page.evaluate(
    () => (window as unknown as { pairsSeen: { known: number; waiting: string[] } }).pairsSeen,
  )
  expect(seen.known).toBeGreaterThan(0)
  expect([seen.waiting, saved, aligningWorkers()]).toEqual([[], [], 0])
  expect(here.alma.complaints).toEqual([])
})

test('the first of two clicks reads the scan that the second one opens', async () => {
  const { page } = here
  const isRead = (request: Request) => request.url().endsWith('/call/review.open')
  const rested = page.waitForRequest(isRead)
  await page.keyboard.press('Escape')
  await rested // of the row that is selected
  const box = await page.locator('#scan-4').boundingBox()
  if (box === null) throw new Error('the row is not on screen')
  await page.mouse.move(box.x + 40, box.y + box.height / 2)
  const read = page.waitForRequest(isRead)
  await page.mouse.down()
  const { sessionId } = (await read).postDataJSON() as { sessionId: string }
  await page.mouse.up()
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
  await page.getByText(/^Case \d of /).waitFor()
  expect(new URL(page.url()).hash).toContain(sessionId)
  await expect.poll(() => shown().locator('canvas[data-pixels="sharp"]').count()).toBeGreaterThan(0)
  expect(here.alma.complaints).toEqual([])
})
