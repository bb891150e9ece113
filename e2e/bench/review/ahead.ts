import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright'
import { countKnown } from '../../support/lined-up.ts'
import type { KeySample } from './in-page.ts'
import { enterReview, press } from './window.ts'

/** Scans between the two legs, so that what is worked out ahead of the first one stays out of the second. */
const GAP = 3
const LOOK_EVERY_MS = 2000
const EVERY_MS = 1000

export type AheadLegs = { readonly justArrived: readonly KeySample[]; readonly linedUp: readonly KeySample[] }

/** How many scans both legs need. */
export function scansForAhead(scans: number): number {
  return 2 * (scans + 1) + GAP
}

/**
 * Scans that nobody has opened before, one a second: first those of a window that was opened just now, then others, once
 * the queue stood idle until their photos were lined up. The window is at its queue, and the store knows no pair.
 */
export async function benchAhead(page: Page, scans: number, say: (line: string) => void): Promise<AheadLegs> {
  const justArrived = await leg(page, scans)
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
  const start = scans + 1 + GAP
  await page.keyboard.press('Home')
  for (let row = 0; row < start; row++) await page.keyboard.press('j')
  const startMs = performance.now()
  for (;;) {
    const { pairs, pairsKnown } = await countKnown(page, scans + 1, start)
    if (pairs > 0 && pairsKnown === pairs) break
    say(
      `the queue stands idle: ${pairsKnown} of ${pairs} pairs known after ${Math.round((performance.now() - startMs) / 1000)} s`,
    )
    await sleep(LOOK_EVERY_MS)
  }
  return { justArrived, linedUp: await leg(page, scans) }
}

/** The first one is looked at for as long as each other. */
async function leg(page: Page, scans: number): Promise<KeySample[]> {
  await enterReview(page)
  await sleep(EVERY_MS)
  return press(page, 'n', scans, EVERY_MS)
}
