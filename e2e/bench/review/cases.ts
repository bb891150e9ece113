import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright'
import type { KeySample } from './in-page.ts'
import { press } from './window.ts'

/** Milliseconds from a key that went down to a frame that is presented; Event Timing says nothing below 16. */
export function toFrame({ presentedMs }: KeySample): number {
  return presentedMs ?? 8
}

export async function benchBlink(page: Page, times: number): Promise<number[]> {
  const samples: KeySample[] = []
  for (let i = 0; i < times; i++) {
    await page.keyboard.down('b')
    await sleep(120)
    await page.keyboard.up('b')
    await sleep(120)
  }
  samples.push(...(await page.evaluate(() => window.benchProbe.take())))
  return samples.map(toFrame)
}

/** One photo over the whole window, zoomed past its 2048 px rendition: until the original is on screen. */
export async function benchZoom(page: Page, scans: number): Promise<number[]> {
  const waits: number[] = []
  await page.keyboard.press('f')
  for (let i = 0; i < scans; i++) {
    await page.waitForFunction(() => window.benchSharp())
    await sleep(800) // the ring fills
    const [zoomed] = await press(page, 'z', 1, 0)
    if (zoomed !== undefined) waits.push(zoomed.sharpMs)
    await press(page, '0', 1, 0)
    await press(page, 'n', 1, 0)
  }
  await page.keyboard.press('f')
  return waits
}

export type Opening = {
  readonly firstMs: number
  /** The five of the scan itself. */
  readonly currentMs: number
  /** Those and the five of the scan before. */
  readonly allMs: number
}
declare global {
  interface Window {
    benchOpening: Promise<Opening>
  }
}

/**
 * How a scan is opened, of which nothing is decoded until somebody means it. `rested`: Enter on a row that they have
 * looked at. `typed`: a step to the row, then Enter. `clicked`: a double click. `at once`: a machine's, whose two clicks
 * have no time between them.
 */
export type OpeningWay = 'rested' | 'typed' | 'clicked' | 'at once'

/** A quick hand: so long a key or button is down, and so long it is up before the next. */
const HAND_MS = 80

/** From the queue into scans, each by another row. */
export async function benchOpenings(page: Page, way: OpeningWay, times: number): Promise<Opening[]> {
  const openings: Opening[] = []
  for (let i = 0; i < times; i++) {
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
    if (way === 'rested') for (let row = 0; row < 6; row++) await page.keyboard.press('j')
    if (way === 'clicked' || way === 'at once') await page.keyboard.press('Home')
    await sleep(700) // its row, its preview
    if (way === 'rested' || way === 'typed') await openByKey(page, way)
    else await openByMouse(page, way, `#scan-${1 + (i % CLICKED_ROWS)}`) // not the first one, which is selected
    openings.push(await page.evaluate(() => window.benchOpening))
    await sleep(500)
  }
  return openings
}

// The window watches before anything is pressed: keys and scripts reach it on different ways.

async function openByKey(page: Page, way: 'rested' | 'typed'): Promise<void> {
  await page.evaluate(watchOpening, { type: 'keydown', key: 'Enter' })
  if (way === 'typed') {
    await page.keyboard.press('j', { delay: HAND_MS })
    await sleep(HAND_MS)
  }
  await page.keyboard.press('Enter')
}

async function openByMouse(page: Page, way: 'clicked' | 'at once', row: string): Promise<void> {
  const box = await page.locator(row).boundingBox()
  if (box === null) throw new Error(`${row} is not on screen`)
  const { mouse } = page
  const delay = way === 'clicked' ? HAND_MS : 0
  await mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(watchOpening, { type: 'dblclick' })
  for (const clickCount of [1, 2]) {
    await mouse.down({ clickCount })
    await sleep(delay)
    await mouse.up({ clickCount })
    if (clickCount === 1) await sleep(delay)
  }
}

/** Rows on screen at the top of the queue, each clicked in turn. */
const CLICKED_ROWS = 20

/** Runs in the page: from the next such key or double click until photos are on screen. */
function watchOpening({ type, key }: { type: string; key?: string }): void {
  window.benchOpening = new Promise((resolve) => {
    const until = { firstMs: 0, currentMs: 0 }
    const look = (startMs: number) => {
      const canvases = [...document.querySelectorAll<HTMLElement>('[data-stage=shown] [data-view] canvas[data-pixels]')]
      const missing = canvases.filter((canvas) => canvas.dataset['pixels'] !== 'sharp')
      const thereCount = canvases.length - missing.length
      if (thereCount > 0 && until.firstMs === 0) until.firstMs = performance.now() - startMs
      const isCurrentThere = thereCount > 0 && missing.every((canvas) => canvas.closest('[data-side=prior]') !== null)
      if (isCurrentThere && until.currentMs === 0) until.currentMs = performance.now() - startMs
      const isAll = thereCount > 0 && thereCount === canvases.length
      if (isAll) resolve({ ...until, allMs: performance.now() - startMs })
      else requestAnimationFrame(() => look(startMs))
    }
    const seen = (event: Event) => {
      if (key !== undefined && (event as KeyboardEvent).key !== key) return
      window.removeEventListener(type, seen, { capture: true })
      look(event.timeStamp)
    }
    window.addEventListener(type, seen, { capture: true })
  })
}

/** Frames while a linked pair is dragged, zoomed in: milliseconds from each to the one before. */
export async function benchPan(page: Page, seconds: number): Promise<number[]> {
  const box = await page.locator('[data-stage=shown] [data-view=frontal] canvas[data-pixels]').last().boundingBox()
  if (box === null) throw new Error('there is no frontal photo on screen')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await press(page, 'z', 2, 300)
  await page.evaluate(() => {
    const times: number[] = []
    const tick = (atMs: number) => {
      times.push(atMs)
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    Object.assign(window, { benchFrames: times })
  })
  await page.mouse.down()
  const endMs = performance.now() + seconds * 1000
  for (let i = 0; performance.now() < endMs; i++) {
    await page.mouse.move(x + 60 * Math.sin(i / 12), y + 40 * Math.cos(i / 17))
    await sleep(4)
  }
  await page.mouse.up()
  const times = await page.evaluate(() => (window as unknown as { benchFrames: number[] }).benchFrames)
  await press(page, '0', 1, 0)
  return times.slice(1).map((atMs, i) => atMs - (times[i] ?? atMs))
}
