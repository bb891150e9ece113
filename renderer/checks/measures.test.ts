import { expect, test } from 'vitest'
import { measureExposure } from './exposure.ts'
import { shrinkPhoto } from './planes.ts'
import { edgeSoftness } from './sharpness.ts'
import { blurPixels, drawPixels, drawRow, GUM, TOOTH } from './testing.ts'
import { measureTilt } from './tilt.ts'
import { toothLikeness } from './tooth-likeness.ts'
import { poseFeatures, viewFeatures } from './view-features.ts'

const teethOf = (pixels: Parameters<typeof shrinkPhoto>[0]) => toothLikeness(shrinkPhoto(pixels))

test('teeth are told from gums in bright and in dark photos', () => {
  for (const gain of [1, 0.25]) {
    const teeth = teethOf(drawRow({ gain }))
    expect(teeth[36 * 96 + 48]).toBeGreaterThan(0.9)
    expect(teeth[4 * 96 + 48]).toBeLessThan(0.1)
  }
})

test('the blur of an edge is estimated in pixels, whatever the contrast', () => {
  for (const [gain, sigmaPx] of [
    [1, 1],
    [1, 3],
    [0.4, 2],
  ] as const) {
    const pixels = blurPixels(drawRow({ gain }), sigmaPx)
    expect(Math.abs((edgeSoftness(pixels, teethOf(pixels)) ?? 0) - sigmaPx)).toBeLessThan(0.5)
  }
})

test('a picture without edges has no sharpness to speak of', () => {
  const pixels = drawPixels(() => GUM)
  expect(edgeSoftness(pixels, teethOf(pixels))).toBeUndefined()
})

test('light is measured on the teeth alone, and so is what is burnt out', () => {
  const exposureOf = (pixels: Parameters<typeof shrinkPhoto>[0]) =>
    measureExposure(shrinkPhoto(pixels), teethOf(pixels))
  expect(exposureOf(drawRow()).teethLight).toBeCloseTo(0.3 * 225 + 0.59 * 215 + 0.11 * 195, 0)
  expect(exposureOf(drawRow({ gain: 0.3 })).teethLight).toBeLessThan(70)
  expect(exposureOf(drawRow()).burnt).toBe(0)
  expect(exposureOf(drawRow({ gain: 1.25 })).burnt).toBeGreaterThan(0.9)
})

test('the tilt of a row of teeth is found, clockwise positive', () => {
  for (const tiltDeg of [-20, 0, 10]) {
    const pixels = drawRow({ tiltDeg })
    expect(measureTilt(teethOf(pixels), 4 / 3)).toBeCloseTo(tiltDeg, -0.5)
  }
})

test('features of another pose are those of the turned or mirrored picture', () => {
  const at = (x: number, y: number) => (x < 0.3 + 0.4 * y && y < 0.8 ? TOOTH : GUM)
  const featuresOf = (draw: typeof at) => viewFeatures(shrinkPhoto(drawPixels(draw, 480, 360)))
  const own = featuresOf(at)
  const same = (one: Float32Array, other: Float32Array) =>
    Math.max(...one.map((value, place) => Math.abs(value - (other[place] ?? 0))))
  expect(
    same(
      poseFeatures(own, 'mirrored'),
      featuresOf((x, y) => at(1 - x, y)),
    ),
  ).toBeLessThan(0.02)
  expect(
    same(
      poseFeatures(own, 'turned'),
      featuresOf((x, y) => at(1 - x, 1 - y)),
    ),
  ).toBeLessThan(0.02)
  expect(
    same(
      poseFeatures(own, 'turned_mirrored'),
      featuresOf((x, y) => at(x, 1 - y)),
    ),
  ).toBeLessThan(0.02)
  expect(
    same(
      own,
      featuresOf((x, y) => at(1 - x, y)),
    ),
  ).toBeGreaterThan(0.5)
})
