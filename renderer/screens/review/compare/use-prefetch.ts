import { useEffect, useLayoutEffect, useMemo } from 'react'
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
  const cases = useMemo(
    () => ({ current: reviewCase, next: [nextCase, secondNext].filter((one) => one !== undefined), previous }),
    [reviewCase, nextCase, secondNext, previous],
  )
  // Not after the paint: of a case that was just opened there is nothing to paint before its photos come.
  useLayoutEffect(
    () => cache.setRing(ringOf(cases, activeView, priorId, thirdNext)),
    [cache, cases, activeView, priorId, thirdNext],
  )
  useEffect(() => {
    pairs.want(pairsOfCases(cases, activeView, priorId), otherSidesOfCases(cases, priorId))
    const { current, next, previous } = cases
    const all = [current, ...next, previous].filter((one) => one !== undefined)
    checks.want(all.flatMap((one) => filedPhotos(one)))
  }, [pairs, checks, cases, activeView, priorId])
}
