import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { PhotoFacts } from '../../contract/domain/photos.ts'
import { EDGE_IMAGES } from './edge-images.testing.ts'
import { expectedOf, filesIn, findRealdata } from './realdata.testing.ts'
import { type Processed, processPhoto, stopDecoding } from './service.ts'

const root = findRealdata('edge-images')

afterAll(stopDecoding)

describe.skipIf(root === undefined)('every edge image', () => {
  const folder = root ?? ''

  test('the table has a row for each file, and a file for each row', () => {
    expect(filesIn(folder)).toEqual(Object.keys(EDGE_IMAGES).toSorted())
  })

  test.each(Object.entries(EDGE_IMAGES))('%s → %s', async (name, outcome) => {
    const bytes = readFileSync(path.join(folder, name))
    const processed = await processPhoto(bytes, expectedOf(bytes))
    expect(outcomeOf(processed)).toBe(outcome)
    await expectSound(processed)
  })

  test('all turned landscapes display like the upright one', async () => {
    const upright = await smallPixels(folder, 'Landscape_1.jpg')
    for (const n of [0, 2, 3, 4, 5, 6, 7, 8]) {
      const turned = await smallPixels(folder, `Landscape_${n}.jpg`)
      expect(turned.length).toBe(upright.length)
      // Each was compressed on its own and carries its own number in the middle.
      expect(meanDifference(upright, turned)).toBeLessThan(4)
    }
  })

  test('a PNG with a raw EXIF profile is turned by 180 degrees', async () => {
    const shown = await smallPixels(folder, 'exif_imagemagick_orientation.png')
    const stored = sharp(path.join(folder, 'exif_imagemagick_orientation.png'))
    const turned = await stored.rotate(180).flatten({ background: '#808080' }).removeAlpha().raw().toBuffer()
    expect(meanDifference(shown, turned)).toBeLessThan(6)
  })

  test('the arrow of the phone points up', async () => {
    const { data, info } = await smallImage(folder, 'arrow.heic')
    const darkIn = (fromRow: number, toRow: number) => {
      let width = 0
      for (let y = Math.floor(fromRow * info.height); y < toRow * info.height; y++) {
        const row = Array.from({ length: info.width }, (_, x) => data[(y * info.width + x) * 3] ?? 255)
        const dark = row.flatMap((value, x) => (value < 70 ? [x] : []))
        if (dark.length > 0) width = Math.max(width, Math.max(...dark) - Math.min(...dark))
      }
      return width / info.width
    }
    expect(darkIn(0.08, 0.15)).toBeLessThan(0.3) // the tip
    expect(darkIn(0.38, 0.46)).toBeGreaterThan(0.6) // the wings
    expect(darkIn(0.55, 0.7)).toBeLessThan(0.5) // the shaft
  })

  test('position and camera are noted from the phone photo, and stay out of its renditions', async () => {
    const bytes = readFileSync(path.join(folder, 'by-sa/iphone6_hdr_gps.jpg'))
    const processed = await processPhoto(bytes, expectedOf(bytes))
    expect(processed).toMatchObject({
      ok: true,
      facts: { hadPosition: true, camera: 'Apple iPhone 6', capturedAt: '2015-04-10T20:12:23' },
    })
  })

  test('memory over the server and all its decoders stays below 600 MB for the whole folder, and nothing dies', () => {
    const program = path.join(import.meta.dirname, 'edge-images-memory.testing.ts')
    const answer: unknown = JSON.parse(execFileSync(process.execPath, [program, folder], { encoding: 'utf8' }))
    const { processed, peakBytes } = answer as { processed: number; peakBytes: number }
    expect(processed).toBe(Object.keys(EDGE_IMAGES).length)
    process.stderr.write(`edge images: peak resident memory ${Math.round(peakBytes / 1e6)} MB\n`)
    expect(peakBytes).toBeGreaterThan(50e6) // the measurement itself works
    expect(peakBytes).toBeLessThan(600e6)
  })
})

function outcomeOf(processed: Processed): string {
  if (!processed.ok) return processed.refusal
  const { widthPx, heightPx, renditions } = processed.facts
  return `${widthPx}x${heightPx} as ${renditions['2048'].widthPx}x${renditions['2048'].heightPx}`
}

async function expectSound(processed: Processed) {
  if (!processed.ok) return
  const { facts, renditions } = processed
  expect(PhotoFacts.parse(facts)).toEqual(facts)
  for (const size of ['512', '2048'] as const) await expectBare(renditions[size], facts.renditions[size])
}

async function smallImage(folder: string, name: string) {
  const bytes = readFileSync(path.join(folder, name))
  const processed = await processPhoto(bytes, expectedOf(bytes))
  if (!processed.ok) throw new Error(`${name}: ${processed.refusal}`)
  return await sharp(processed.renditions['512']).raw().toBuffer({ resolveWithObject: true })
}

async function smallPixels(folder: string, name: string): Promise<Uint8Array> {
  return (await smallImage(folder, name)).data
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length
}

/** A plain sRGB JPEG of the stated size whose segments hold nothing but JFIF and tables. */
async function expectBare(bytes: Uint8Array, stated: { widthPx: number; heightPx: number; bytes: number }) {
  const found = await sharp(bytes).metadata()
  expect(found).toMatchObject({
    format: 'jpeg',
    width: stated.widthPx,
    height: stated.heightPx,
    space: 'srgb',
    channels: 3,
  })
  expect([found.exif, found.icc, found.xmp, found.iptc, found.orientation]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(applicationSegments(bytes)).toEqual(applicationSegments(bytes).filter((code) => code === 0xe0))
  expect(bytes.length).toBe(stated.bytes)
}

/** APPn and comment markers before the first scan. */
function applicationSegments(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: number[] = []
  for (let at = 2; view.getUint8(at + 1) !== 0xda; at += 2 + view.getUint16(at + 2)) {
    const code = view.getUint8(at + 1)
    if ((code >= 0xe0 && code <= 0xef) || code === 0xfe) found.push(code)
  }
  return found
}
