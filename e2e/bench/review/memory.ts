import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright'
import { press } from './window.ts'

const MiB = 1024 * 1024
const EVERY = 50
/** Until everything that is decoded ahead is there again: all samples are of the same state. */
const RING_FULL_MS = 3000

/** Memory of the window's own process (what is its alone and its part of what is shared), as scans go by at 4 a second. */
export async function benchMemory(browser: Browser, page: Page, scans: number, caseCount: number): Promise<number[]> {
  const pid = await findWindowProcess(browser)
  const samples: number[] = []
  const leg = caseCount - 3
  for (let done = 0, at = 0, key = 'n'; done < scans; done += EVERY) {
    await press(page, key, EVERY, 250)
    await sleep(RING_FULL_MS)
    samples.push(await readMiB(pid))
    at += EVERY
    if (at + EVERY <= leg) continue
    at = 0
    key = key === 'n' ? 'p' : 'n'
  }
  return samples
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
