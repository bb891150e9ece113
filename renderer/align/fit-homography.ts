import type { Choice } from './choose-arch.ts'
import type { PhotoFeatures } from './features.ts'
import { followFlow } from './flow.ts'
import {
  type Bent,
  fromSimilarity,
  type Homography,
  mapPoint,
  type Place,
  refineHomography,
  straight,
  wholeOf,
} from './homography.ts'
import { findMatches, type Matches } from './matches.ts'
import type { OpenCv } from './open-cv.ts'

const GUIDED_RATIO = 0.95

/** From the similarity to what eight numbers can hold: matches near the guess first, then the shifts of small patches. */
export function fitHomography(
  cv: OpenCv,
  current: PhotoFeatures,
  prior: PhotoFeatures,
  { fit, weightAt }: Choice,
): Homography | undefined {
  const base = fromSimilarity(fit.similarity)
  const about = middleOfTeeth(current, weightAt)
  const matchNear = (h: Homography, reachPx: number) => {
    const guide = { map: (x: number, y: number) => mapPoint(h, x, y), reachPx }
    return placesOf(findMatches(current.points, prior.points, { ratio: GUIDED_RATIO, guide }), weightAt)
  }
  const first = { rounds: 10, scalePx: 14, about }
  let bent = refineHomography(straight(base, about), matchNear(base, GUIDED_PX), first)
  if (bent === undefined) return undefined
  // Where light is too bright the flow finds little, on smooth teeth the matches: neither goes without the other.
  const near = matchNear(wholeOf(bent), NEAR_PX)
  let flow: readonly Place[] = []
  for (const { scalePx, ...how } of PASSES) {
    flow = followFlow(cv, current, prior, { h: wholeOf(bent), weightAt, ...how })
    bent = refineHomography(bent, [...flow, ...near], { rounds: 6, scalePx, about }) ?? bent
  }
  return wholeOf(flatten(cv, { current, prior, bent, places: flow, weightAt, about }))
}

type Flat = {
  readonly current: PhotoFeatures
  readonly prior: PhotoFeatures
  readonly bent: Bent
  readonly places: readonly Place[]
  readonly weightAt: Choice['weightAt']
  readonly about: { readonly x: number; readonly y: number; readonly spreadPx: number }
}

/** Where one plane explains nearly everything (the camera hardly moved), all teeth count alike, and sharply. */
function flatten(cv: OpenCv, { current, prior, bent, places, weightAt, about }: Flat): Bent {
  const all = { rounds: 6, about: { ...about, spreadPx: ALL_PX } }
  const rough = refineHomography(bent, places, { ...all, scalePx: 8 }) ?? bent
  let flat = refineHomography(rough, places, { ...all, scalePx: 3 }) ?? bent
  if (shareWithin(flat, places, FLAT_PX) < FLAT_SHARE) return bent
  for (let pass = 0; pass < FLAT_PASSES; pass += 1) {
    const again = followFlow(cv, current, prior, { h: wholeOf(flat), weightAt, ...FLAT_FLOW })
    flat = refineHomography(flat, again, { ...all, scalePx: 1.5 }) ?? flat
  }
  return flat
}

const FLAT_PX = 2
const FLAT_SHARE = 0.6
const FLAT_PASSES = 2
/** Gums and lips then say where the corners lie, where no teeth are; those that moved are too far off to count. */
const FLAT_FLOW = { windowPx: 21, stepPx: 16, levels: 0, besideTeeth: 0.3 }
const ALL_PX = 4000

function shareWithin(bent: Bent, places: readonly Place[], px: number): number {
  const h = wholeOf(bent)
  const near = places.filter(({ x, y, toX, toY }) => {
    const [mx, my] = mapPoint(h, x, y)
    return Math.hypot(mx - toX, my - toY) < px
  })
  return near.length / Math.max(1, places.length)
}

const GUIDED_PX = 30
const NEAR_PX = 12
const PASSES = [
  { windowPx: 31, stepPx: 20, levels: 2, besideTeeth: 0, scalePx: 10 },
  { windowPx: 21, stepPx: 16, levels: 1, besideTeeth: 0, scalePx: 7 },
] as const

/** Where front teeth are in a frontal photo, premolars in a lateral one: what is looked at first. */
function middleOfTeeth({ teeth, widthPx, heightPx }: PhotoFeatures, weightAt: Choice['weightAt']) {
  let [n, sumX, sumY] = [0, 0, 0]
  for (let y = 2; y < heightPx; y += 6) {
    for (let x = 2; x < widthPx; x += 6) {
      if (teeth[y * widthPx + x] !== 255 || weightAt(x, y) === 0) continue
      n += 1
      sumX += x
      sumY += y
    }
  }
  return { x: sumX / Math.max(1, n), y: sumY / Math.max(1, n), spreadPx: SPREAD_PX }
}

const SPREAD_PX = 150

function placesOf(matches: Matches, weightAt: Choice['weightAt']): readonly Place[] {
  return Array.from({ length: matches.count }, (_, i) => ({
    x: matches.ax[i] ?? 0,
    y: matches.ay[i] ?? 0,
    toX: matches.bx[i] ?? 0,
    toY: matches.by[i] ?? 0,
    weight: weightAt(matches.ax[i] ?? 0, matches.ay[i] ?? 0),
  })).filter(({ weight }) => weight > 0)
}
