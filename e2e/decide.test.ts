import path from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { expectFocusOnScreen } from './keyboard/keys.ts'
import { PATIENTS, writeScans } from './keyboard/scans.ts'
import { expectAccessible } from './support/accessible.ts'
import { launchBrowser } from './support/browser.ts'
import { type Cable, layCable } from './support/network.ts'
import { type Practice, startPractice } from './support/practice.ts'
import { hosts, keepPictures, signIn, type Workstation } from './support/workstation.ts'

/** What two colleagues decide, ask and read again at their own workstations, by keys alone. */

// Whose patients they are must not be mistaken for who read their scans.
const THREE = PATIENTS.slice(0, 3).map((patient) => ({ ...patient, doctor: 'Dr Naledi Mbeki' }))
const TOTAL = THREE.length * 2
const [quill, raven, thistle] = THREE.map(({ familyName }) => familyName)
const NOTE = 'slightly open at 22'
const QUESTION = 'Would you go on here?'
const ANSWER = 'Not before the elastics.'

const opened: Workstation[] = []
const here = {} as { practice: Practice; cable: Cable; browser: Browser; alma: Page; jonas: Page }

beforeAll(async () => {
  const practice = await startPractice(THREE, 100)
  const [cable, browser] = await Promise.all([layCable(practice.port), launchBrowser()])
  Object.assign(here, { practice, cable, browser })
  for (const [day, stage] of [
    ['2026-05-18', 3],
    ['2026-06-01', 13],
  ] as const) {
    // Each at a stage of its own: sorted by it the scans stand in one order.
    const choice = { patients: THREE, ascending: true, ...(stage === 13 && { blurred: 'K-1' }) }
    const code = await practice.intake(await writeScans(path.join(practice.folder, day), day, stage, choice))
    if (code !== 0) throw new Error(`the intake ended with ${code ?? 'a signal'}`)
  }
  ;[here.alma, here.jonas] = await Promise.all([
    seat('Dr Alma Reyes', cable.port),
    seat('Dr Jonas Adler', practice.port),
  ])
})
afterAll(async () => {
  for (const workstation of opened) await workstation.stop()
  await here.browser?.close()
  await here.cable?.close()
  await here.practice?.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await keepPictures(`decide ${task.name}`, opened)
})

async function seat(name: string, port: number): Promise<Page> {
  const [preview] = hosts()
  if (preview === undefined) throw new Error('no host')
  const { practice, browser } = here
  const dataDir = path.join(practice.folder, name.replaceAll(' ', '-'))
  const place = { server: `https://127.0.0.1:${port}`, caFile: practice.caFile, dataDir }
  const workstation = await preview.open(browser, place)
  opened.push(workstation)
  workstation.page.setDefaultTimeout(20_000)
  await signIn(workstation, name)
  await workstation.page.getByText(`All waiting · ${TOTAL} scans`).waitFor()
  await workstation.page.keyboard.press('g')
  return workstation.page
}
const stage = (page: Page) => page.locator('[data-stage="shown"]')
const panel = (page: Page) => page.getByRole('complementary', { name: 'Tags and decision' })
const expectSaid = (page: Page, words: RegExp | string) => panel(page).getByText(words).first().waitFor()
const name = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
async function expectCase(page: Page, n: number, family: string | undefined): Promise<void> {
  await page.getByText(`Case ${n} of ${TOTAL}`).waitFor()
  await expect.poll(() => name(page)).toContain(family ?? 'nobody')
}
/** The words of what is decided on case 3: the colleague must not see any of it while reading blind. */
async function hold(page: Page): Promise<void> {
  await page.keyboard.press('h')
  await page.getByLabel('Days to hold this aligner').waitFor()
  await page.keyboard.press('Control+Enter')
}

test('approving waits until every view was on screen; one key leads to each that was not', async () => {
  const { alma } = here
  await press(alma, 'Enter')
  await stage(alma).waitFor()
  await press(alma, 'c', 'c') // one view at a time, before all five have been there long enough
  await expectCase(alma, 1, quill)
  await stage(alma).locator('[data-pair]').waitFor()
  await press(alma, 't', '1', 'a')
  await expectSaid(alma, /Not on screen long enough yet: /)
  expect(await alma.getByText(`Case 1 of ${TOTAL}`).count()).toBe(1)
  await expect
    .poll(
      async () => {
        await press(alma, 'y')
        return panel(alma).getByText('Every view of this scan was on screen.').count()
      },
      { timeout: 20_000, interval: 150 },
    )
    .toBe(1)
  await press(alma, 'a')
  await expectCase(alma, 2, raven)
})

test('a key passes over it, and says so; U has the case back with its tags, and layout and zoom stay', async () => {
  const { alma } = here
  await press(alma, 'z')
  await stage(alma).getByText('% of fit').first().waitFor()
  const zoomed = await stage(alma).getByText('% of fit').first().innerText()
  await press(alma, '2', 'a')
  await expectSaid(alma, /Not on screen long enough yet: /)
  await press(alma, 'Shift+A')
  await expectCase(alma, 3, thistle)
  await expectSaid(alma, 'faster than the photos were shown')
  await expectSaid(alma, /leaves in \d+ s/)
  expect(await stage(alma).getByText('% of fit').first().innerText()).toBe(zoomed)
  expect(await stage(alma).locator('[data-pair]').count()).toBe(1)
  await press(alma, 'u')
  await expectCase(alma, 2, raven)
  await expectFocusOnScreen(alma, 'taking back')
  expect(await alma.getByRole('radio', { name: /minor deviation/ }).isChecked()).toBe(true)
  await press(alma, 'Shift+A')
  await expectCase(alma, 3, thistle)
})

test('tags, details, note and days are entered without the mouse, faster than the screen follows', async () => {
  const { alma } = here
  await press(alma, 't', '3', 'Tab', '2', 'Tab', '2', '/')
  await alma.keyboard.type('unseat 22 0.5')
  await press(alma, 'Enter')
  await alma.keyboard.type('lostatt 11')
  await press(alma, 'Enter', 'Escape', 'e')
  await alma.keyboard.type(NOTE)
  await press(alma, 'Escape')
  await hold(alma)
  await expectCase(alma, 4, quill)
})

test('what has left is corrected by a new read that says why', async () => {
  const { alma } = here
  // A case counts once it has been painted: one that flits by does not.
  await alma.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(painted)))),
  )
  await press(alma, 'n') // the second case after it: it leaves before its time
  await expectCase(alma, 5, raven)
  await panel(alma).getByText('has left').first().waitFor({ timeout: 9000 })
  await press(alma, 'u')
  await expectSaid(alma, new RegExp(`The decision on ${thistle}.* has left`))
  await press(alma, 'Shift+U')
  await expectCase(alma, 3, thistle)
  await expectSaid(alma, /Your decision has left: /)
  await press(alma, 't', '2')
  await hold(alma)
  await expectSaid(alma, /Say why the new one takes its place/)
  await alma.keyboard.type('seen again with the elastics in')
  await press(alma, 'Escape')
  await alma.keyboard.press('Control+Enter')
  await expectCase(alma, 4, quill)
  // Both stay on the case: the new one, and the former one with who corrected it and why.
  await press(alma, 'p')
  await expectCase(alma, 3, thistle)
  await panel(alma).getByText('Corrected actions').waitFor()
  await panel(alma)
    .getByText(/^corrected by you, .*: seen again with the elastics in$/)
    .waitFor()
  await expectAccessible(alma)
  await press(alma, 'n')
  await expectCase(alma, 4, quill)
})

test('a doubtful photo is asked for again by one key, with its reason', async () => {
  const { alma } = here
  await press(alma, 'n')
  await expectCase(alma, 5, raven)
  await press(alma, 'Space', 'Space', 'Space', 't', '2', 'x') // on from the last of the views
  const form = alma.getByRole('form', { name: 'Ask for a retake' })
  await form.waitFor()
  // What this computer doubts of a drawn mouth besides may be there too.
  for (const box of ['Frontal', 'blurred']) expect(await form.getByLabel(box, { exact: true }).isChecked()).toBe(true)
  for (const box of ['Upper occlusal', 'Lower occlusal'])
    expect(await form.getByLabel(box, { exact: true }).isChecked()).toBe(false)
  await expectAccessible(alma)
  await press(alma, 'Control+Enter')
  await expectCase(alma, 6, thistle)
})

test('same as last time fills in and decides nothing', async () => {
  const { alma } = here
  await press(alma, '=')
  await expectSaid(alma, 'Filled in as last time. Nothing is decided yet.')
  for (const word of [/minor deviation/, /slight unseat/, /fair/])
    expect(await alma.getByRole('radio', { name: word }).first().isChecked()).toBe(true)
  for (const detail of [/unseat 22/, /lost attachment 11/])
    await panel(alma).getByRole('button', { name: detail }).waitFor()
  expect(await alma.getByText(`Case 6 of ${TOTAL}`).count()).toBe(1)
})

test('a colleague is asked without a connection, and opens the case with the same picture once there is one', async () => {
  const { alma, jonas, cable } = here
  cable.cut()
  await alma.getByText('Offline').first().waitFor()
  await press(alma, 'p', 'p')
  await expectCase(alma, 4, quill)
  await press(alma, ' ', 'ArrowLeft', 'ArrowLeft', 'ArrowUp')
  await press(alma, 'q')
  await alma.keyboard.type(QUESTION)
  await press(alma, 'Tab')
  await alma.keyboard.type('Dr Jonas')
  await expectAccessible(alma)
  await press(alma, 'Control+Enter')
  await expectSaid(alma, 'You asked Dr Jonas Adler')
  await expectFocusOnScreen(alma, 'asking')
  cable.restore()

  await press(jonas, '6')
  await jonas.getByText('Asked of me · 1 scan').waitFor({ timeout: 30_000 })
  await press(jonas, 'Enter')
  await expect.poll(() => name(jonas)).toContain(quill ?? '')
  await expectSaid(jonas, 'Dr Alma Reyes asks you')
  await expectSaid(jonas, QUESTION)
  // Both as they are by then: on a busy computer the pair may still be lined up on either.
  const isAlike = async () => (await pictures(jonas)).join() === (await pictures(alma)).join()
  await expect.poll(isAlike, { timeout: 30_000 }).toBe(true)
  await expectAccessible(jonas)
})

test('each sees that the other has the case open; the answer is there for who asked', async () => {
  const { alma, jonas } = here
  await alma.getByText('open by Dr Jonas Adler').waitFor()
  await jonas.getByText('open by Dr Alma Reyes').waitFor()
  await press(jonas, 'Shift+Q')
  await jonas.keyboard.type(ANSWER)
  await press(jonas, 'Control+Enter')
  await expectFocusOnScreen(jonas, 'answering')
  await expectSaid(alma, ANSWER)
  await expectSaid(alma, /Dr Jonas Adler answered/)
  await press(jonas, 'Escape', '6')
  await jonas.getByText('Asked of me · 0 scans').waitFor()
})

test('a scan comes back blind: nothing of the first read is seen before, both are afterwards, and nothing was sent', async () => {
  const { jonas } = here
  await press(jonas, '1')
  await jonas.getByText(/^All waiting · /).waitFor()
  await press(jonas, 'Home', 'Enter')
  await jonas.getByText(/^Case 1 of /).waitFor()
  await expect.poll(() => name(jonas)).toContain(quill ?? '')
  // His own layout: that of the question was only for it.
  expect(await stage(jonas).locator('[data-pair]').count()).toBe(0)
  expect(await jonas.locator('main').innerText()).not.toMatch(/Alma Reyes|reviewed/)
  await press(jonas, 't', '3', 'Tab', '1', 'Tab', '1')
  await hold(jonas)
  await expectSaid(jonas, 'This was a second read')
  await expectSaid(jonas, 'The two reads differ. The scan now waits for adjudication.')
  await expectSaid(jonas, /Dr Alma Reyes, /)
  await expectSaid(jonas, /You would have: /)
  await expectAccessible(jonas)
  await press(jonas, '1')
  await expectSaid(jonas, /This was a second read\. Go to the next case/)
  await press(jonas, 'n')
  await expect.poll(() => name(jonas)).toContain(raven ?? '')
})

test('no window complained while all this went on', () => {
  // A request without a network is one, and the cut was the test's own.
  expect(opened.flatMap(({ complaints }) => complaints).filter((one) => !one.includes('ERR_'))).toEqual([])
})

/** Of every large photo on screen, as it is painted: the same bytes are the same view, zoom, place and earlier scan. */
async function pictures(page: Page): Promise<string[]> {
  await expect
    .poll(() => stage(page).locator('[data-side] canvas[role="img"]:not([data-pixels="sharp"])').count())
    .toBe(0)
  return stage(page)
    .locator('[data-side] canvas[role="img"]')
    .evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()))
}
