import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clampLook,
  FIT,
  framePointOf,
  type Look,
  MAX_ZOOM,
  moveBy,
  panBy,
  photoPointAt,
  placePhoto,
  type SizePx,
  type Turn,
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
      const { e: leftPx, f: topPx, scale } = placePhoto(FIT, photo, frame)
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
      const { e: leftPx, f: topPx, scale } = placePhoto(clamped, photo, frame)
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
        fc.pre(share < 1 && look.x > share / 2 + 1e-9 && look.x < 1 - share / 2 - 1e-9)
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
  expect(placePhoto(moved, photo, frame).e - placePhoto(near, photo, frame).e).toBeCloseTo(25, 9)
  expect(placePhoto(moved, photo, frame).f - placePhoto(near, photo, frame).f).toBeCloseTo(-10, 9)
  const far = panBy(near, { xPx: 1e6, yPx: 1e6 }, photo, frame)
  expect(placePhoto(far, photo, frame)).toMatchObject({ e: 0, f: 0 })
})

test('a photo at fit cannot be dragged', () => {
  const photo = { widthPx: 3000, heightPx: 4000 }
  expect(panBy(FIT, { xPx: 50, yPx: 50 }, photo, { widthPx: 500, heightPx: 300 })).toEqual(FIT)
})

const turn: fc.Arbitrary<Turn> = fc.record({
  degrees: fc.oneof(fc.constantFrom(0, 90, 180, 270), fc.double({ min: 0, max: 359.9, noNaN: true })),
  flipped: fc.boolean(),
})
const unit = fc.double({ min: -1, max: 2, noNaN: true })

test('a pointer finds the point of the photo that was painted under it, however the photo is turned or mirrored', () => {
  fc.assert(
    fc.property(anyLook, size, size, turn, unit, unit, (look, photo, frame, turned, x, y) => {
      const at = framePointOf({ x, y }, look, photo, frame, turned)
      const found = photoPointAt(at, look, photo, frame, turned)
      expect(found.x).toBeCloseTo(x, 4)
      expect(found.y).toBeCloseTo(y, 4)
    }),
    seeded,
  )
})

test('at fit every corner of a turned photo is inside the frame', () => {
  fc.assert(
    fc.property(size, size, turn, share, share, (photo, frame, turned, x, y) => {
      const at = framePointOf({ x: Math.round(x), y: Math.round(y) }, FIT, photo, frame, turned)
      expect(at.xPx).toBeGreaterThan(-1e-6)
      expect(at.yPx).toBeGreaterThan(-1e-6)
      expect(at.xPx).toBeLessThan(frame.widthPx + 1e-6)
      expect(at.yPx).toBeLessThan(frame.heightPx + 1e-6)
    }),
    seeded,
  )
})

test('a turned photo follows the pointer and zooms around it', () => {
  fc.assert(
    fc.property(size, size, turn, (photo, frame, turned) => {
      const near: Look = { zoom: 8, x: 0.5, y: 0.5 }
      const middle = { xPx: frame.widthPx / 2, yPx: frame.heightPx / 2 }
      const moved = moveBy(near, { xPx: 3, yPx: -2 }, photo, frame, turned)
      const there = framePointOf({ x: 0.5, y: 0.5 }, moved, photo, frame, turned)
      expect(there.xPx - middle.xPx).toBeCloseTo(3, 2)
      expect(there.yPx - middle.yPx).toBeCloseTo(-2, 2)
      expect(zoomAt(near, 1.5, middle, photo, frame, turned)).toMatchObject({ zoom: 12 })
    }),
    seeded,
  )
})

test.each([
  { degrees: 0, flipped: false, topLeft: { x: 0, y: 0 } },
  { degrees: 90, flipped: false, topLeft: { x: 0, y: 1 } },
  { degrees: 180, flipped: false, topLeft: { x: 1, y: 1 } },
  { degrees: 270, flipped: false, topLeft: { x: 1, y: 0 } },
  { degrees: 0, flipped: true, topLeft: { x: 1, y: 0 } },
  { degrees: 90, flipped: true, topLeft: { x: 1, y: 1 } },
])('turned by $degrees (mirrored: $flipped) the top left of the screen shows $topLeft', ({ topLeft, ...turned }) => {
  const photo = { widthPx: 400, heightPx: 300 }
  const frame = turned.degrees % 180 === 0 ? photo : { widthPx: 300, heightPx: 400 }
  expect(photoPointAt({ xPx: 0, yPx: 0 }, FIT, photo, frame, turned)).toEqual(topLeft)
})
