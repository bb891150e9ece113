import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright'
import { press } from './window.ts'

const MiB = 1024 * 1024
const EVERY = 50
/** Samples, that is: every scan of a short batch has been seen by then. */
const HEAP_FROM = 5
/** Until everything that is decoded ahead is there again: all samples are of the same state. */
const RING_FULL_MS = 3000

export type Memory = {
  /** Of the window's own process: what is its alone, and its part of what is shared. */
  readonly processMiB: readonly number[]
  /** What its scripts hold after a collection, once the first scans have gone by and at the end: what grows here leaks. */
  readonly heapMiB: readonly [first: number, last: number]
}

/** As scans go by at 4 a second. */
export async function benchMemory(browser: Browser, page: Page, scans: number, caseCount: number): Promise<Memory> {
  const pid = await findWindowProcess(browser)
  const processMiB: number[] = []
  const heapMiB: number[] = []
  const leg = caseCount - 3
  for (let done = 0, at = 0, key = 'n'; done < scans; done += EVERY) {
    await press(page, key, EVERY, 250)
    await sleep(RING_FULL_MS)
    processMiB.push(await readMiB(pid))
    if (processMiB.length === HEAP_FROM) heapMiB.push(await readHeapMiB(page))
    at += EVERY
    if (at + EVERY <= leg) continue
    at = 0
    key = key === 'n' ? 'p' : 'n'
  }
  const last = await readHeapMiB(page)
  return { processMiB, heapMiB: [heapMiB[0] ?? last, last] }
}

async function readHeapMiB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / MiB
}

async function findWindowProcess(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const windows = processInfo.filter(({ type }) => type === 'renderer')
  const sizes = await Promise.all(windows.map(async ({ id }) => ({ id, mib: await readMiB(id) })))
  const largest = sizes.toSorted((a, b) => b.mib - a.mib)[0]
  if (largest === undefined) throw new Error('the browser has no window')
  return largest.id
}

/** Linux only, as this bench is: other systems count differently. */
async function readMiB(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')
  return (Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? Number.NaN) * 1024) / MiB
}
