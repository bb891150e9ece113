import { useEffect } from 'react'
import type { PhotoCache } from '../../../viewer/photo-cache.ts'
import { filedPhotos, ringOf } from '../case-photos.ts'
import type { Review } from '../use-review.ts'
import { otherSidesOfCases, pairsOfCases } from './pairs-of-cases.ts'
import type { CompareParts } from './use-compare-parts.ts'

/** What is asked for before it is needed: photos, how they lie, what is doubtful about them. None of it counts as seen. */
export function usePrefetch({ batch, reviewCase, mode }: Review, cache: PhotoCache, { pairs, checks }: CompareParts) {
  const [nextCase, secondNext, thirdNext] = batch.next
  const { previous } = batch
  const { activeView, priorId } = mode
  useEffect(() => {
    const next = [nextCase, secondNext].filter((one) => one !== undefined)
    const cases = { current: reviewCase, next, previous }
    cache.setRing(ringOf(cases, activeView, priorId, thirdNext))
    pairs.want(pairsOfCases(cases, activeView, priorId), otherSidesOfCases(cases, priorId))
    const all = [reviewCase, ...next, previous].filter((one) => one !== undefined)
    checks.want(all.flatMap((one) => filedPhotos(one)))
  }, [cache, pairs, checks, reviewCase, nextCase, secondNext, thirdNext, previous, activeView, priorId])
}
