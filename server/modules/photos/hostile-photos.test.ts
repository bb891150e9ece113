import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import * as fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PhotoFacts, PhotoRefusal } from '../../contract/domain/photos.ts'
import { expectedOf, findRealdata } from './realdata.testing.ts'
import { decodingProcessIds, type Processed, processPhoto, stopDecoding } from './service.ts'

const heicFolder = findRealdata('edge-images')
const valid = new Map<string, Buffer>()

beforeAll(async () => {
  const noise = { width: 160, height: 120, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 40 } } as const
  const scene = () => sharp({ create: { ...noise, background: '#808080' } })
  valid.set('JPEG', await scene().jpeg().toBuffer())
  valid.set('progressive JPEG', await scene().jpeg({ progressive: true }).toBuffer())
  valid.set('PNG', await scene().png().toBuffer())
  valid.set('WebP', await scene().webp().toBuffer())
  if (heicFolder !== undefined) valid.set('HEIC', readFileSync(path.join(heicFolder, 'RGB_8__128x128.heif')))
})
afterAll(stopDecoding)

const run = (bytes: Uint8Array) => processPhoto(bytes, expectedOf(bytes))

function expectAnswer(processed: Processed): void {
  if (processed.ok) PhotoFacts.parse(processed.facts)
  else PhotoRefusal.parse(processed.refusal)
}

describe('damage at random', () => {
  test.each(['JPEG', 'progressive JPEG', 'PNG', 'WebP', ...(heicFolder === undefined ? [] : ['HEIC'])])(
    'a %s that is cut anywhere is refused, or lost nothing but its end',
    async (format) => {
      const whole = valid.get(format) ?? Buffer.alloc(0)
      const original = await run(whole)
      const pixels = original.ok && original.facts.renditions['2048'].sha256
      expect(pixels).toMatch(/^[0-9a-f]{64}$/)
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
          const processed = await run(whole.subarray(0, length))
          const answer = processed.ok ? processed.facts.renditions['2048'].sha256 : processed.refusal
          // Accepted means: not one pixel differs.
          expect([pixels, 'truncated', 'damaged', 'empty', 'not-a-photo', 'unsupported-format']).toContain(answer)
        }),
        { seed: 20_260_601, numRuns: 40 },
      )
    },
  )

  test.each(['JPEG', 'progressive JPEG', 'PNG', 'WebP', ...(heicFolder === undefined ? [] : ['HEIC'])])(
    'a %s with flipped bits is answered, and the next photo is processed',
    async (format) => {
      const whole = valid.get(format) ?? Buffer.alloc(0)
      const flips = fc.array(fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) }), {
        minLength: 1,
        maxLength: 12,
      })
      await fc.assert(
        fc.asyncProperty(flips, async (list) => {
          const bytes = Buffer.from(whole)
          for (const { at, bit } of list) bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
          expectAnswer(await run(bytes))
        }),
        { seed: 20_260_601, numRuns: 40 },
      )
      expect(await run(whole)).toMatchObject({ ok: true })
    },
  )
})

describe('what was announced', () => {
  test.each([
    ['another length', (bytes: Buffer) => ({ ...expectedOf(bytes), bytes: bytes.length + 1 }), 'length-differs'],
    ['another hash', (bytes: Buffer) => ({ ...expectedOf(randomBytes(8)), bytes: bytes.length }), 'hash-differs'],
  ] as const)('%s is refused', async (_, announced, refusal) => {
    const bytes = valid.get('JPEG') ?? Buffer.alloc(0)
    expect(await processPhoto(bytes, announced(bytes))).toEqual({ ok: false, refusal })
  })

  test('more than 64 MiB is refused unread', async () => {
    const bytes = new Uint8Array(64 * 1024 * 1024 + 1)
    const { hash } = expectedOf(new Uint8Array())
    expect(await processPhoto(bytes, { hash, bytes: bytes.length })).toEqual({ ok: false, refusal: 'too-large' })
  })
})

test('a header that claims more than 100 megapixels is refused before decoding', async () => {
  const png = Buffer.from(valid.get('PNG') ?? [])
  png.writeUInt32BE(10_001, 16)
  png.writeUInt32BE(10_000, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  expect(await run(png)).toEqual({ ok: false, refusal: 'too-many-pixels' })
})

test('a large interlaced PNG is refused for the memory it would take', async () => {
  const png = Buffer.from(valid.get('PNG') ?? [])
  png.writeUInt32BE(9_000, 16)
  png.writeUInt32BE(9_000, 20)
  png[24] = 16 // bits a channel
  png[28] = 1 // interlaced
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  expect(await run(png)).toEqual({ ok: false, refusal: 'too-many-pixels' })
})

test('transparent parts lie on neutral grey', async () => {
  const clear = await sharp({
    create: { width: 100, height: 100, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer()
  const processed = await run(clear)
  const pixels = await sharp(processed.ok ? processed.renditions['512'] : undefined)
    .raw()
    .toBuffer()
  expect(Math.max(...pixels.map((value) => Math.abs(value - 128)))).toBeLessThanOrEqual(1)
})

test('a photo in Display P3 keeps its colour as sRGB, and EXIF turns it', async () => {
  const red = sharp({ create: { width: 120, height: 80, channels: 3, background: { r: 200, g: 60, b: 60 } } })
  const wide = await red
    .withIccProfile('p3')
    .withExif({ IFD0: { Orientation: '6' } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95 })
    .toBuffer()
  const processed = await run(wide)
  expect(processed).toMatchObject({ ok: true, facts: { widthPx: 80, heightPx: 120 } })
  const { data } = await sharp(processed.ok ? processed.renditions['2048'] : undefined)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [r = 0, g = 0, b = 0] = data
  expect([Math.abs(r - 200), Math.abs(g - 60), Math.abs(b - 60)].every((off) => off <= 4)).toBe(true)
})

test('many photos at once share at most two decoders', async () => {
  const photo = valid.get('JPEG') ?? Buffer.alloc(0)
  const answers = Array.from({ length: 12 }, () => run(photo))
  expect(decodingProcessIds().length).toBeLessThanOrEqual(2)
  expect((await Promise.all(answers)).every((answer) => answer.ok)).toBe(true)
  expect(decodingProcessIds().length).toBeLessThanOrEqual(2)
})
