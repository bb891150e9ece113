import path from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './support/accessible.ts'
import { launchBrowser } from './support/browser.ts'
import { type Cable, layCable } from './support/network.ts'
import { type Practice, startPractice } from './support/practice.ts'
import { hosts, keepPictures, signIn, type Workstation } from './support/workstation.ts'
import { writeManifest } from './torture/sessions.ts'

/** A computer that cannot send: its work travels as a file through the administrator, and nothing is done twice. */

const SCANS = 30
const FILE_PASSPHRASE = 'maple rocket onion sail'
// In the desktop app the system's own dialog asks where to, and nobody is there to answer it.
const previews = hosts().filter(({ name }) => name.includes('preview'))

describe.each(previews)('unsent work by file, in $name', (host) => {
  let practice: Practice
  let browser: Browser
  let cable: Cable
  let alma: Workstation
  let marta: Workstation
  let file: string
  const opened: Workstation[] = []

  const seat = async (name: string, port: number) => {
    const dataDir = path.join(practice.folder, name.replaceAll(' ', '-'))
    const workstation = await host.open(browser, {
      server: `https://127.0.0.1:${port}`,
      caFile: practice.caFile,
      dataDir,
    })
    opened.push(workstation)
    await signIn(workstation, name)
    await workstation.page.getByText(`All waiting · ${SCANS} scans`).waitFor()
    return workstation
  }

  beforeAll(async () => {
    practice = await startPractice([])
    const manifest = await writeManifest(path.join(practice.folder, 'photos'))
    if ((await practice.intake(manifest)) !== 0) throw new Error('the intake failed')
    cable = await layCable(practice.port)
    browser = await launchBrowser()
    ;[alma, marta] = await Promise.all([seat('Dr Alma Reyes', cable.port), seat('Marta Lind', practice.port)])
  })
  afterAll(async () => {
    for (const workstation of opened) await workstation.stop()
    await browser?.close()
    await cable?.close()
    await practice?.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPictures(task.name, opened)
  })

  test('a clinician without the server decides, and exports what cannot be sent', async () => {
    const { page } = alma
    cable.cut()
    await page.getByText('Offline').first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByText(`Case 1 of ${SCANS}`).waitFor()
    await page.getByRole('heading', { name: /^T-\d/, level: 1 }).waitFor() // the scan itself: its keys work from here on
    for (const key of ['t', '3', 'Tab', '2', 'Tab', '1', 'h']) await page.keyboard.press(key)
    await page.getByLabel('Days to hold this aligner').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText(`Case 2 of ${SCANS}`).waitFor()
    await page.keyboard.press('Escape')

    await openUnsentWork(page)
    await page.getByText(/changes? of yours waits? to be sent/).waitFor()
    expect(await page.getByText('Import a colleague’s unsent work').count()).toBe(0)
    await page.keyboard.press('e')
    await page.getByLabel('Passphrase of the file').fill(FILE_PASSPHRASE)
    await page.getByLabel('The same again').fill(FILE_PASSPHRASE)
    await expectAccessible(page)
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    expect(download.suggestedFilename()).toMatch(/^loupe-unsent-[\d-]+\.loupe$/)
    file = path.join(practice.folder, download.suggestedFilename())
    await download.saveAs(file)
    await page.getByText(/in the file loupe-unsent.*Nothing was removed here/).waitFor()
    await expectAccessible(page)
  })

  test('the administrator sees whose work it is, sends it, and everybody has it', async () => {
    const { page } = marta
    await openUnsentWork(page)
    await page.getByRole('button', { name: 'Open a file…' }).press('Enter')
    await page.getByLabel('File', { exact: true }).setInputFiles(file)
    await page.getByText(path.basename(file)).waitFor()
    await page.getByLabel('Passphrase of the file').fill('some other passphrase')
    await page.keyboard.press('Enter')
    await page.getByText(/passphrase is another one/).waitFor()
    await page.getByLabel('Passphrase of the file').fill(FILE_PASSPHRASE)
    await page.keyboard.press('Enter')
    const summary = page.getByRole('form', { name: 'In this file' })
    await summary.getByText('Dr Alma Reyes').waitFor()
    await summary.getByText('Northside Orthodontics').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await page.getByText('Carried out').waitFor()
    expect(await page.getByText('Refused', { exact: true }).count()).toBe(0)
    await expectAccessible(page)
    await page.keyboard.press('Alt+1')
    await expectOneRead(page, 'Dr Alma Reyes')
  })

  test('when the first computer comes back it sends the same, and nothing is there twice', async () => {
    const { page } = alma
    cable.restore()
    await page.getByText('Connected').first().waitFor()
    await page.getByText('Nothing waiting').first().waitFor()
    await page.getByText('Everything that you decided on this computer is on the server.').waitFor()
    expect(await page.getByRole('link', { name: /needs? attention/ }).count()).toBe(0)
    await page.keyboard.press('Alt+1')
    await expectOneRead(page, 'You')
    // Again on the other one, after all that the first had to send.
    await marta.page.keyboard.press('Escape')
    await marta.page.keyboard.press('Alt+1')
    await expectOneRead(marta.page, 'Dr Alma Reyes')
  })

  test('what is kept is shown with its size, and both sides have the same', async () => {
    const { page } = marta
    await page.keyboard.press('Escape')
    await page.keyboard.press('Alt+3')
    await page.keyboard.press('5')
    const table = page.getByRole('table')
    await table.waitFor()
    expect(await table.getByRole('row', { name: /^Scans/ }).innerText()).toMatch(/30/)
    expect(await table.getByRole('row', { name: /^Reads/ }).innerText()).toMatch(/1/)
    await page.keyboard.press('c')
    await page.getByText(/both are the same/).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
  })

  test('no window complained while all this went on', () => {
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})

async function openUnsentWork(page: Page): Promise<void> {
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('6')
  await page.getByRole('heading', { name: 'Unsent work', level: 2 }).waitFor()
}

/** One scan is reviewed, by one read of this reader's. */
async function expectOneRead(page: Page, reader: string): Promise<void> {
  await page.getByRole('heading', { name: 'Scans to review' }).waitFor()
  await page.keyboard.press('8')
  await page.getByText('Reviewed · 1 scan').waitFor()
  await page.keyboard.press('Enter')
  const reads = page.getByRole('region', { name: 'Reads of this scan' })
  await reads.getByRole('listitem').filter({ hasText: reader }).waitFor()
  expect(await reads.getByRole('listitem').count()).toBe(1)
}
