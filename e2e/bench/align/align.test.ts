import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { PhotoPair } from '../../../preload/contract/alignment.ts'
import { alignPair } from '../../../renderer/align/align-pair.ts'
import { type Pixels, prepareFeatures } from '../../../renderer/align/features.ts'
import { findMatches } from '../../../renderer/align/matches.ts'
import { whenReady, withMats } from '../../../renderer/align/open-cv.ts'
import { splitOpenCv } from '../../../renderer/align/open-cv-plugin.ts'
import { fitSimilarity } from '../../../renderer/align/similarity.ts'
import { findRealData } from '../../support/real-data.ts'
import { gridOver, isInside, toothBox, tryPair } from './measure.ts'
import { fileOf, listRealPhotos, readPixels } from './photos.ts'
import { apartPx, randomFrom, warpAtRandom } from './warp.ts'

// Not `load-open-cv.ts`: Vitest would wait for the package for ever.
const fromHere = createRequire(import.meta.url)
const openCv = () => whenReady(fromHere('@techstark/opencv-js') as object) // untyped: it is required, not imported

const hasPhotos = findRealData() !== undefined

const PAIR = PhotoPair.parse({ current: 'a'.repeat(64), prior: 'b'.repeat(64), view: 'frontal' })

async function prepare(file: string) {
  const { cv } = await openCv()
  const photo = listRealPhotos().find((one) => one.file === file)
  if (photo === undefined) throw new RangeError('The labels do not know this photo')
  return { cv, photo, features: prepareFeatures(cv, await readPixels(fileOf(photo))) }
}

describe.skipIf(!hasPhotos)('two real photos', () => {
  test('a known movement is found again', async () => {
    const { cv, photo, features } = await prepare('sb_v06_01.jpg')
    const { jpeg, truth } = await warpAtRandom(cv, fileOf(photo), randomFrom(5))
    const { transform, answer } = tryPair(cv, {
      current: features,
      prior: prepareFeatures(cv, await readPixels(jpeg)),
      view: 'frontal',
    })
    expect(answer.reason).toBeNull()
    const grid = gridOver(toothBox(features), (x, y) => isInside(truth, x, y))
    const ratio = features.heightPx / features.widthPx
    const worst = Math.max(...grid.map(([x, y]) => (transform ? apartPx(transform, truth, x, y, ratio) : Infinity)))
    expect(worst).toBeLessThan(6)
  })

  test('a repeat with the probe in the picture is lined up, and surely', async () => {
    const { cv, features } = await prepare('sb_v06_01.jpg')
    const alignment = alignPair(cv, PAIR, { current: features, prior: (await prepare('sb_v06_02.jpg')).features })
    expect(alignment).toMatchObject({ verdict: 'aligned', reason: null })
    expect(alignment.confidence).toBeGreaterThan(0.6)
    expect(alignment.transform).toHaveLength(9)
  })

  test('the same teeth with the jaw open are lined up by one arch', async () => {
    const { cv, features } = await prepare('sb_v08_01.jpg')
    const alignment = alignPair(cv, PAIR, { current: features, prior: (await prepare('sb_v08_02.jpg')).features })
    expect(alignment).toMatchObject({ verdict: 'aligned', arch: 'upper' })
  })

  test('another mouth is refused', async () => {
    const { cv, features } = await prepare('sb_v06_01.jpg')
    const alignment = alignPair(cv, PAIR, { current: features, prior: (await prepare('sb_v01_02.jpg')).features })
    expect(alignment).toMatchObject({ verdict: 'not_comparable', transform: null, confidence: 0 })
  })

  test('a beard that lies alike in both photos is no evidence of teeth', async () => {
    const { cv, features } = await prepare('sb_v05_11.jpg')
    const alignment = alignPair(cv, PAIR, { current: features, prior: (await prepare('sb_v05_12.jpg')).features })
    expect(alignment).toMatchObject({ verdict: 'not_comparable', reason: 'other_bite' })
  })

  test('a photo on its head is refused as such', async () => {
    const { cv, features } = await prepare('sb_v06_01.jpg')
    const { data, widthPx, heightPx } = await readPixels(fileOf((await prepare('sb_v06_02.jpg')).photo))
    const turned = new Uint8Array(new Uint32Array(Uint8Array.from(data).buffer).toReversed().buffer)
    const prior = prepareFeatures(cv, { data: turned, widthPx, heightPx })
    const alignment = alignPair(cv, PAIR, { current: features, prior })
    expect(alignment).toMatchObject({ verdict: 'not_comparable', reason: 'upside_down' })
  })

  test('a mirrored photo of the same mouth is refused as such', async () => {
    const { cv, features } = await prepare('sb_v06_01.jpg')
    const mirrored = { ...features, points: features.mirrored, mirrored: features.points }
    const alignment = alignPair(cv, PAIR, { current: features, prior: mirrored })
    expect(alignment).toMatchObject({ verdict: 'not_comparable', reason: 'mirrored' })
  })
})

test('braces: a prior is refused that is no more alike than the mirrored photo of the other side', async () => {
  const { cv } = await openCv()
  const pixels = spots(800, 500)
  const photo = prepareFeatures(cv, pixels)
  const pair = PhotoPair.parse({ ...PAIR, view: 'buccal_right' })
  const other = { ...photo, points: photo.mirrored, mirrored: photo.points }
  const unguarded = alignPair(cv, pair, { current: photo, prior: photo })
  expect(unguarded).toMatchObject({ verdict: 'aligned', isGuarded: false })
  expect(unguarded.confidence).toBeLessThan(0.5)
  for (const of of ['prior', 'current'] as const) {
    const guarded = alignPair(cv, pair, { current: photo, prior: photo, otherSide: { of, photo: other } })
    expect(guarded).toMatchObject({ reason: 'mirrored', isGuarded: true })
  }
})

test('bytes that are no photo are answered with unreadable', async () => {
  const { cv } = await openCv()
  const alignment = alignPair(cv, PAIR, { current: undefined, prior: undefined })
  expect(alignment).toMatchObject({ verdict: 'not_comparable', reason: 'unreadable', transform: null })
})

test('a photo without teeth has too few points', async () => {
  const { cv } = await openCv()
  const blank = prepareFeatures(cv, { widthPx: 800, heightPx: 500, data: new Uint8Array(800 * 500 * 4).fill(128) })
  const alignment = alignPair(cv, PAIR, { current: blank, prior: blank })
  expect(alignment).toMatchObject({ verdict: 'not_comparable', reason: 'too_few_points' })
})

/** Light spots of many sizes on red, as teeth are to the eye of the tooth mask. */
function spots(widthPx: number, heightPx: number): Pixels {
  const random = randomFrom(3)
  const data = new Uint8Array(widthPx * heightPx * 4)
  for (let at = 0; at < data.length; at += 4) data.set([170, 60, 60, 255], at)
  for (let spot = 0; spot < 400; spot += 1) {
    const [x, y] = [200 + Math.floor(random() * 400), 120 + Math.floor(random() * 260)]
    const [wide, high, light] = [8 + Math.floor(random() * 30), 8 + Math.floor(random() * 30), 120 + random() * 120]
    for (let row = y; row < y + high; row += 1) {
      for (let at = (row * widthPx + x) * 4; at < (row * widthPx + x + wide) * 4; at += 4) {
        data.set([light, light, light * 0.9, 255], at)
      }
    }
  }
  return { widthPx, heightPx, data }
}

test('the points of a mirrored photo are those that are found in it', async () => {
  const { cv } = await openCv()
  const photo = spots(800, 500)
  const turned = withMats((keep) => {
    const mat = keep(new cv.Mat(500, 800, cv.CV_8UC4))
    mat.data.set(photo.data)
    cv.flip(mat, mat, 1)
    return mat.data.slice()
  })
  const worked = prepareFeatures(cv, photo).mirrored
  const found = prepareFeatures(cv, { ...photo, data: turned }).points
  const fit = fitSimilarity(findMatches(worked, found, { ratio: 0.85 }))
  expect(found.count).toBeGreaterThan(100)
  expect(fit?.score ?? 0).toBeGreaterThan(found.count * 0.8)
  expect(fit?.similarity.a).toBeCloseTo(1, 2)
  expect(fit?.similarity.c).toBeCloseTo(0, 0)
})

test('OpenCV as the window loads it makes no functions from text', () => {
  const file = fromHere.resolve('@techstark/opencv-js/dist/opencv.js')
  const { script, wasm } = splitOpenCv(readFileSync(file, 'utf8'))
  // What C++ would need to call methods of JavaScript is left: nothing here does, and the policy would refuse it.
  expect(/new Function|\beval\(|base64,[A-Za-z0-9+/]{99}/.test(script)).toBe(false)
  expect([...wasm.subarray(0, 4)]).toEqual([0, 0x61, 0x73, 0x6d])
})
