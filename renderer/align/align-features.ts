import type { View } from '../../server/contract/domain/views.ts'
import type { AlignedArch, Alignment } from '../../preload/contract/alignment.ts'
import { type Choice, chooseArch, wholePhoto } from './choose-arch.ts'
import { CUT_OFFS } from './cut-offs.ts'
import type { PhotoFeatures } from './features.ts'
import { correlate, type Flow, followFlow } from './flow.ts'
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
import { type Fit, fitSimilarity } from './similarity.ts'

export type Reason = NonNullable<Alignment['reason']>
/** `evidence` is for the bench alone. */
export type Answer = {
  readonly reason: Reason | null
  readonly confidence: number
  /** Working pixels of the current photo to those of the prior. */
  readonly homography: Homography | null
  readonly arch: AlignedArch
  readonly evidence: {
    readonly score: number
    readonly mirrorScore: number
    readonly ncc: number
    readonly share: number
    readonly likeness: number
  }
}

const RATIO = 0.85
const GUIDED_RATIO = 0.95

/** `otherSide`: of a lateral pair, the prior scan's photo of the other side, where there is one. */
export type Pair = {
  readonly current: PhotoFeatures
  readonly prior: PhotoFeatures
  readonly otherSide?: PhotoFeatures | undefined
  readonly view: View
}

/** Lines two photos of one view up. Everything that it needs was found when each photo was prepared. */
export function alignFeatures(cv: OpenCv, { current, prior, otherSide, view }: Pair): Answer {
  const matches = findMatches(current.points, prior.points, { ratio: RATIO })
  const first = fitSimilarity(matches)
  const mirrorScore = fitSimilarity(findMatches(current.points, prior.mirrored, { ratio: RATIO }))?.score ?? 0
  const score = first?.score ?? 0
  const refuse = (reason: Reason, more: Partial<Answer['evidence']> = {}, arch: AlignedArch = 'both'): Answer => ({
    reason,
    confidence: 0,
    homography: null,
    arch,
    evidence: { score, mirrorScore, ncc: 0, share: 0, likeness: 0, ...more },
  })
  if (mirrorScore > score && mirrorScore >= CUT_OFFS.score) return refuse('mirrored')
  if (first === undefined || score < CUT_OFFS.score) return refuse('too_few_points')
  if (score < mirrorScore * CUT_OFFS.mirrorRatio) return refuse('mirrored')
  if (score < otherSideScore(current, otherSide) * CUT_OFFS.otherSideRatio) return refuse('mirrored')
  const isOneArch = view === 'occlusal_upper' || view === 'occlusal_lower'
  const choice = isOneArch ? wholePhoto(first) : chooseArch({ current, prior, matches, first })
  const fitted = fitHomography(cv, current, prior, choice)
  if (fitted === undefined || !isPlausible(fitted.homography, current)) return refuse('implausible', {}, choice.arch)
  const { homography, likeness } = fitted
  const seen = { ...correlate(cv, current, prior, { h: homography, weightAt: choice.weightAt }), likeness }
  if (seen.ncc < CUT_OFFS.ncc || seen.share < CUT_OFFS.share) {
    return refuse(choice.arch === 'both' ? 'too_few_points' : 'other_bite', seen, choice.arch)
  }
  return {
    reason: null,
    confidence: confidenceOf(choice.fit, seen.ncc),
    homography,
    arch: choice.arch,
    evidence: { score, mirrorScore, ...seen },
  }
}

/**
 * With brackets on every tooth one side of a mouth and the mirrored other side look alike, more than two photos alone can
 * tell: but the right prior is the more alike of the two.
 */
function otherSideScore(current: PhotoFeatures, otherSide: PhotoFeatures | undefined): number {
  if (otherSide === undefined) return 0
  return fitSimilarity(findMatches(current.points, otherSide.mirrored, { ratio: RATIO }))?.score ?? 0
}

/** From the similarity to what eight numbers can hold: matches near the guess first, then the shifts of small patches. */
function fitHomography(
  cv: OpenCv,
  current: PhotoFeatures,
  prior: PhotoFeatures,
  { fit, weightAt }: Choice,
): { readonly homography: Homography; readonly likeness: number } | undefined {
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
  let flow: Flow = { places: [], likeness: 0 }
  for (const { scalePx, ...how } of PASSES) {
    flow = followFlow(cv, current, prior, { h: wholeOf(bent), weightAt, ...how })
    bent = refineHomography(bent, [...flow.places, ...near], { rounds: 6, scalePx, about }) ?? bent
  }
  const flat = flatten(cv, { current, prior, bent, places: flow.places, weightAt, about })
  return { homography: wholeOf(flat), likeness: flow.likeness }
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
    const { places: again } = followFlow(cv, current, prior, { h: wholeOf(flat), weightAt, ...FLAT_FLOW })
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

/** The photo's corners stay a convex, not too skewed, not too small quadrangle, the right way round. */
function isPlausible(h: Homography, { widthPx, heightPx }: PhotoFeatures): boolean {
  const corners = [
    [0, 0],
    [widthPx, 0],
    [widthPx, heightPx],
    [0, heightPx],
  ] as const
  const mapped = corners.map(([x, y]) => mapPoint(h, x, y))
  const areas = mapped.map(([x, y], i) => {
    const [ux, uy] = mapped[(i + 1) % 4] ?? [0, 0]
    const [vx, vy] = mapped[(i + 3) % 4] ?? [0, 0]
    return ((ux - x) * (vy - y) - (uy - y) * (vx - x)) / (widthPx * heightPx)
  })
  return Math.min(...areas) > 0.12 && Math.max(...areas) < 8 && Math.max(...areas) < 3.5 * Math.min(...areas)
}

/** Half at the cut-offs, near 1 for what repeats of one sitting reach. */
function confidenceOf(fit: Fit, ncc: number): number {
  const points = 1 - 0.5 * (CUT_OFFS.score / Math.max(CUT_OFFS.score, fit.score))
  const likeness = 0.5 + 0.5 * Math.min(1, Math.max(0, (ncc - CUT_OFFS.ncc) / (0.8 - CUT_OFFS.ncc)))
  return Math.round(Math.min(points, likeness) * 100) / 100
}
