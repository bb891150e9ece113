import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './support/accessible.ts'
import { launchBrowser } from './support/browser.ts'
import { type Cable, layCable } from './support/network.ts'
import { type Practice, startPractice } from './support/practice.ts'
import { hosts, keepPictures, signIn, type Workstation } from './support/workstation.ts'

/** Two people decide the same thing without a connection; nothing of it is lost, and a third person settles it. */

const VIEWS = ['occlusal_upper', 'buccal_right', 'frontal', 'buccal_left', 'occlusal_lower'] as const
const patients = ['Quillfeather', 'Ravenscroft'].map((familyName, index) => ({
  reference: `C-${index}`,
  givenName: 'Zoë',
  familyName,
  birthDate: '1999-01-02',
  status: 'active',
  treatmentType: 'aligners',
  alignerBrand: null,
  currentStage: 4,
  totalStages: 20,
  scanFrequencyDays: 14,
  doctor: 'Dr Alma Reyes',
}))

describe.each(hosts())('two people without a connection, in $name', (host) => {
  let practice: Practice
  let browser: Browser
  let alma: Person
  let jonas: Person
  let naledi: Person
  const seated: Person[] = []

  type Person = Workstation & { readonly cable: Cable }
  const seat = async (name: string): Promise<Person> => {
    const cable = await layCable(practice.port)
    const dataDir = path.join(practice.folder, name.replaceAll(' ', '-'))
    const place = { server: `https://127.0.0.1:${cable.port}`, caFile: practice.caFile, dataDir }
    const workstation = await host.open(browser, place)
    const person = { ...workstation, cable }
    seated.push(person)
    await signIn(workstation, name)
    await workstation.page.getByText(`All waiting · ${patients.length} scans`).waitFor()
    return person
  }

  beforeAll(async () => {
    practice = await startPractice(patients)
    const code = await practice.intake(await writeScans(path.join(practice.folder, 'scans')))
    if (code !== 0) throw new Error(`the intake ended with ${code ?? 'a signal'}`)
    browser = await launchBrowser()
    ;[alma, jonas, naledi] = await Promise.all([seat('Dr Alma Reyes'), seat('Dr Jonas Adler'), seat('Dr Naledi Mbeki')])
  })
  afterAll(async () => {
    for (const person of seated) {
      await person.stop()
      await person.cable.close()
    }
    await browser?.close()
    await practice?.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPictures(task.name, seated)
  })

  test('both tag the same scan offline, each with an action', async () => {
    for (const person of [alma, jonas]) {
      await unplug(person)
      await person.page.keyboard.press('Enter')
      await person.page.getByText(`Case 1 of ${patients.length}`).waitFor()
      await panelOf(person.page).waitFor()
    }
    expect(await caseOf(alma.page)).toBe(await caseOf(jonas.page))
    await score(alma.page, [1, 1, 2])
    // Cut off from the server her photos may not all be here: she passes over that on purpose.
    await alma.page.keyboard.press('Shift+A')
    await score(jonas.page, [3, 1, 2])
    await jonas.page.keyboard.press('h')
    await jonas.page.getByLabel('Days to hold this aligner').waitFor()
    await jonas.page.keyboard.press('Control+Enter')
    for (const { page } of [alma, jonas]) {
      await page.getByText(`Case 2 of ${patients.length}`).waitFor()
      await page.getByText('1 change waiting').first().waitFor()
      await page.keyboard.press('Escape')
    }
  })

  test('the action that came second is shown to its author, with what won', async () => {
    await plugIn(alma)
    await nothingWaits(alma.page)
    await plugIn(jonas)
    await nothingWaits(jonas.page)
    const { page } = jonas
    await page.getByRole('link', { name: /1 needs attention/ }).waitFor()
    await page.keyboard.press('Alt+4')
    await page.getByRole('heading', { name: 'What yours would have done' }).waitFor()
    await page.getByText('Hold this aligner for 7 days').waitFor()
    await page.getByText('Approve, go on to aligner 5').waitFor()
    await page.getByText(/^Dr Alma Reyes, /).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Backspace')
    await page.getByLabel('Remark (optional)').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Nothing needs your attention').waitFor()
    await page.getByRole('link', { name: /needs attention/ }).waitFor({ state: 'detached' })
  })

  test('a third person sees both reads beside the photos and settles it', async () => {
    const { page } = naledi
    await page.keyboard.press('7')
    await page.getByText('Needs adjudication · 1 scan').waitFor()
    await page.keyboard.press('Enter')
    const compared = page.getByRole('table', { name: 'Compared reads' })
    await compared.waitFor()
    expect(await compared.getByRole('columnheader').allInnerTexts()).toEqual([
      expect.stringContaining('Dr Alma Reyes'),
      expect.stringContaining('Dr Jonas Adler'),
      'Yours',
    ])
    await compared.getByRole('rowheader', { name: /Overall tracking.*they differ/ }).waitFor()
    await compared.getByRole('rowheader', { name: /Oral hygiene.*the same/ }).waitFor()
    await compared.getByText('came second, not carried out').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('v')
    await page.getByText(/The two differ here/).waitFor()
    await page.keyboard.press('2')
    await page.keyboard.press('v')
    await page.getByText('That was the last scan').waitFor()
    await nothingWaits(page)
    await page.keyboard.press('Escape')
    await page.getByText('No scans in this lane').waitFor()
  })

  test('both authors find all three reads, and which of them settled it', async () => {
    for (const { page } of [alma, jonas]) {
      await page.keyboard.press('Alt+1')
      await page.keyboard.press('8')
      await page.getByText('adjudicated').first().waitFor()
      await page.keyboard.press('Enter')
      const reads = page.getByRole('region', { name: 'Reads of this scan' })
      await reads.waitFor()
      expect(await reads.getByRole('listitem').count()).toBe(3)
      await reads.getByRole('listitem').filter({ hasText: 'Dr Naledi Mbeki' }).getByText('settles the two').waitFor()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
    }
  })

  test('both change the same field of a patient offline: the second sees what it was, what they wanted and what it is', async () => {
    for (const person of [alma, jonas]) {
      await unplug(person)
      await person.page.keyboard.press('9')
      await person.page.getByText('All scans · 2 scans').waitFor()
    }
    await setStage(alma.page, '6')
    await setStage(jonas.page, '9')
    await plugIn(alma)
    await nothingWaits(alma.page)
    await plugIn(jonas)
    const { page } = jonas
    await page.getByRole('link', { name: /1 needs attention/ }).waitFor()
    await page.keyboard.press('Alt+4')
    const row = page.getByRole('row', { name: /^Aligner worn now/ })
    await row.waitFor()
    expect((await row.innerText()).split(/\s+/).slice(0, 6).join(' ')).toBe('Aligner worn now 4 9 6')
    await expectAccessible(page)
    await page.keyboard.press('r')
    await page.getByText('Your values are set here and are sent by themselves.').waitFor()
    await page.getByText('Nothing needs your attention').waitFor()
    await nothingWaits(page)
    await expect.poll(() => stageOf(alma.page), { timeout: 20_000 }).toBe('9')
  })

  test('no window complained while all this went on', () => {
    expect(seated.flatMap(({ complaints }) => complaints)).toEqual([])
  })

  async function unplug({ page, cable }: Person): Promise<void> {
    cable.cut()
    await page.getByText('Offline').first().waitFor()
  }
  async function plugIn({ page, cable }: Person): Promise<void> {
    cable.restore()
    await page.getByText('Connected').first().waitFor()
  }
})

/** There as soon as the case has been read; before that no key decides anything. */
const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Tags and decision' })

async function caseOf(page: Page): Promise<string> {
  return page.getByRole('heading', { level: 1 }).innerText()
}

async function score(page: Page, values: readonly number[]): Promise<void> {
  await page.keyboard.press('t')
  for (const [index, value] of values.entries()) {
    if (index > 0) await page.keyboard.press('Tab')
    await page.keyboard.press(String(value))
  }
}

/** Details of the selected patient, by keys. */
async function setStage(page: Page, stage: string): Promise<void> {
  await page.keyboard.press('i')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Aligner worn now/).fill(stage)
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('1 change waiting').first().waitFor()
}

async function stageOf(page: Page): Promise<string> {
  await page.keyboard.press('i')
  const stage = await page
    .getByRole('dialog')
    .getByLabel(/^Aligner worn now/)
    .inputValue()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return stage
}

async function nothingWaits(page: Page): Promise<void> {
  await page.getByText('Nothing waiting').first().waitFor()
}

/** One scan of each patient, drawn. @returns the manifest's path */
async function writeScans(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const rows = patients.flatMap(({ reference }, patient) =>
    VIEWS.map((view, index) => ({ reference, view, file: `${reference}-${view}.jpg`, hue: patient * 40 + index * 8 })),
  )
  for (const { file, hue } of rows) {
    const teeth = Array.from(
      { length: 9 },
      (_, i) =>
        `<rect x="${60 + i * 120}" y="300" width="90" height="${200 - Math.abs(i - 4) * 22}" rx="30" fill="#efe7d2"/>`,
    )
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="1200" height="900" fill="hsl(${350 + hue / 20},40%,${40 + (hue % 40) / 4}%)"/>${teeth.join('')}</svg>`
    await sharp(Buffer.from(svg)).jpeg().toFile(path.join(folder, file))
  }
  const manifest = path.join(folder, 'sessions.csv')
  const lines = rows.map(({ reference, view, file }) => `${reference},2026-06-01,${view},${file},4,in`)
  await writeFile(manifest, ['patient,captured_on,view,file,stage,aligners', ...lines, ''].join('\n'))
  return manifest
}
