import path from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { compose, expectFocusOnScreen, hold, tabTo } from './keyboard/keys.ts'
import { PATIENTS, writeScans } from './keyboard/scans.ts'
import { expectAccessible } from './support/accessible.ts'
import { allSeen } from './support/all-seen.ts'
import { launchBrowser } from './support/browser.ts'
import { type Practice, startPractice } from './support/practice.ts'
import { hosts, keepPictures, signIn, type Workstation } from './support/workstation.ts'

/** A day at the keyboard alone: what every key does, what it must never do, and where the focus is. */

const TOTAL = PATIENTS.length * 2

describe.each(hosts())('the keyboard in $name', (host) => {
  let practice: Practice
  let browser: Browser
  let alma: Workstation
  let page: Page

  beforeAll(async () => {
    practice = await startPractice(PATIENTS)
    for (const [day, stage] of [
      ['2026-05-18', 3],
      ['2026-06-01', 4],
    ] as const) {
      const code = await practice.intake(await writeScans(path.join(practice.folder, day), day, stage))
      if (code !== 0) throw new Error(`the intake ended with ${code ?? 'a signal'}`)
    }
    browser = await launchBrowser()
    const place = { server: practice.url, caFile: practice.caFile, dataDir: path.join(practice.folder, 'alma') }
    alma = await host.open(browser, place)
    page = alma.page
    page.setDefaultTimeout(20_000)
    await signIn(alma, 'Dr Alma Reyes')
    await page.getByText(`All waiting · ${TOTAL} scans`).waitFor()
  })
  afterAll(async () => {
    await alma?.stop()
    await browser?.close()
    await practice?.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPictures(`keyboard ${task.name}`, [alma])
  })

  test('the queue: rows, search, lanes and order, and the way into review', async () => {
    await expectFocusOnScreen(page, 'signing in')
    const selected = page.locator('[role="row"][aria-selected="true"]')
    const first = await selected.innerText()
    await page.keyboard.press('j')
    await expect.poll(() => selected.innerText()).not.toBe(first)
    await page.keyboard.press('k')
    await expect.poll(() => selected.innerText()).toBe(first)
    await page.keyboard.press('/')
    await page.keyboard.type('ravenscroft')
    await page.getByText('All waiting · 2 found').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expectFocusOnScreen(page, 'leaving the search')
    await page.keyboard.press('8')
    await page.getByText('Reviewed · 0 scans').waitFor()
    await page.keyboard.press(']')
    await page.getByText(`All scans · ${TOTAL} scans`).waitFor()
    await page.keyboard.press('1')
    await page.getByText(`All waiting · ${TOTAL} scans`).waitFor()
    await page.keyboard.press('s') // the newest first: scans with an earlier one beside them
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await atCase(page, 1)
    await expectFocusOnScreen(page, 'opening a scan')
  })

  test('five views are looked at, tagged and approved; a held A approves once', async () => {
    for (let n = 0; n < 5; n += 1) await page.keyboard.press('Space')
    await allSeen(page)
    await score(page, [1, 1, 1])
    await hold(page, 'a')
    await atCase(page, 2)
    await expectReviewed(page, 1)
  })

  test('a held N goes one scan on, and a held M writes no letter', async () => {
    await hold(page, 'n')
    await atCase(page, 3)
    await allSeen(page)
    await hold(page, 'm')
    const message = page.getByLabel('Message to the patient')
    await message.waitFor()
    expect(await message.inputValue()).toBe('')
    await page.keyboard.press('Escape')
    await message.waitFor({ state: 'detached' })
    await expectFocusOnScreen(page, 'leaving the message')
    await page.keyboard.press('p')
    await atCase(page, 2)
  })

  test('a message is written and sent by keys; U takes the decision back', async () => {
    await allSeen(page)
    await score(page, [2, 1, 1])
    await page.keyboard.press('m')
    await page.getByLabel('Message to the patient').waitFor()
    await page.keyboard.type('Please wear the aligners a little longer.')
    await page.keyboard.press('Control+Enter')
    await atCase(page, 3)
    await page
      .getByText(/leaves in/)
      .first()
      .waitFor()
    await page.keyboard.press('u')
    await atCase(page, 2)
    await expectFocusOnScreen(page, 'taking back')
    await expect.poll(() => page.getByRole('radio', { name: /minor deviation/ }).isChecked()).toBe(true)
  })

  test('keys are letters in text fields, and an input method that composes gets all of them', async () => {
    await page.keyboard.press('e')
    const note = page.getByLabel('Note', { exact: true })
    await page.keyboard.type('an m? 12[]')
    expect(await note.inputValue()).toBe('an m? 12[]')
    await note.fill('')
    const cdp = await compose(page, 'に')
    // The keys that the input method takes reach the page as key code 229.
    for (const letter of ['A', 'N', 'M'])
      await cdp.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        key: 'Process',
        code: `Key${letter}`,
        windowsVirtualKeyCode: 229,
      })
    expect(await page.getByRole('dialog').count()).toBe(0)
    await atCase(page, 2)
    await cdp.send('Input.insertText', { text: '日本' })
    await cdp.detach()
    expect(await note.inputValue()).toBe('日本')
    await page.keyboard.press('Escape')
    await expectFocusOnScreen(page, 'leaving the note')
    await atCase(page, 2)
  })

  test('Enter with Ctrl sends nothing while an input method composes', async () => {
    await page.keyboard.press('m')
    const message = page.getByLabel('Message to the patient')
    await message.waitFor()
    // What was taken back is there to be changed.
    expect(await message.inputValue()).toBe('Please wear the aligners a little longer.')
    await message.fill('')
    const cdp = await compose(page, 'に')
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('Escape')
    expect(await message.count()).toBe(1)
    await atCase(page, 2)
    await cdp.send('Input.insertText', { text: '日' })
    await cdp.detach()
    expect(await message.inputValue()).toBe('日')
    await page.keyboard.press('Escape')
    await message.waitFor({ state: 'detached' })
    await atCase(page, 2)
  })

  test('compare, blink, difference, zoom and fit change what is seen', async () => {
    const look = () => page.locator('[data-stage="shown"]').innerHTML()
    for (const [on, ...off] of [
      ['d', 'd'],
      ['z', '0'],
      ['c', 'c', 'c', 'c'], // this scan alone, a pair, one view over time, and all pairs again
    ] as const) {
      const before = await look()
      await page.keyboard.press(on)
      await expect.poll(look, { message: `after ${on}`, timeout: 10_000 }).not.toBe(before)
      for (const key of off) await page.keyboard.press(key)
    }
    await allSeen(page)
    const before = await look()
    await page.keyboard.down('b')
    await expect.poll(look, { message: 'while b is down', timeout: 10_000 }).not.toBe(before)
    await page.keyboard.up('b')
    await expectAccessible(page)
  })

  test('after every use of the mouse the focus is back on the case', async () => {
    const stage = page.locator('[data-command-root]')
    await stage.click({ position: { x: 300, y: 300 } })
    await expectFocusOnScreen(page, 'a click on a photo')
    for (const name of [/off track/, /good/, /^in$/]) {
      await page.getByRole('radio', { name }).first().click()
      await expectFocusOnScreen(page, `a click on ${name.source}`)
    }
    await page.getByRole('button', { name: /Next/ }).last().click()
    await atCase(page, 3)
    await expectFocusOnScreen(page, 'a click on Next')
    await page.getByRole('button', { name: /Patient details/ }).click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expectFocusOnScreen(page, 'closing the patient’s details')
    await page.keyboard.press('p')
    await atCase(page, 2)
  })

  test('the key sheet and the palette are dark over photos, accessible, and give the focus back', async () => {
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys' })
    await sheet.getByText('Review: decide').waitFor()
    expect(await lightness(page)).toBeLessThan(80)
    await expectAccessible(page)
    await page.keyboard.press('a') // the sheet is a dialog: no verb runs behind it
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await expectFocusOnScreen(page, 'closing the key sheet')
    await atCase(page, 2)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).waitFor()
    expect(await lightness(page)).toBeLessThan(80)
    await expectAccessible(page)
    await page.keyboard.type('settings')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  })

  test('every part of the settings is accessible, in the light and in the dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const [key, name] of [
        ['1', 'Preferences'],
        ['2', 'Keys'],
        ['3', 'Practice'],
        ['4', 'Agreement'],
        ['5', 'Storage'],
        ['6', 'Unsent work'],
        ['7', 'This computer'],
      ] as const) {
        await page.keyboard.press(key)
        await page.getByRole('heading', { name, level: 2 }).waitFor()
        // Every row of the long list is alike: a dozen of them say the same in a tenth of the time.
        if (name === 'Keys') await page.getByLabel('Find a verb or a key').fill('scan')
        await expectAccessible(page)
        if (name === 'Keys') await focusScreen(page)
      }
    }
    await page.emulateMedia({ colorScheme: 'light' })
  })

  test('at 200 % of a small window every part of the settings has room: no line of a few letters, nothing cut off', async () => {
    const before = page.viewportSize()
    await page.keyboard.press('Alt+3')
    await page.setViewportSize({ width: 640, height: 360 })
    for (const key of ['1', '3', '4', '5', '6', '7']) {
      await page.keyboard.press(key)
      await page.locator('section[aria-labelledby="settings-section"]').waitFor()
      const narrow = await page.evaluate(() => {
        const part = document.querySelector('section[aria-labelledby="settings-section"]')
        const hints = [...(part?.querySelectorAll('p') ?? [])].filter(({ textContent }) => textContent.length > 60)
        return {
          squeezed: hints.filter((hint) => hint.clientWidth < 200).map(({ textContent }) => textContent),
          cutPx: (part?.scrollWidth ?? 0) - (part?.clientWidth ?? 0),
        }
      })
      expect(narrow, key).toEqual({ squeezed: [], cutPx: 0 })
    }
    if (before !== null) await page.setViewportSize(before)
  })

  test('a verb gets another key, a key that is taken is refused, and both last', async () => {
    await page.keyboard.press('2')
    await tabTo(page, page.getByLabel('Find a verb or a key'))
    await page.keyboard.type('approve')
    const change = page.getByRole('button', { name: 'Change the key: Approve', exact: true })
    await tabTo(page, change)
    await page.keyboard.press('Enter')
    await page.keyboard.press('n')
    await page.getByText(/is Next without a decision already/).waitFor()
    await page.keyboard.press('Control+w')
    await page.getByText(/belongs to the window or the system/).waitFor()
    await page.keyboard.press('F8')
    const row = page.locator('[role="row"][data-command="review.approve"]')
    await row.getByText('yours').waitFor()
    await page.reload()
    await row.getByText('F8').waitFor()
    expect(await row.innerText()).toMatch(/yours/)
  })

  test('the old key is dead then, the new one decides, and caps and sheet name it', async () => {
    await page.keyboard.press('Alt+1')
    await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
    await page.keyboard.press('s')
    await page.keyboard.press('Enter')
    await page.getByText(/Case 1 of/).waitFor()
    await allSeen(page)
    await score(page, [1, 1, 1])
    await page.keyboard.press('a')
    await page.keyboard.press('?')
    await page.locator('dialog, [role="dialog"]').locator('[data-command="review.approve"]').getByText('F8').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(/Case 1 of/).waitFor()
    await page.keyboard.press('F8')
    await page.getByText(/Case 2 of/).waitFor()
    await page.keyboard.press('Alt+3')
    await page.keyboard.press('2')
    await tabTo(page, page.getByRole('button', { name: 'All standard keys' }))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Forget 1 choice' }).press('Enter')
    await expect.poll(() => page.locator('[data-command="review.approve"]').getByText('yours').count()).toBe(0)
  })

  test('single keys can be switched off, and chords go on working', async () => {
    await page.keyboard.press('1')
    await tabTo(
      page,
      page.getByRole('radiogroup', { name: 'Single-key commands' }).getByRole('radio', { checked: true }),
    )
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Alt+1')
    await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
    await page.keyboard.press('8')
    await page.getByText(/^All waiting · /).waitFor()
    await page.keyboard.press('Alt+3')
    await tabTo(
      page,
      page.getByRole('radiogroup', { name: 'Single-key commands' }).getByRole('radio', { checked: true }),
    )
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Alt+1')
    await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
    await page.keyboard.press('8')
    await page.getByText(/^Reviewed · /).waitFor()
    expect(await page.getByText(/^All waiting · /).count()).toBe(0)
  })

  test('queue, import and needs attention are reached by keys and accessible, in the light and in the dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const [key, heading] of [
        ['Alt+2', 'Import photos'],
        ['Alt+4', 'Needs attention'],
        ['Alt+1', 'Scans to review'],
      ] as const) {
        await page.keyboard.press(key)
        await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
        await expectAccessible(page)
      }
    }
    await page.emulateMedia({ colorScheme: 'light' })
  })

  test('the window did not complain while all this went on', () => {
    expect(alma.complaints).toEqual([])
  })
})

async function atCase(page: Page, n: number): Promise<void> {
  await page.getByText(`Case ${n} of ${TOTAL}`).waitFor()
}

/** A field that is left by the mouse: a click beside it gives the keys back to the screen. */
async function focusScreen(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).click()
  await expectFocusOnScreen(page, 'a click beside the field')
}

async function score(page: Page, values: readonly number[]): Promise<void> {
  await page.keyboard.press('t')
  for (const [index, value] of values.entries()) {
    if (index > 0) await page.keyboard.press('Tab')
    await page.keyboard.press(String(value))
  }
}

/** One scan was decided, whatever was held down: the lane says so. */
async function expectReviewed(page: Page, count: number): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
  await page.getByText(`All waiting · ${TOTAL - count} scans`).waitFor()
  await page.keyboard.press('9')
  await page.getByText(`All scans · ${TOTAL} scans`).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText(`Case 1 of ${TOTAL}`).waitFor()
  await page.keyboard.press('n')
  await page.getByText(`Case 2 of ${TOTAL}`).waitFor()
}

/** Of the open dialog's ground, 0 to 255. */
function lightness(page: Page): Promise<number> {
  return page.getByRole('dialog').evaluate((dialog) => {
    const parts = getComputedStyle(dialog).backgroundColor.match(/\d+/g) ?? ['255']
    return Math.max(...parts.slice(0, 3).map(Number))
  })
}
