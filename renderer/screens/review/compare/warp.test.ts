import { expect, test } from 'vitest'
import type { Look, SizePx } from '../../../viewer/geometry.ts'
import { framePointOf } from '../../../viewer/geometry.ts'
import { applyMatrix, IDENTITY, type Matrix3, UNLINKED_OFFSET } from '../../../viewer/pair-link.ts'
import { currentLook, priorLook } from './pair-look.ts'
import { pairState } from './pair-state.ts'
import { alignedAs, pairNamed } from './testing.ts'
import { priorToFrame, regionToFrame, scaleAt, toCss, visibleRegion, withoutFit } from './warp.ts'

const CURRENT: SizePx = { widthPx: 4000, heightPx: 3000 }
const PRIOR: SizePx = { widthPx: 3000, heightPx: 4000 }
const FRAME: SizePx = { widthPx: 800, heightPx: 500 }
const LOOK: Look = { zoom: 2, x: 0.4, y: 0.6 }
/** Turned, scaled, a little in perspective. */
const TRANSFORM: Matrix3 = [1.05, -0.08, 0.02, 0.06, 0.95, -0.03, 0.04, -0.02, 1]
const TEETH = [
  { x: 0.3, y: 0.5 },
  { x: 0.5, y: 0.6 },
  { x: 0.62, y: 0.41 },
]

test.each([
  { name: 'upright', turn: { degrees: 0, flipped: false } },
  { name: 'turned and mirrored', turn: { degrees: 90, flipped: true } },
])('a tooth of the prior lies on the same tooth of the current photo, $name', ({ turn }) => {
  const nudge = { x: 0.01, y: -0.02 }
  const matrix = priorToFrame({ photo: CURRENT, look: LOOK, turn, frame: FRAME }, PRIOR, {
    transform: TRANSFORM,
    nudge,
  })
  for (const tooth of TEETH) {
    const inPrior = applyMatrix(TRANSFORM, tooth)
    const at = { x: (inPrior.x + nudge.x) * PRIOR.widthPx, y: (inPrior.y + nudge.y) * PRIOR.heightPx }
    const shown = applyMatrix(matrix ?? IDENTITY, at)
    const wanted = framePointOf(tooth, LOOK, CURRENT, FRAME, turn)
    expect(shown.x).toBeCloseTo(wanted.xPx, 6)
    expect(shown.y).toBeCloseTo(wanted.yPx, 6)
  }
})

test('a transform that squashes the photo draws nothing', () => {
  const squashed = { ...UNLINKED_OFFSET, transform: [1, 0, 0, 1, 0, 0, 0, 0, 1] as const }
  expect(priorToFrame({ photo: CURRENT, look: LOOK, frame: FRAME }, PRIOR, squashed)).toBeUndefined()
})

test('without a fit two photos of unlike shape keep their own proportions and share their middle', () => {
  const link = withoutFit(UNLINKED_OFFSET, CURRENT, PRIOR, FRAME)
  const matrix = priorToFrame({ photo: CURRENT, look: { zoom: 1, x: 0.5, y: 0.5 }, frame: FRAME }, PRIOR, link)
  const at = (x: number, y: number) => applyMatrix(matrix ?? IDENTITY, { x: x * PRIOR.widthPx, y: y * PRIOR.heightPx })
  expect(at(0.5, 0.5).x).toBeCloseTo(400, 6)
  expect(at(0, 0).y).toBeCloseTo(0, 6)
  expect(at(1, 1).x - at(0, 0).x).toBeCloseTo(375, 6)
})

test('what is drawn of the prior covers the frame, and lies where the whole photo would', () => {
  const matrix = priorToFrame({ photo: CURRENT, look: LOOK, frame: FRAME }, PRIOR, {
    ...UNLINKED_OFFSET,
    transform: TRANSFORM,
  })
  const region = visibleRegion(matrix ?? IDENTITY, PRIOR, FRAME)
  expect(region?.widthPx).toBeLessThan(PRIOR.widthPx)
  if (matrix === undefined || region === undefined) throw new Error('nothing to draw')
  const placed = regionToFrame(matrix, region, 0.25)
  const corner = applyMatrix(placed, { x: 0, y: 0 })
  const wanted = applyMatrix(matrix, { x: region.leftPx, y: region.topPx })
  expect(corner.x).toBeCloseTo(wanted.x, 6)
  expect(corner.y).toBeCloseTo(wanted.y, 6)
  expect(scaleAt(placed, { xPx: 100, yPx: 100 })).toBeCloseTo(
    4 * scaleAt(matrix, { xPx: region.leftPx + 400, yPx: region.topPx + 400 }),
    1,
  )
})

test('a photo that lies outside of the frame is not drawn', () => {
  const away = { ...UNLINKED_OFFSET, nudge: { x: 3, y: 0 } }
  const matrix = priorToFrame({ photo: CURRENT, look: LOOK, frame: FRAME }, CURRENT, away)
  expect(visibleRegion(matrix ?? IDENTITY, CURRENT, FRAME)).toBeUndefined()
})

test('the browser gets the matrix column by column', () => {
  expect(toCss([1, 2, 3, 4, 5, 6, 0.5, 0.25, 1])).toBe('matrix3d(1,4,0,0.5,2,5,0,0.25,0,0,1,0,3,6,0,1)')
})

test('side by side the same tooth is equally large and in the middle of both, whatever the shapes; and back', () => {
  const pair = pairNamed('a', 'b')
  // The same stretch of tooth: 0.1 of a 4000 px wide photo, 0.2 of a 3000 px wide one.
  const state = pairState(alignedAs(pair, { transform: [2, 0, -0.5, 0, 1.125, -0.1, 0, 0, 1] }), false)
  const sizes = { current: CURRENT, prior: PRIOR, frame: FRAME }
  const prior = priorLook(LOOK, state, sizes)
  const centre = framePointOf(applyMatrix([2, 0, -0.5, 0, 1.125, -0.1, 0, 0, 1], LOOK), prior, PRIOR, FRAME)
  expect(centre.xPx).toBeCloseTo(FRAME.widthPx / 2, 6)
  const widthIn = (look: Look, photo: SizePx, from: number, to: number) =>
    framePointOf({ x: to, y: 0.5 }, look, photo, FRAME).xPx - framePointOf({ x: from, y: 0.5 }, look, photo, FRAME).xPx
  const heightIn = (look: Look, photo: SizePx, from: number, to: number) =>
    framePointOf({ x: 0.5, y: to }, look, photo, FRAME).yPx - framePointOf({ x: 0.5, y: from }, look, photo, FRAME).yPx
  const area = (look: Look, photo: SizePx, w: number, h: number) =>
    widthIn(look, photo, 0.4, 0.4 + w) * heightIn(look, photo, 0.4, 0.4 + h)
  expect(area(prior, PRIOR, 0.2, 0.1125)).toBeCloseTo(area(LOOK, CURRENT, 0.1, 0.1), 3)
  const back = currentLook(prior, state, sizes)
  for (const name of ['zoom', 'x', 'y'] as const) expect(back[name]).toBeCloseTo(LOOK[name], 9)
})

test('a pair that nobody lined up shares its look, as the very same object', () => {
  const state = pairState(null, false)
  expect(priorLook(LOOK, state, { current: CURRENT, prior: PRIOR, frame: FRAME })).toBe(LOOK)
})
