import type { CDPSession, Locator, Page } from 'playwright'
import { expect } from 'vitest'

/** Holds a letter down as a keyboard does: one press, then repeats, then the release. */
export async function hold(page: Page, letter: string, repeats = 8): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  const press = {
    key: letter,
    code: `Key${letter.toUpperCase()}`,
    text: letter,
    windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0),
  }
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', ...press })
  for (let n = 0; n < repeats; n += 1)
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', autoRepeat: true, ...press })
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press })
  await cdp.detach()
}

/** Starts a composition of an input method in the field that has the focus; it lasts until `insert`. */
export async function compose(page: Page, text: string): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  return cdp
}

/** Presses Tab until the element has the focus: nothing is reached that the keyboard cannot reach. */
export async function tabTo(page: Page, element: Locator, most = 60): Promise<void> {
  for (let n = 0; n < most; n += 1) {
    if (await element.evaluate((node) => node === document.activeElement).catch(() => false)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there')
}

/** The screen itself or its list has the focus, no button and no field: every single key works again. */
export async function expectFocusOnScreen(page: Page, after: string): Promise<void> {
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.matches('[data-command-root], [data-command-root] [role="grid"]') === true,
    )
  await expect.poll(focused, { message: `the focus after ${after}` }).toBe(true)
}
