import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { createOnScreen, type SwitchedOnScreen } from '../../viewer/on-screen.ts'
import type { PhotoCache } from '../../viewer/photo-cache.ts'
import type { RetakeStart } from './compare/retake-start.ts'
import type { CompareParts } from './compare/use-compare-parts.ts'
import type { CellContext } from './photo-cell.tsx'
import type { Review } from './use-review.ts'

type LayerContext = CellContext & { readonly onScreen: SwitchedOnScreen }

/** What the photos of the two layers share. The same objects from case to case: a stage renders only for what it shows. */
export function useDeckContexts(
  review: Review,
  cache: PhotoCache,
  { pairs, checks }: CompareParts,
): readonly [LayerContext, LayerContext] {
  const { adjustments, looking } = review
  const { hands } = review.viewport
  const { show } = review.displayed
  const { setActiveView: select, setSwipeAt: moveSwipe } = looking
  const latestRetake = useRef(review.retake)
  useLayoutEffect(() => {
    latestRetake.current = review.retake
  })
  const retake = useCallback((start: RetakeStart) => latestRetake.current(start), [])
  const [layers] = useState(() => [createOnScreen(), createOnScreen()] as const)
  return useMemo(() => {
    const shared = { cache, hands, pairs, checks, adjustments, show, select, moveSwipe, retake }
    return [
      { ...shared, onScreen: layers[0] },
      { ...shared, onScreen: layers[1] },
    ]
  }, [layers, cache, hands, pairs, checks, adjustments, show, select, moveSwipe, retake])
}
