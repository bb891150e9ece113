import { ALIGN_RECIPE, type Alignment, type PhotoPair } from '../../preload/contract/alignment.ts'
import { alignFeatures, type Answer } from './align-features.ts'
import type { PhotoFeatures } from './features.ts'
import type { Homography } from './homography.ts'
import type { OpenCv } from './open-cv.ts'

/** The whole answer about a pair. A photo without features could not be read. */
export function alignPair(
  cv: OpenCv,
  pair: PhotoPair,
  photos: { readonly current: PhotoFeatures | undefined; readonly prior: PhotoFeatures | undefined },
): Alignment {
  const began = performance.now()
  const { current, prior } = photos
  const none: Alignment = {
    pair,
    recipe: ALIGN_RECIPE,
    verdict: 'not_comparable',
    reason: 'unreadable',
    confidence: 0,
    transform: null,
    arch: 'both',
    tookMs: 0,
  }
  if (current === undefined || prior === undefined) return none
  const answer = alignFeatures(cv, current, prior, pair.view)
  return { ...none, ...describe(answer, current, prior), tookMs: performance.now() - began }
}

function describe(
  { reason, confidence, homography, arch }: Answer,
  current: PhotoFeatures,
  prior: PhotoFeatures,
): Pick<Alignment, 'verdict' | 'reason' | 'confidence' | 'transform' | 'arch'> {
  if (homography === null) return { verdict: 'not_comparable', reason, confidence, transform: null, arch }
  return { verdict: 'aligned', reason: null, confidence, transform: inFractions(homography, current, prior), arch }
}

/** From working pixels to fractions of the photos. */
export function inFractions(h: Homography, from: PhotoFeatures, to: PhotoFeatures): number[] {
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, i = 0, j = 1] = h
  const { widthPx: w, heightPx: t } = from
  const scaled = [
    (a * w) / to.widthPx,
    (b * t) / to.widthPx,
    c / to.widthPx,
    (d * w) / to.heightPx,
    (e * t) / to.heightPx,
    f / to.heightPx,
    g * w,
    i * t,
    j,
  ]
  return scaled.map((value) => value / j)
}
