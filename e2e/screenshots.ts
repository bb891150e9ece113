import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright'
import { launchBrowser } from './support/browser.ts'
import { ROOT } from './support/practice.ts'
import { runProgram } from './support/process.ts'
import { openPage, signIn } from './support/workstation.ts'

/**
 * `node e2e/screenshots.ts [--data DIR]`: takes the README's pictures of the sample practice, as it is right now.
 * Drawing that practice takes minutes: with `--data` it is kept there, and the next run (or the one after a break) goes
 * on where it stopped. It waits as long as anything moves, and says what; nothing for this long is a failure.
 */
const STALLED_AFTER_MS = 180_000
const LOOK_EVERY_MS = 300
const QUIET_LOOKS = 3
const SESSIONS = 36

const { values } = parseArgs({ options: { data: { type: 'string' } } })
const images = path.join(ROOT, 'docs/images')
const data = values.data ?? mkdtempSync(path.join(tmpdir(), 'loupe-pictures-'))
// The workstation begins anew: its passphrase and its sign-in are part of the script.
rmSync(path.join(data, 'workstation'), { recursive: true, force: true })
const start = ['--data', data, '--port', '0', '--no-open']
const program = runProgram(path.join(ROOT, 'electron/preview/start.ts'), start, {
  DBUS_SESSION_BUS_ADDRESS: 'disabled:',
})
const browser = await launchBrowser()
try {
  say('starting the sample practice')
  const { workstation } = await program.event<{ workstation: string }>('ready')
  const { page, ...window } = await openPage(browser, workstation)
  await signIn({ page, ...window }, 'Dr Alma Reyes')
  const queue = page.getByRole('main')
  await page.keyboard.press('9')
  await whileItMoves(
    'scans here',
    () => numberIn(queue, /(\d+) scans?\b/, 0),
    (count) => count === SESSIONS,
  )
  await page.keyboard.press('1')
  const bar = page.getByRole('contentinfo')
  await whileItMoves(
    'photos on their way',
    () => numberIn(bar, /([\d,]+) photos? arriving/, 0),
    (count) => count === 0,
  )
  mkdirSync(images, { recursive: true })
  await painted(page)
  await take(page, 'queue')

  await page.keyboard.press('Enter')
  await page.getByText(/Case 1 of/).waitFor()
  await linedUp(page)
  // Opened anew: the clock of the case counts from now, and everything of it is there at once.
  await page.keyboard.press('Escape')
  await page.locator('[role="row"][aria-selected="true"]').waitFor()
  await page.keyboard.press('Enter')
  await linedUp(page)
  for (const key of ['t', '1', 'Tab', '2', 'Tab', '1']) await page.keyboard.press(key)
  await painted(page)
  await take(page, 'review')

  for (const key of ['c', 'c', 'w']) await page.keyboard.press(key) // one pair, with its swipe line
  await shown(page)
    .getByText(/lined up/)
    .first()
    .waitFor()
  await linedUp(page)
  await take(page, 'compare')
} catch (cause) {
  process.stderr.write(`${program.log().slice(-3000)}\n`)
  throw cause
} finally {
  await browser.close()
  await program.stop()
  if (values.data === undefined) rmSync(data, { recursive: true, force: true })
}

type Place = ReturnType<Page['locator']>

/** Every photo of the pairs on screen is sharp, and none is being lined up any more. */
async function linedUp(page: Page): Promise<void> {
  const waiting = () => shown(page).getByText('lining up').count()
  await shown(page).first().waitFor()
  await whileItMoves('pairs still lined up', waiting, (count) => count === 0)
  await painted(page)
}

/** Photos ask for sharper ones as they are shown: no request for a while, all images decoded, and painted since. */
async function painted(page: Page): Promise<void> {
  const seen = { requests: 0, quietLooks: 0 }
  page.on('request', (request) => {
    // What is asked for as kept is worked out ahead, for minutes, and changes nothing on screen.
    if (request.url().includes('/photo/') && !request.url().endsWith('/kept')) seen.requests += 1
  })
  while (seen.quietLooks < QUIET_LOOKS) {
    const before = seen.requests
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    seen.quietLooks = seen.requests === before ? seen.quietLooks + 1 : 0
  }
  page.removeAllListeners('request')
  await page.evaluate(async () => {
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
    for (let frame = 0; frame < 5; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  })
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(images, `${name}.png`) })
  say(`${name}.png`)
}

/** Looks at a figure until it is as wanted. @throws when it has stood still for too long */
async function whileItMoves(
  what: string,
  look: () => Promise<number>,
  isDone: (figure: number) => boolean,
): Promise<void> {
  const seen = { figure: Number.NaN, atMs: performance.now() }
  for (;;) {
    const figure = await look()
    if (figure !== seen.figure) {
      say(`${what}: ${figure}`)
      Object.assign(seen, { figure, atMs: performance.now() })
    }
    if (isDone(figure)) return
    if (performance.now() - seen.atMs > STALLED_AFTER_MS) throw new Error(`${what}: ${figure}, and nothing moves`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

async function numberIn(place: Place, pattern: RegExp, otherwise: number): Promise<number> {
  const text = (await place.textContent()) ?? ''
  return Number(pattern.exec(text)?.[1]?.replaceAll(',', '') ?? otherwise)
}

/** The case on screen, and not the one that is painted behind it. */
function shown(page: Page): Place {
  return page.locator('[data-stage="shown"]')
}

function say(line: string): void {
  process.stderr.write(`pictures: ${line}\n`)
}
