import { readFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { measureQuality } from './quality.ts'
import { expectedOf, filesIn, findRealdata } from './realdata.testing.ts'
import { processPhoto, stopDecoding } from './service.ts'

const root = findRealdata('photos')
afterAll(stopDecoding)

async function qualityOf(bytes: Buffer) {
  const processed = await processPhoto(bytes, expectedOf(bytes))
  if (!processed.ok) throw new Error(processed.refusal)
  return processed.facts.quality
}

describe.skipIf(root === undefined)('real photos, and copies spoiled on purpose', () => {
  const folder = root ?? ''
  const photos = (root === undefined ? [] : filesIn(root)).filter((name, i) => name.endsWith('.jpg') && i % 8 === 0)

  test.each(photos)('%s', async (name) => {
    const bytes = readFileSync(path.join(folder, name))
    const { width, height } = await sharp(bytes).metadata()
    const scale = Math.max(width, height) / 512
    const original = await qualityOf(bytes)
    expect(original.flags).toEqual([])
    const blurred = await qualityOf(
      await sharp(bytes)
        .blur(2 * scale)
        .jpeg()
        .toBuffer(),
    )
    expect(blurred.flags).toContain('soft_focus')
    expect(blurred.score).toBeLessThan(original.score)
    const dark = await qualityOf(await sharp(bytes).linear(0.25, 0).jpeg().toBuffer())
    expect(dark.flags).toEqual(['dark']) // dark, but not called blurred
    const bright = await qualityOf(await sharp(bytes).linear(2.5, 90).jpeg().toBuffer())
    expect(bright.flags).toContain('overexposed')
    const small = await qualityOf(await sharp(bytes).resize(400).jpeg().toBuffer())
    expect(small.flags).toContain('low_resolution')
  })
})

test('a flat picture has no sharpness, and the score is the worst judgement', () => {
  const grey = (value: number) => ({ data: new Uint8Array(100 * 100).fill(value), widthPx: 100, heightPx: 100 })
  expect(measureQuality(grey(115), 3000)).toMatchObject({ sharpness: 0, score: 0, flags: ['soft_focus'] })
  expect(measureQuality(grey(0), 3000)).toMatchObject({ exposure: 0, flags: ['soft_focus', 'dark'] })
  expect(measureQuality(grey(255), 3000)).toMatchObject({
    exposure: 1,
    clipped: 1,
    flags: ['soft_focus', 'overexposed'],
  })
})
