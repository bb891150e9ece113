import { ALIGN_RECIPE, type Alignment, type PhotoPair } from '../../preload/contract/alignment.ts'
import { alignFeatures, type Answer, type OtherSide } from './align-features.ts'
import type { PhotoFeatures } from './features.ts'
import { type Homography, multiply } from './homography.ts'
import type { OpenCv } from './open-cv.ts'

type PairPhotos = {
  readonly current: PhotoFeatures | undefined
  readonly prior: PhotoFeatures | undefined
  readonly otherSide?: OtherSide | undefined
}

/** Of a side that only two photos speak for: shown as *unsure*, however well they fit. */
const UNGUARDED_MOST = 0.45

/** The whole answer about a pair. A photo without features could not be read. */
export function alignPair(cv: OpenCv, pair: PhotoPair, photos: PairPhotos): Alignment {
  const began = performance.now()
  const { current, prior, otherSide } = photos
  const isSide = pair.view === 'buccal_right' || pair.view === 'buccal_left'
  const isGuarded = !isSide || otherSide !== undefined
  const none: Alignment = {
    pair,
    recipe: ALIGN_RECIPE,
    verdict: 'not_comparable',
    reason: 'unreadable',
    confidence: 0,
    transform: null,
    arch: 'both',
    isGuarded,
    turnedDeg: null,
    tookMs: 0,
  }
  if (current === undefined || prior === undefined) return none
  const answer = alignFeatures(cv, { current, prior, otherSide, view: pair.view })
  const told = describe(answer, current, prior)
  const confidence = Math.min(told.confidence, isGuarded ? 1 : UNGUARDED_MOST)
  return { ...none, ...told, confidence, tookMs: performance.now() - began }
}

function describe(
  { reason, confidence, homography, arch, turnedDeg }: Answer,
  current: PhotoFeatures,
  prior: PhotoFeatures,
): Pick<Alignment, 'verdict' | 'reason' | 'confidence' | 'transform' | 'arch' | 'turnedDeg'> {
  if (homography === null) return { verdict: 'not_comparable', reason, confidence, transform: null, arch, turnedDeg }
  return {
    verdict: 'aligned',
    reason: null,
    confidence,
    transform: inFractions(homography, current, prior),
    arch,
    turnedDeg,
  }
}

/** From working pixels (0 is the middle of the first one) to fractions of the photos (0 is its outer edge). */
export function inFractions(h: Homography, from: PhotoFeatures, to: PhotoFeatures): number[] {
  const toFractions = [1 / to.widthPx, 0, 0.5 / to.widthPx, 0, 1 / to.heightPx, 0.5 / to.heightPx, 0, 0, 1]
  const toPixels = [from.widthPx, 0, -0.5, 0, from.heightPx, -0.5, 0, 0, 1]
  const whole = multiply(toFractions, multiply(h, toPixels))
  return whole.map((value) => value / (whole[8] ?? 1))
}
