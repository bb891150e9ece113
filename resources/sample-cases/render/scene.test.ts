import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { VIEWS } from '../../../server/contract/domain/views.ts'
import { crownMesh } from '../anatomy/crown-mesh.ts'
import { transformPoint } from '../anatomy/matrix.ts'
import { MATERIAL } from '../anatomy/mesh.ts'
import { readSamplePatients } from '../plan/patients.ts'
import { planPractice } from '../plan/plan.ts'
import { describeSession, describePhoto } from '../truth/describe.ts'
import { correspondences, projectToothPoint } from '../truth/project.ts'
import { SessionTruth } from '../truth/schema.ts'
import { projectPoint } from './camera.ts'
import { gather, rasterize } from './raster.ts'
import { renderScene, type Rendered } from './scene.ts'

const SMALL = { widthPx: 504, heightPx: 378 }
const plan = planPractice(readSamplePatients(), '2026-11-21')

/** Middles of the pixels that show a tooth, in pixels of the small picture. */
function seenPixels(rendered: Pick<Rendered, 'visible'>, fdi: number) {
  const found: { x: number; y: number }[] = []
  const { triangle, geometry, widthPx } = rendered.visible
  triangle.forEach((index, at) => {
    const mesh = index === 0 ? undefined : geometry.placed[geometry.owner[index - 1] ?? 0]?.mesh
    if (mesh?.material === MATERIAL.tooth && mesh.fdi === fdi)
      found.push({ x: (at % widthPx) + 0.5, y: Math.floor(at / widthPx) + 0.5 })
  })
  return found
}

/** Left, right, top, bottom. */
const outline = (points: readonly { x: number; y: number }[]) => [
  Math.min(...points.map((point) => point.x)),
  Math.max(...points.map((point) => point.x)),
  Math.min(...points.map((point) => point.y)),
  Math.max(...points.map((point) => point.y)),
]

const middle = (points: readonly { x: number; y: number }[]) => ({
  x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
  y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
})

function truthOf(index: number) {
  const session = plan[index]
  if (session === undefined) throw new Error('The plan is shorter than that')
  const rendered = session.photos.map((photo) => renderScene(photo.scene, SMALL))
  const photos = session.photos.map((photo, i) => {
    const one = rendered[i]
    if (one === undefined) throw new Error('Every photo is drawn')
    return describePhoto(photo, one)
  })
  return { session, rendered, truth: SessionTruth.parse(describeSession(session, photos)) }
}

describe('a drawn session', () => {
  const { rendered, truth } = truthOf(0)

  it('is described by a truth file of the documented shape', () => {
    expect(truth.teeth).toHaveLength(28)
    expect(truth.photos.map((photo) => photo.view)).toEqual([...VIEWS])
    expect(truth.photos.every((photo) => photo.landmarks.length > 100)).toBe(true)
  })

  it('projects every landmark to the pixel in which it was seen, within one pixel of the picture', () => {
    const scale = SMALL.widthPx / 4032
    for (const photo of truth.photos)
      for (const { fdi, pointMm, xPx, yPx } of photo.landmarks) {
        const point = projectToothPoint(truth, photo, fdi, pointMm)
        expect(Math.hypot(point.xPx - xPx, point.yPx - yPx) * scale).toBeLessThan(0.1)
      }
  })

  it('draws a crown where its projected surface lies: the outline agrees within one pixel', () => {
    const index = truth.photos.findIndex((one) => one.view === 'frontal')
    const [drawn, known] = [rendered[index], truth.photos[index]]
    if (drawn === undefined || known === undefined) throw new Error('The frontal view is drawn')
    for (const fdi of [11, 23, 33, 42]) {
      const mesh = crownMesh(fdi)
      const toWorld = drawn.teeth.get(fdi) ?? never()
      // Alone in the picture, so that no neighbour and no gum hides a part of it.
      const alone = rasterize(gather([{ mesh, toWorld }], drawn.camera, SMALL.widthPx), SMALL.widthPx, SMALL.heightPx)
      const seen = outline(seenPixels({ visible: alone }, fdi))
      const scale = SMALL.widthPx / known.widthPx
      const projected = Array.from({ length: mesh.positions.length / 3 }, (_, i) => {
        const [x = 0, y = 0, z = 0] = mesh.positions.subarray(i * 3, i * 3 + 3)
        const point = projectToothPoint(truth, known, fdi, [x, y, z])
        return { x: point.xPx * scale, y: point.yPx * scale }
      })
      outline(projected).forEach((side, i) => {
        expect(Math.abs(side - (seen[i] ?? Number.NaN))).toBeLessThan(1)
      })
    }
  })

  it('shows the patient as domain.md orders: right side left, incisors up in the upper and down in the lower view', () => {
    const at = (view: string, fdi: number) => {
      const photo = rendered[truth.photos.findIndex((one) => one.view === view)]
      if (photo === undefined) throw new Error('The view is drawn')
      return middle(seenPixels(photo, fdi))
    }
    expect(at('frontal', 13).x).toBeLessThan(at('frontal', 23).x)
    expect(at('frontal', 11).y).toBeLessThan(at('frontal', 41).y)
    expect(at('buccal_right', 16).x).toBeLessThan(at('buccal_right', 13).x)
    expect(at('buccal_left', 26).x).toBeGreaterThan(at('buccal_left', 23).x)
    expect(at('occlusal_upper', 11).y).toBeLessThan(at('occlusal_upper', 16).y)
    expect(at('occlusal_upper', 16).x).toBeLessThan(at('occlusal_upper', 26).x)
    expect(at('occlusal_lower', 41).y).toBeGreaterThan(at('occlusal_lower', 46).y)
    expect(at('occlusal_lower', 46).x).toBeLessThan(at('occlusal_lower', 36).x)
  })

  it('moves only the teeth that are not still, and by little', () => {
    const earlier = plan.findIndex((one) => one.reference === truth.reference && one.age === 1)
    const before = truthOf(earlier).truth
    for (const tooth of truth.teeth) {
      const old = before.teeth.find((one) => one.fdi === tooth.fdi)
      if (old === undefined) throw new Error('All teeth are in both')
      const now = transformPoint(tooth.crownToWorld, [0, 0, 5])
      const then = transformPoint(old.crownToWorld, [0, 0, 5])
      const movedMm = Math.hypot(now[0] - then[0], now[1] - then[1], now[2] - then[2])
      expect(movedMm).toBeLessThanOrEqual(tooth.still ? 0 : 1.5)
    }
    const pairs = correspondences(
      { session: truth, photo: truth.photos[2] ?? never() },
      { session: before, photo: before.photos[2] ?? never() },
    )
    expect(pairs.some((pair) => pair.still)).toBe(true)
    expect(pairs.some((pair) => !pair.still)).toBe(true)
  })
})

describe('drawing', () => {
  it('gives the same bytes for the same seed and others for another camera', () => {
    const photo = plan[0]?.photos[2] ?? never()
    const digest = (yaw: number) =>
      createHash('sha256')
        .update(renderScene({ ...photo.scene, jitter: { ...photo.scene.jitter, yawDeg: yaw } }, SMALL).pixels)
        .digest('hex')
    expect(digest(1)).toBe(digest(1))
    expect(digest(1)).not.toBe(digest(1.5))
  })

  it('flips a mirrored photo about its vertical middle, projection included', () => {
    const photo = plan[0]?.photos[2] ?? never()
    const straight = renderScene({ ...photo.scene, flip: 1 }, SMALL).camera
    const flipped = renderScene({ ...photo.scene, flip: -1 }, SMALL).camera
    const [x, y] = projectPoint(straight.projection, [5, 3, 2])
    const [fx, fy] = projectPoint(flipped.projection, [5, 3, 2])
    expect(fx).toBeCloseTo(4032 - x, 6)
    expect(fy).toBeCloseTo(y, 6)
  })

  it('has teeth brighter than gums and gums redder than teeth', () => {
    const photo = plan[0]?.photos[2] ?? never()
    const { pixels, visible } = renderScene(photo.scene, SMALL)
    const sums = { tooth: [0, 0, 0], gum: [0, 0, 0] }
    visible.triangle.forEach((index, at) => {
      const material = visible.geometry.placed[visible.geometry.owner[index - 1] ?? 0]?.mesh.material
      const sum = material === MATERIAL.tooth ? sums.tooth : material === MATERIAL.gum ? sums.gum : undefined
      if (sum !== undefined) for (let i = 0; i < 3; i++) sum[i] = (sum[i] ?? 0) + (pixels[at * 3 + i] ?? 0)
    })
    const redness = ([r = 0, g = 1]: readonly number[]) => r / g
    expect(redness(sums.gum)).toBeGreaterThan(1.3 * redness(sums.tooth))
  })
})

function never(): never {
  throw new Error('The plan has this photo')
}
