import { createHash } from 'node:crypto'
import { load } from 'exifreader'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { type Flaw, FLAWS } from '../plan/flaws.ts'
import { readSamplePatients } from '../plan/patients.ts'
import { type PlannedPhoto, planPractice } from '../plan/plan.ts'
import { developPhoto } from './develop.ts'

const SIZE = { widthPx: 1000, heightPx: 750 }
const DRAWN = { widthPx: 500, heightPx: 375 }
const plan = planPractice(readSamplePatients(), '2026-11-21')
const all = plan.flatMap((session) => session.photos)

function photoWith(flaw: Flaw | undefined): PlannedPhoto {
  const found = all.find((photo) => (flaw === undefined ? photo.flaws.length === 0 : photo.flaws.includes(flaw)))
  if (found === undefined) throw new Error(`No photo with ${flaw ?? 'no flaw'}`)
  return found
}

/** Mean brightness and how much neighbouring pixels differ, of the middle of the photo at a size where grain is gone. */
async function measure(photo: PlannedPhoto) {
  const { jpeg } = await developPhoto(photo, SIZE, DRAWN)
  const { data } = await sharp(jpeg).autoOrient().greyscale().resize(250).raw().toBuffer({ resolveWithObject: true })
  let [sum, edges] = [0, 0]
  for (let i = 1; i < data.length; i++) {
    sum += data[i] ?? 0
    edges += Math.abs((data[i] ?? 0) - (data[i - 1] ?? 0))
  }
  return { bright: sum / data.length, edges: edges / data.length }
}

it('writes a JPEG of the wanted size with camera and capture time, and no position', async () => {
  const photo = photoWith(undefined)
  const { jpeg } = await developPhoto(photo, SIZE, DRAWN)
  const meta = await sharp(jpeg).metadata()
  expect([meta.format, meta.width, meta.height]).toEqual(['jpeg', 1000, 750])
  const tags = load(jpeg, { expanded: true })
  expect(tags.exif?.Make?.description).toBe(photo.device.make)
  expect(tags.exif?.DateTimeOriginal?.description).toBe(photo.takenAt)
  expect(tags.gps).toBeUndefined()
})

it('develops the same photo to the same bytes', async () => {
  const digest = async () => {
    const { jpeg } = await developPhoto(photoWith(undefined), SIZE, DRAWN)
    return createHash('sha256').update(jpeg).digest('hex')
  }
  expect(await digest()).toBe(await digest())
})

it('makes dark photos dark, overexposed ones bright and blurred ones soft', async () => {
  const good = await measure(photoWith(undefined))
  expect((await measure(photoWith('dark'))).bright).toBeLessThan(good.bright * 0.6)
  expect((await measure(photoWith('overexposed'))).bright).toBeGreaterThan(good.bright * 1.3)
  expect((await measure(photoWith('blurred'))).edges).toBeLessThan(good.edges * 0.7)
})

const badlyLit = all.filter(({ flaws }) => flaws.includes('dark') || flaws.includes('overexposed'))
it.each(badlyLit.map((photo) => ({ photo, view: photo.view, flaws: photo.flaws.join(' and ') })))(
  'makes the $flaws $view bad enough for the server to say so',
  async ({ photo }) => {
    const { jpeg } = await developPhoto(photo, SIZE, DRAWN)
    const grey = await sharp(jpeg).autoOrient().greyscale().resize(512).raw().toBuffer()
    const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length / 255
    const clipped = grey.filter((value) => value >= 253).length / grey.length
    // The limits of server/modules/photos/quality.ts: less than 0.2 of full light, or a quarter of all pixels white.
    expect(photo.flaws.includes('dark') ? mean < 0.2 : clipped > 0.25).toBe(true)
  },
)

it('ends a truncated file in the middle', async () => {
  const { jpeg } = await developPhoto(photoWith('truncated'), SIZE, DRAWN)
  expect(jpeg.subarray(-2).toString('hex')).not.toBe('ffd9')
  await expect(sharp(jpeg, { failOn: 'truncated' }).raw().toBuffer()).rejects.toThrow(/premature|truncated|end/i)
})

it('stores a sideways photo turned, with the orientation that sets it right', async () => {
  const photo = photoWith('sideways')
  const { jpeg } = await developPhoto(photo, SIZE, DRAWN)
  const meta = await sharp(jpeg).metadata()
  expect([meta.width, meta.height, meta.orientation]).toEqual([750, 1000, 6])
  const upright = await developPhoto({ ...photo, flaws: [] }, SIZE, DRAWN)
  const small = (data: Buffer) => sharp(data).autoOrient().greyscale().resize(40, 30).raw().toBuffer()
  const [a, b] = await Promise.all([small(jpeg), small(upright.jpeg)])
  const differences = [...a].map((value, i) => Math.abs(value - (b[i] ?? 0)))
  expect(Math.max(...differences)).toBeLessThan(20)
})

it('knows every flaw that the plan uses', () => {
  for (const photo of all) for (const flaw of photo.flaws) expect(FLAWS).toContain(flaw)
})
