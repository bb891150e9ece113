import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { usePort } from '../../../ports/port-context.tsx'
import { afterPaint } from '../../../viewer/after-paint.ts'
import type { PhotoCache } from '../../../viewer/photo-cache.ts'
import { ringOf } from '../case-photos.ts'
import type { Review } from '../use-review.ts'
import { createLineUpAhead } from './line-up-ahead.ts'
import { toCompare } from './pairs-of-cases.ts'
import type { CompareParts } from './use-compare-parts.ts'

/** What is asked for before it is needed: photos, how they lie, what is doubtful about them. None of it counts as seen. */
export function usePrefetch({ batch, reviewCase, mode }: Review, cache: PhotoCache, compare: CompareParts) {
  const port = usePort()
  const [nextCase, secondNext, thirdNext] = batch.next
  const { previous, beyond } = batch
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
  const [ahead] = useState(() => createLineUpAhead({ port, ...compare }))
  useEffect(
    () => afterPaint(() => ahead.want(beyond, toCompare(cases, activeView, priorId))),
    [ahead, beyond, cases, activeView, priorId],
  )
  useEffect(() => () => ahead.close(), [ahead])
}
