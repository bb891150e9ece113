import type { AlignedArch } from '../../preload/contract/alignment.ts'
import { type ArchLine, findArchLine } from './arches.ts'
import type { PhotoFeatures } from './features.ts'
import { type Matches, pickMatches } from './matches.ts'
import { type Fit, fitSimilarity, type Similarity } from './similarity.ts'

/** What is lined up: all teeth, or one arch when the jaws were not equally open. */
export type Choice = {
  readonly arch: AlignedArch
  readonly fit: Fit
  /** How much (0 to 1) a place of the current photo counts. */
  readonly weightAt: (x: number, y: number) => number
}
type Question = {
  readonly current: PhotoFeatures
  readonly prior: PhotoFeatures
  readonly matches: Matches
  readonly first: Fit
}
/** For a place of the current photo and where it lies in the prior. */
type IsUpper = (x: number, y: number, priorX: number, priorY: number) => boolean

/** Arches that moved apart by this much (working pixels) are still lined up as one; by the other, never. */
const TOGETHER_PX = 3
const APART_PX = 9
/** An arch with fewer agreeing matches than this has no say. */
const LEAST_SAY = 8
/** Lower teeth need this many times the matches of the upper ones, which do not move with the jaw. */
const LOWER_MUST = 2

/**
 * The upper arch leads: it is fixed to the head, and one that always leads gives the same answer twice. The lower one
 * counts as far as it moved along.
 */
export function chooseArch({ current, prior, matches, first }: Question): Choice {
  const both = wholePhoto(first)
  const isUpper = dividerOf(findArchLine(current), findArchLine(prior))
  if (isUpper === undefined) return both
  const upper = fitPart(matches, isUpper, true)
  const lower = fitPart(matches, isUpper, false)
  const hasUpper = upper !== undefined && upper.score >= LEAST_SAY
  const hasLower = lower !== undefined && lower.score >= LEAST_SAY
  if (!hasUpper) return hasLower ? one('lower', lower, isUpper, 0) : both
  if (!hasLower) return one('upper', upper, isUpper, 0)
  const apart = apartPx(current, upper.similarity, lower.similarity)
  if (apart <= TOGETHER_PX) return both
  if (apart < APART_PX) {
    return { ...one('upper', upper, isUpper, (APART_PX - apart) / (APART_PX - TOGETHER_PX)), arch: 'both' }
  }
  return lower.score > upper.score * LOWER_MUST ? one('lower', lower, isUpper, 0) : one('upper', upper, isUpper, 0)
}

/** Everything counts alike: one arch alone is in the picture, or nothing tells them apart. */
export function wholePhoto(fit: Fit): Choice {
  return { arch: 'both', fit, weightAt: () => 1 }
}

/** An open bite tells the arches apart best. */
function dividerOf(current: ArchLine | undefined, prior: ArchLine | undefined): IsUpper | undefined {
  if (prior !== undefined && (current === undefined || (prior.isOpen && !current.isOpen))) {
    return (_x, _y, priorX, priorY) => priorY < prior.heightAt(priorX)
  }
  return current && ((x, y) => y < current.heightAt(x))
}

function fitPart(matches: Matches, isUpper: IsUpper, wantsUpper: boolean): Fit | undefined {
  const { ax, ay, bx, by } = matches
  const places = Array.from({ length: matches.count }, (_, i) => i).filter(
    (i) => isUpper(ax[i] ?? 0, ay[i] ?? 0, bx[i] ?? 0, by[i] ?? 0) === wantsUpper,
  )
  return fitSimilarity(pickMatches(matches, places))
}

function one(arch: 'upper' | 'lower', fit: Fit, isUpper: IsUpper, otherWeight: number): Choice {
  const { a, b, c, d } = fit.similarity
  return {
    arch,
    fit,
    weightAt: (x, y) => {
      const isOfArch = isUpper(x, y, a * x - b * y + c, b * x + a * y + d) === (arch === 'upper')
      return isOfArch ? 1 : otherWeight
    },
  }
}

/** How far the two similarities are from each other about the middle of the photo. */
function apartPx({ widthPx, heightPx }: PhotoFeatures, one: Similarity, other: Similarity): number {
  const [x, y] = [widthPx / 2, heightPx / 2]
  return Math.hypot(
    (one.a - other.a) * x - (one.b - other.b) * y + one.c - other.c,
    (one.b - other.b) * x + (one.a - other.a) * y + one.d - other.d,
  )
}
