import type { AlignedArch } from '../../preload/contract/alignment.ts'
import { findGapLine, type GapLine } from './arches.ts'
import type { PhotoFeatures } from './features.ts'
import { type Matches, pickMatches } from './matches.ts'
import { type Fit, fitSimilarity, type Similarity } from './similarity.ts'

/** What is lined up: all teeth, or one arch when the jaws were not equally open. */
export type Choice = { readonly arch: AlignedArch; readonly fit: Fit; readonly isUsed: (x: number, y: number) => boolean }
type Question = {
  readonly current: PhotoFeatures
  readonly prior: PhotoFeatures
  readonly matches: Matches
  readonly first: Fit
}
/** True for a place of the current photo (and where it lies in the prior) that belongs to the upper teeth. */
type IsUpper = (x: number, y: number, priorX: number, priorY: number) => boolean

/** The arches moved apart by more than this (working pixels): lining both up would show neither. */
const APART_PX = 7
/** An arch with fewer agreeing matches than this has no say. */
const LEAST_SAY = 8
/** Lower teeth must have this many times the matches of the upper ones: those do not move with the jaw. */
const LOWER_MUST = 1.5

export function chooseArch({ current, prior, matches, first }: Question): Choice {
  const both: Choice = { arch: 'both', fit: first, isUsed: () => true }
  const isUpper = dividerOf(findGapLine(current), findGapLine(prior))
  if (isUpper === undefined) return both
  const upper = fitPart(matches, isUpper, true)
  const lower = fitPart(matches, isUpper, false)
  const hasUpper = upper !== undefined && upper.score >= LEAST_SAY
  const hasLower = lower !== undefined && lower.score >= LEAST_SAY
  if (hasUpper && hasLower && apartPx(current, upper.similarity, lower.similarity) < APART_PX) return both
  const isLowerStronger = hasLower && lower.score > (hasUpper ? upper.score * LOWER_MUST : 0)
  if (isLowerStronger) return one('lower', lower, isUpper)
  return hasUpper ? one('upper', upper, isUpper) : both
}

/** Undefined when the teeth touch in both photos: nothing says where one arch ends, and nothing needs to. */
function dividerOf(current: GapLine | undefined, prior: GapLine | undefined): IsUpper | undefined {
  if (current !== undefined) return (x, y) => y < current(x)
  if (prior !== undefined) return (_x, _y, priorX, priorY) => priorY < prior(priorX)
  return undefined
}

function fitPart(matches: Matches, isUpper: IsUpper, wantsUpper: boolean): Fit | undefined {
  const { ax, ay, bx, by } = matches
  const places = Array.from({ length: matches.count }, (_, i) => i).filter(
    (i) => isUpper(ax[i] ?? 0, ay[i] ?? 0, bx[i] ?? 0, by[i] ?? 0) === wantsUpper,
  )
  return fitSimilarity(pickMatches(matches, places))
}

function one(arch: 'upper' | 'lower', fit: Fit, isUpper: IsUpper): Choice {
  const { a, b, c, d } = fit.similarity
  return {
    arch,
    fit,
    isUsed: (x, y) => isUpper(x, y, a * x - b * y + c, b * x + a * y + d) === (arch === 'upper'),
  }
}

/** How far the two similarities are from each other about the middle of the teeth. */
function apartPx({ widthPx, heightPx }: PhotoFeatures, one: Similarity, other: Similarity): number {
  const far = (x: number, y: number) =>
    Math.hypot(
      (one.a - other.a) * x - (one.b - other.b) * y + one.c - other.c,
      (one.b - other.b) * x + (one.a - other.a) * y + one.d - other.d,
    )
  return far(widthPx / 2, heightPx / 2)
}
