import path from 'node:path'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { allSeen } from './support/all-seen.ts'
import { expectAccessible } from './support/accessible.ts'
import { launchBrowser } from './support/browser.ts'
import { type Cable, layCable } from './support/network.ts'
import { findPlainText } from './support/plain-text.ts'
import { type Practice, startPractice } from './support/practice.ts'
import { findRealData } from './support/real-data.ts'
import { hosts, keepPictures, signIn, type Workstation } from './support/workstation.ts'

/** The main job, as people do it: real server, real PostgreSQL, real photos, three workstations, keys only. */

const realData = findRealData()
const manifest = path.join(realData ?? '', 'photos/sessions.csv')
const NOTE = 'bracket debond watchword quokka'
const FAMILY = 'Quillfeather'

/** Those of the manifest, with names of our own. */
const references = realData === undefined ? [] : [...new Set(rowsOf(manifest).map(([patient]) => patient ?? ''))]
const patients = references.map((reference, index) => ({
  reference,
  givenName: 'Zoë',
  familyName: `${FAMILY}-${index}`,
  birthDate: '1999-01-02',
  status: 'active',
  treatmentType: 'aligners',
  alignerBrand: null,
  currentStage: 4,
  totalStages: 20,
  scanFrequencyDays: 14,
  doctor: 'Dr Alma Reyes',
}))
const sessionCount = realData === undefined ? 0 : new Set(rowsOf(manifest).map((row) => row.slice(0, 2).join())).size

describe.skipIf(realData === undefined).each(hosts())('a practice day in $name', (host) => {
  let practice: Practice
  let browser: Browser
  let cable: Cable
  let alma: Workstation
  const opened: Workstation[] = []

  const open = async (name: string, port: number) => {
    const dataDir = path.join(practice.folder, name)
    const place = { server: `https://127.0.0.1:${port}`, caFile: practice.caFile, dataDir }
    const workstation = await host.open(browser, place)
    opened.push(workstation)
    return workstation
  }

  beforeAll(async () => {
    practice = await startPractice(patients)
    cable = await layCable(practice.port)
    browser = await launchBrowser()
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

  test('photos come in through the intake, once', async () => {
    expect(await practice.intake(manifest)).toBe(0)
    expect(await practice.intake(manifest)).toBe(0) // again after a break: nothing is doubled, as the queue will show
  })

  test('a clinician signs in for the first time and finds every session', async () => {
    alma = await open('alma', cable.port)
    await alma.page.getByRole('heading', { name: 'Choose a passphrase' }).waitFor()
    await expectAccessible(alma.page)
    await signIn(alma, 'Dr Alma Reyes')
    await alma.page.getByText(`${sessionCount} scans`).first().waitFor()
    expect(await alma.page.getByRole('row').filter({ hasText: FAMILY }).count()).toBeGreaterThan(5)
    await expectAccessible(alma.page)
  })

  test('three sessions are reviewed by keyboard alone, one of them with the network cut and restored', async () => {
    const { page } = alma
    await page.keyboard.press('Enter')
    await page.getByText(`Case 1 of ${sessionCount}`).waitFor()
    await expectPhoto(page)
    await expectAccessible(page)

    await score(page, [1, 1, 2])
    await page.keyboard.press('e')
    await page.keyboard.type(NOTE)
    await page.keyboard.press('Escape')
    await allSeen(page)
    await page.keyboard.press('a')
    await page.getByText(`Case 2 of ${sessionCount}`).waitFor()
    await nothingWaits(page)

    cable.cut()
    await page.getByText('Offline').first().waitFor()
    await score(page, [3, 2, 1])
    await page.keyboard.press('h')
    await page.getByLabel('Days to hold this aligner').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText(`Case 3 of ${sessionCount}`).waitFor()
    await page.getByText('1 change waiting').first().waitFor()
    cable.restore()
    await page.getByText('Connected').first().waitFor()
    await nothingWaits(page)

    await score(page, [2, 1, 1])
    await allSeen(page)
    await page.keyboard.press('a')
    await page.getByText(`Case 4 of ${sessionCount}`).waitFor()
    await nothingWaits(page)
    await page.keyboard.press('Escape')
    await page
      .getByText(`${sessionCount - 3} scans`)
      .first()
      .waitFor()
  })

  test('a second workstation of the practice shows the three reads', async () => {
    const jonas = await open('jonas', practice.port)
    await signIn(jonas, 'Dr Jonas Adler')
    const { page } = jonas
    await page
      .getByText(`${sessionCount - 3} scans`)
      .first()
      .waitFor()
    await page.keyboard.press('8')
    await page.getByText('3 scans').first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Case 1 of 3').waitFor()
    const seen: string[] = []
    for (let turn = 0; turn < 3; turn++) {
      await page.getByText(`Case ${turn + 1} of 3`).waitFor()
      const panel = page.getByRole('complementary', { name: 'Tags and decision' })
      seen.push(await panel.getByRole('listitem').filter({ hasText: 'Dr Alma Reyes' }).innerText())
      await page.keyboard.press('n')
    }
    expect(seen.filter((words) => /off track/i.test(words))).toHaveLength(1)
    expect(seen.filter((words) => words.includes(NOTE))).toHaveLength(1)
  })

  test('somebody of another practice sees none of it', async () => {
    const emil = await open('emil', practice.port)
    await signIn(emil, 'Dr Emil Stone')
    const { page } = emil
    await page.getByText('Connected').first().waitFor()
    await page.keyboard.press('9')
    await page.getByText('No scans in this lane').waitFor()
    expect(await page.getByText(FAMILY).count()).toBe(0)
  })

  test('nothing of it lies in plain text in the files of the workstations', async () => {
    for (const { dataDir } of opened) {
      const { files, found } = await findPlainText(dataDir, {
        // Five bytes and more: shorter ones occur in cipher text by chance.
        'a family name': FAMILY,
        'a patient reference': references[1] ?? '',
        'a note': 'watchword quokka',
        'a JFIF header': 'JFIF\0',
        'an EXIF header': 'Exif\0\0',
        'a plain database': 'SQLite format 3',
      })
      expect(found).toEqual([])
      expect(files).toBeGreaterThanOrEqual(3)
    }
  })

  test('no window complained while all this went on', () => {
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})

async function score(page: Page, values: readonly number[]): Promise<void> {
  await page.keyboard.press('t')
  for (const [index, value] of values.entries()) {
    if (index > 0) await page.keyboard.press('Tab')
    await page.keyboard.press(String(value))
  }
}

async function nothingWaits(page: Page): Promise<void> {
  await page.getByText('Nothing waiting').first().waitFor()
}

/** Pixels, not an empty frame: the canvas or image of the frontal view has more than one colour. */
async function expectPhoto(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(() =>
          [...document.querySelectorAll('canvas')].some((canvas) => {
            const context = canvas.getContext('2d')
            if (context === null || canvas.width < 100 || canvas.height < 100) return false
            const { data } = context.getImageData(canvas.width / 2 - 20, canvas.height / 2 - 20, 40, 40)
            return new Set(data.filter((_, index) => index % 4 !== 3)).size > 20
          }),
        ),
      { timeout: 30_000 },
    )
    .toBe(true)
}

function rowsOf(file: string): string[][] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => line.split(','))
}
