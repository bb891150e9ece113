import type { View } from '../../server/contract/domain/views.ts'
import type { AlignedArch, Alignment } from '../../preload/contract/alignment.ts'
import { chooseArch, wholePhoto } from './choose-arch.ts'
import { CUT_OFFS } from './cut-offs.ts'
import type { PhotoFeatures } from './features.ts'
import { fitHomography } from './fit-homography.ts'
import { correlate } from './flow.ts'
import { type Homography, mapPoint } from './homography.ts'
import { findMatches } from './matches.ts'
import type { OpenCv } from './open-cv.ts'
import { type Fit, fitSimilarity } from './similarity.ts'
import { scoreInside } from './score-inside.ts'
import { turnPoints } from './turn-points.ts'

export type Reason = NonNullable<Alignment['reason']>
/** `evidence` is for the bench alone. */
export type Answer = {
  readonly reason: Reason | null
  readonly confidence: number
  /** Working pixels of the current photo to those of the prior. */
  readonly homography: Homography | null
  readonly arch: AlignedArch
  /** Of the current photo against the prior, clockwise; null when refused. */
  readonly turnedDeg: number | null
  readonly evidence: {
    readonly score: number
    readonly mirrorScore: number
    readonly ncc: number
    readonly share: number
  }
}

const RATIO = 0.85

/** Of a lateral pair: the photo of the other side in the same scan as one of the two. */
export type OtherSide = { readonly of: 'current' | 'prior'; readonly photo: PhotoFeatures }
export type Pair = {
  readonly current: PhotoFeatures
  readonly prior: PhotoFeatures
  readonly otherSide?: OtherSide | undefined
  readonly view: View
}

/** Lines two photos of one view up. Everything that it needs was found when each photo was prepared. */
export function alignFeatures(cv: OpenCv, pair: Pair): Answer {
  const { current, prior, view } = pair
  const matches = findMatches(current.points, prior.points, { ratio: RATIO })
  const first = fitSimilarity(matches)
  const mirrorScore = fitSimilarity(findMatches(current.points, prior.mirrored, { ratio: RATIO }))?.score ?? 0
  const score = first?.score ?? 0
  const refuse = (reason: Reason, more: Partial<Answer['evidence']> = {}, arch: AlignedArch = 'both'): Answer => ({
    reason,
    confidence: 0,
    homography: null,
    arch,
    turnedDeg: null,
    evidence: { score, mirrorScore, ncc: 0, share: 0, ...more },
  })
  if (mirrorScore > score && mirrorScore >= CUT_OFFS.score) return refuse('mirrored')
  if (first === undefined || score < CUT_OFFS.score) {
    return refuse(turnedScore(pair) >= CUT_OFFS.score ? 'upside_down' : 'too_few_points')
  }
  if (score < mirrorScore * CUT_OFFS.mirrorRatio) return refuse('mirrored')
  if (score < otherSideScore(pair) * CUT_OFFS.otherSideRatio) return refuse('mirrored')
  const isOneArch = view === 'occlusal_upper' || view === 'occlusal_lower'
  const choice = isOneArch ? wholePhoto(first) : chooseArch({ current, prior, matches, first })
  if (scoreInside(choice, matches, current, prior) < CUT_OFFS.scoreInside) {
    return refuse(choice.arch === 'both' ? 'too_few_points' : 'other_bite', {}, choice.arch)
  }
  const homography = fitHomography(cv, current, prior, choice)
  if (homography === undefined || !isPlausible(homography, current)) return refuse('implausible', {}, choice.arch)
  const seen = correlate(cv, current, prior, { h: homography, weightAt: choice.weightAt })
  if (seen.ncc < CUT_OFFS.ncc || seen.share < CUT_OFFS.share) {
    return refuse(choice.arch === 'both' ? 'too_few_points' : 'other_bite', seen, choice.arch)
  }
  return {
    reason: null,
    confidence: confidenceOf(choice.fit, seen.ncc),
    homography,
    arch: choice.arch,
    turnedDeg: turnOf(choice.fit),
    evidence: { score, mirrorScore, ...seen },
  }
}

/** Asked only where the photos have nothing in common as they are. */
function turnedScore({ current, prior }: Pair): number {
  const turned = turnPoints(prior.points, prior.widthPx, prior.heightPx)
  return fitSimilarity(findMatches(current.points, turned, { ratio: RATIO }))?.score ?? 0
}

/**
 * With brackets on every tooth one side of a mouth and the mirrored other side look alike, more than two photos alone can
 * tell: but the right prior is the more alike of the two. It does not matter which of the two scans has the third photo.
 */
function otherSideScore({ current, prior, otherSide }: Pair): number {
  if (otherSide === undefined) return 0
  const { mirrored } = otherSide.photo
  const [from, to] = otherSide.of === 'prior' ? [current.points, mirrored] : [mirrored, prior.points]
  return fitSimilarity(findMatches(from, to, { ratio: RATIO }))?.score ?? 0
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

function turnOf({ similarity: { a, b } }: Fit): number {
  return Math.round((-Math.atan2(b, a) * 1800) / Math.PI) / 10
}

/** Half at the cut-offs, near 1 for what repeats of one sitting reach. */
function confidenceOf(fit: Fit, ncc: number): number {
  const points = 1 - 0.5 * (CUT_OFFS.score / Math.max(CUT_OFFS.score, fit.score))
  const likeness = 0.5 + 0.5 * Math.min(1, Math.max(0, (ncc - CUT_OFFS.ncc) / (0.8 - CUT_OFFS.ncc)))
  return Math.round(Math.min(points, likeness) * 100) / 100
}
