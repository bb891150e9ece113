import { expect } from 'vitest'
import type { Page } from 'playwright'

/** Until every present view of the case on screen was there long enough: approving asks for it. */
export async function allSeen(page: Page): Promise<void> {
  const shown = page.locator('[data-stage="shown"]')
  const listed = async (words: string) => shown.getByText(words, { exact: true }).count()
  await expect
    .poll(async () => (await listed('was on screen')) > 0 && (await listed('not on screen yet')) === 0, {
      timeout: 30_000,
    })
    .toBe(true)
}
