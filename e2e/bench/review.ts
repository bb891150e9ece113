import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright'
import { launchBrowser } from '../support/browser.ts'
import { type Figure, figureOf } from './figure.ts'
import { benchAhead, scansForAhead } from './review/ahead.ts'
import { benchBlink, benchOpenings, benchPan, benchZoom, type Opening, toFrame } from './review/cases.ts'
import {
  buildContestants,
  type Contestant,
  CONTESTANTS,
  installContestants,
  openContestant,
} from './review/contestants.ts'
import type { KeySample } from './review/in-page.ts'
import { benchMemory } from './review/memory.ts'
import { type BenchPhoto, makePhotos } from './review/photos.ts'
import { type BenchPractice, seedPractice } from './review/practice.ts'
import { enterReview, findBoxes, openWindow, press, type ReviewWindow } from './review/window.ts'

const SCANS = Number(process.env['LOUPE_BENCH_SCANS'] ?? 200)
const MEMORY_SCANS = Number(process.env['LOUPE_BENCH_MEMORY_SCANS'] ?? 1000)
const ROUNDS = Number(process.env['LOUPE_BENCH_ROUNDS'] ?? 4)
/** Some of: img, openseadragon, cornerstone, photoswipe, viewerjs; an empty text for none. */
const ONLY = process.env['LOUPE_BENCH_ONLY']?.split(',')
/** Some of: ahead, alone, race, memory. */
const PARTS = (process.env['LOUPE_BENCH_PARTS'] ?? 'ahead,alone,race,memory').split(',')
/** Of each leg of `ahead`. */
const AHEAD_SCANS = Number(process.env['LOUPE_BENCH_AHEAD_SCANS'] ?? 40)
const PACES = [
  { name: '1 a second', everyMs: 1000, share: 0.4 },
  { name: '4 a second', everyMs: 250, share: 0.6 },
] as const
/** Keys after a window comes to the front, told apart: a browser gives up the painted layers of one that nobody sees. */
const WAKING_KEYS = 2
const ZOOMED_SCANS = 12
const OPENED_SCANS = 40
const OPENINGS = [
  ['clicked', 'in the cache, not decoded, opened by a double click'],
  ['typed', 'in the cache, not decoded, opened by a step to it and Enter'],
  ['at once', 'in the cache, not decoded, two clicks with no time between them'],
  ['rested', 'opened from the row that was rested on'],
] as const
const PICTURES = 6

type Emit = (figure: Figure) => void
type Racer = { readonly name: 'loupe' | Contestant; readonly page: Page }

/**
 * Real key events against the product's own window, host, data process, store and photo protocol, in turn with other
 * viewers that show the same photos in the same places of the same browser. Needs `npm run build` before.
 */
export async function run(emit: Emit): Promise<void> {
  const chosen = CONTESTANTS.filter((name) => ONLY === undefined || ONLY.includes(name))
  if (chosen.length > 0) installContestants()
  const folder = mkdtempSync(path.join(tmpdir(), 'loupe-bench-review-'))
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  try {
    say('making photos and a practice of them')
    const photos = await makePhotos(PICTURES)
    const browser = await launchBrowser()
    stops.unshift(() => browser.close())
    if (PARTS.includes('ahead')) await runAhead(emit, browser, path.join(folder, 'ahead'), photos)
    if (PARTS.every((part) => part === 'ahead')) return
    const practice = await seedPractice(folder, photos, SCANS + 60, ZOOMED_SCANS + 4)
    stops.unshift(practice.stop)
    const window = await openWindow(browser, practice)
    stops.unshift(() => window.close())
    await enterReview(window.page)
    if (PARTS.includes('alone')) await benchAlone(emit, window.page)
    if (PARTS.includes('race')) await race(emit, folder, practice, window, chosen, photos[0]?.['512'])
    if (PARTS.includes('memory')) await benchLong(emit, browser, window.page, practice)
  } finally {
    for (const stop of stops) await stop()
  }
}

/** A practice of its own: nothing of it is lined up, and nobody has opened a scan of it. */
async function runAhead(emit: Emit, browser: Browser, folder: string, photos: readonly BenchPhoto[]): Promise<void> {
  say('scans that nobody has opened')
  const practice = await seedPractice(folder, photos, scansForAhead(AHEAD_SCANS), 0)
  const window = await openWindow(browser, practice)
  try {
    const { justArrived, linedUp } = await benchAhead(window.page, AHEAD_SCANS, say)
    emitAhead(emit, 'just opened', justArrived)
    emitAhead(emit, 'the queue stood idle before', linedUp)
  } finally {
    await window.close()
    practice.stop()
  }
}

function emitAhead(emit: Emit, how: string, samples: readonly KeySample[]): void {
  const about = { bench: 'review', case: `unopened scan, 1 a second, ${how}` }
  emit(figureOf({ ...about, metric: 'key to frame', unit: 'ms' }, samples.map(toFrame)))
  emit(
    shareOf(
      { ...about, metric: 'pairs known at the first paint', unit: 'share' },
      samples.flatMap(({ pairsKnown }) => pairsKnown),
    ),
  )
  emit(
    shareOf(
      { ...about, metric: 'prefetch hit', unit: 'share' },
      samples.map(({ hit }) => hit),
    ),
  )
}

async function benchAlone(emit: Emit, page: Page): Promise<void> {
  say('zoom, blink, pan, opening')
  const ms = (name: string, metric: string) => ({ bench: 'review', case: name, metric, unit: 'ms' })
  emit(figureOf(ms('12 MP zoom', 'key to sharp'), await benchZoom(page, ZOOMED_SCANS)))
  emit(figureOf(ms('blink', 'key to frame'), await benchBlink(page, 40)))
  emit(figureOf(ms('pan of a linked pair', 'frame interval'), await benchPan(page, 4)))
  for (const [way, name] of OPENINGS) {
    const openings = await benchOpenings(page, way, OPENED_SCANS)
    const emitAs = (metric: string, one: keyof Opening) =>
      emit(
        figureOf(
          ms(name, metric),
          openings.map((opening) => opening[one]),
        ),
      )
    emitAs('first photo', 'firstMs')
    emitAs('five photos of the scan', 'currentMs')
    emitAs('all ten photos', 'allMs')
  }
}

/** Everybody gets the same keys at the same pace, a few at a time and in turn, so that a busy machine is busy for all. */
async function race(
  emit: Emit,
  folder: string,
  practice: BenchPractice,
  window: ReviewWindow,
  chosen: readonly Contestant[],
  small: { readonly widthPx: number; readonly heightPx: number } | undefined,
): Promise<void> {
  if (small === undefined) throw new Error('no photos were made')
  await backToFirst(window.page)
  const boxes = await findBoxes(window.page)
  const racers: Racer[] = [{ name: 'loupe', page: window.page }]
  const files = chosen.length > 0 ? await buildContestants(folder) : new Map<string, Buffer>()
  for (const name of chosen) {
    const task = { boxes, cases: practice.cases, size: { name: '512' as const, ...small } }
    const page = await openContestant(window.context, window.origin, files, name, task).catch((cause: unknown) => {
      say(`${name} does not start here and is left out: ${String(cause).slice(0, 300)}`)
    })
    if (page !== undefined) racers.push({ name, page })
  }
  const samples = new Map<string, KeySample[]>()
  const keep = (key: string, taken: readonly KeySample[]) => samples.set(key, [...(samples.get(key) ?? []), ...taken])
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name: pace, everyMs, share } of PACES) {
      for (const { name, page } of racers) {
        await page.bringToFront()
        const waking = await press(page, 'n', WAKING_KEYS, everyMs)
        const taken = await press(page, 'n', Math.max(1, Math.round((SCANS * share) / ROUNDS)), everyMs)
        keep(`${pace}/${name}`, taken)
        keep(`waking/${name}`, waking.slice(0, 1))
        say(`round ${round + 1}, ${pace}, ${name}: load ${loadavg()[0]?.toFixed(1)}`)
      }
    }
  }
  for (const { name: pace } of PACES) {
    for (const { name } of racers) emitRace(emit, pace, name, samples.get(`${pace}/${name}`) ?? [])
  }
  for (const { name } of racers) {
    const about = { bench: 'review', case: 'first key after the window came to the front', metric: 'key to frame' }
    const peer = name === 'loupe' ? {} : { peer: name }
    emit(figureOf({ ...about, unit: 'ms', ...peer }, (samples.get(`waking/${name}`) ?? []).map(toFrame)))
  }
  for (const { name, page } of racers) if (name !== 'loupe') await page.close()
  await window.page.bringToFront()
}

function emitRace(emit: Emit, pace: string, name: Racer['name'], samples: readonly KeySample[]): void {
  const about = { bench: 'review', case: `next scan, ${pace}`, ...(name === 'loupe' ? {} : { peer: name }) }
  emit(figureOf({ ...about, metric: 'key to frame', unit: 'ms' }, samples.map(toFrame)))
  emit(
    figureOf(
      { ...about, metric: 'key to painted', unit: 'ms' },
      samples.map(({ paintedMs }) => paintedMs),
    ),
  )
  emit(
    figureOf(
      { ...about, metric: 'key to sharp', unit: 'ms' },
      samples.map(({ sharpMs }) => sharpMs),
    ),
  )
  emit(
    shareOf(
      { ...about, metric: 'prefetch hit', unit: 'share' },
      samples.map(({ hit }) => hit),
    ),
  )
}

function shareOf(about: Pick<Figure, 'bench' | 'case' | 'metric' | 'unit' | 'peer'>, hits: readonly boolean[]): Figure {
  const share = hits.filter((hit) => hit).length / hits.length
  return { ...about, p50: share, p95: share, p99: share, n: hits.length }
}

async function benchLong(emit: Emit, browser: Browser, page: Page, practice: BenchPractice): Promise<void> {
  say(`memory over ${MEMORY_SCANS} scans`)
  await backToFirst(page)
  const { processMiB: samples, heapMiB } = await benchMemory(browser, page, MEMORY_SCANS, practice.cases.length)
  const about = { bench: 'review', case: `${MEMORY_SCANS} scans`, unit: 'MiB' }
  const quarter = Math.ceil(samples.length / 4)
  emit(figureOf({ ...about, metric: 'window, first quarter' }, samples.slice(0, quarter)))
  emit(figureOf({ ...about, metric: 'window, last quarter' }, samples.slice(-quarter)))
  emit(figureOf({ ...about, metric: 'scripts after a collection, first' }, [heapMiB[0]]))
  emit(figureOf({ ...about, metric: 'scripts after a collection, last' }, [heapMiB[1]]))
}

/** Out to the queue and into its first row. */
async function backToFirst(page: Page): Promise<void> {
  await page.bringToFront()
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
  await page.keyboard.press('Home')
  await enterReview(page)
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
