import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clampLook,
  FIT,
  type Look,
  MAX_ZOOM,
  panBy,
  photoPointAt,
  placePhoto,
  type SizePx,
  zoomAt,
} from './geometry.ts'

const edge = fc.integer({ min: 40, max: 6000 })
const size: fc.Arbitrary<SizePx> = fc.record({ widthPx: edge, heightPx: edge })
const anyLook: fc.Arbitrary<Look> = fc.record({
  zoom: fc.double({ min: 0.1, max: 40, noNaN: true }),
  x: fc.double({ min: -1, max: 2, noNaN: true }),
  y: fc.double({ min: -1, max: 2, noNaN: true }),
})
const share = fc.double({ min: 0, max: 1, noNaN: true })
const seeded = { seed: 20_261_121, numRuns: 400 }

test('at fit the whole photo is inside the frame, centred, and touches two of its sides', () => {
  fc.assert(
    fc.property(size, size, (photo, frame) => {
      const { leftPx, topPx, scale } = placePhoto(FIT, photo, frame)
      expect(leftPx).toBeGreaterThan(-1e-6)
      expect(topPx).toBeGreaterThan(-1e-6)
      expect(leftPx * 2 + photo.widthPx * scale).toBeCloseTo(frame.widthPx, 3)
      expect(topPx * 2 + photo.heightPx * scale).toBeCloseTo(frame.heightPx, 3)
      expect(Math.min(leftPx, topPx)).toBeCloseTo(0, 3)
    }),
    seeded,
  )
})

test('a clamped look never shows a margin that the photo could fill, and clamping twice changes nothing', () => {
  fc.assert(
    fc.property(anyLook, size, size, (look, photo, frame) => {
      const clamped = clampLook(look, photo, frame)
      const { leftPx, topPx, scale } = placePhoto(clamped, photo, frame)
      expect(clamped.zoom).toBeGreaterThanOrEqual(1)
      expect(clamped.zoom).toBeLessThanOrEqual(MAX_ZOOM)
      const rightPx = frame.widthPx - leftPx - photo.widthPx * scale
      const bottomPx = frame.heightPx - topPx - photo.heightPx * scale
      for (const [near, far] of [
        [leftPx, rightPx],
        [topPx, bottomPx],
      ] as const) {
        // A margin only where both sides have the same one: the photo is too small to fill it.
        const hasMargin = near > 1e-3 || far > 1e-3
        expect(hasMargin ? Math.abs(near - far) : 0).toBeLessThan(0.005)
      }
      expect(clampLook(clamped, photo, frame)).toEqual(clamped)
    }),
    seeded,
  )
})

test('zooming in keeps the point under the pointer, wherever the borders leave it free', () => {
  expect.hasAssertions()
  fc.assert(
    fc.property(
      size,
      size,
      share,
      share,
      fc.double({ min: 1, max: 8, noNaN: true }),
      (photo, frame, sx, sy, factor) => {
        const at = { xPx: sx * frame.widthPx, yPx: sy * frame.heightPx }
        const before = photoPointAt(at, FIT, photo, frame)
        const look = zoomAt(FIT, factor, at, photo, frame)
        const after = photoPointAt(at, look, photo, frame)
        const { scale } = placePhoto(look, photo, frame)
        const share = frame.widthPx / (photo.widthPx * scale)
        fc.pre(share < 1 && look.x > share / 2 && look.x < 1 - share / 2)
        expect(after.x).toBeCloseTo(before.x, 6)
      },
    ),
    seeded,
  )
})

test('zooming in and out by the same factor in the middle of a photo comes back', () => {
  const photo = { widthPx: 4000, heightPx: 3000 }
  const frame = { widthPx: 800, heightPx: 600 }
  const at = { xPx: 300, yPx: 250 }
  const there = zoomAt(FIT, 4, at, photo, frame)
  expect(there.zoom).toBe(4)
  expect(photoPointAt(at, there, photo, frame).x).toBeCloseTo(300 / 800, 9)
  const back = zoomAt(there, 1 / 4, at, photo, frame)
  expect(back).toEqual(FIT)
})

test('dragging moves the photo by the pixels the pointer moved, and stops at the border', () => {
  const photo = { widthPx: 4000, heightPx: 3000 }
  const frame = { widthPx: 800, heightPx: 600 }
  const near = zoomAt(FIT, 4, { xPx: 400, yPx: 300 }, photo, frame)
  const moved = panBy(near, { xPx: 25, yPx: -10 }, photo, frame)
  expect(placePhoto(moved, photo, frame).leftPx - placePhoto(near, photo, frame).leftPx).toBeCloseTo(25, 9)
  expect(placePhoto(moved, photo, frame).topPx - placePhoto(near, photo, frame).topPx).toBeCloseTo(-10, 9)
  const far = panBy(near, { xPx: 1e6, yPx: 1e6 }, photo, frame)
  expect(placePhoto(far, photo, frame)).toMatchObject({ leftPx: 0, topPx: 0 })
})

test('a photo at fit cannot be dragged', () => {
  const photo = { widthPx: 3000, heightPx: 4000 }
  expect(panBy(FIT, { xPx: 50, yPx: 50 }, photo, { widthPx: 500, heightPx: 300 })).toEqual(FIT)
})
