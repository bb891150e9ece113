import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { PhotoHash, SessionId } from '../../../server/contract/domain/ids.ts'
import type { DisplayedEvent } from '../../../server/contract/sync/mutations.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import type { Port } from '../../ports/bridge.ts'
import { afterPaint } from '../../viewer/after-paint.ts'
import { createDisplayedLog } from './displayed-log.ts'
import { createSeenViews, type PhotosByView } from './seen-views.ts'

export type ShownPhoto = { readonly sessionId: SessionId; readonly view: View; readonly photo: PhotoHash }

/**
 * Tells the audit log what was really on screen: a photo counts while its decoded pixels are painted at fit or larger
 * in a visible window. Sent when the case is left; photos that were only prefetched never come here.
 * @param needMs how long a view has to be there until it counts as seen (the practice's rule)
 */
export function useDisplayed(
  port: Port,
  caseId: SessionId | undefined,
  reviewCase: ReviewCase | undefined,
  needMs: number,
) {
  const [displayed] = useState(() => {
    const log = createDisplayedLog(() => Date.now())
    const seen = createSeenViews(() => Date.now())
    return {
      log,
      seen,
      /** What a cell of this case shows now; null when its photo is gone, hidden or not decoded. */
      show: (cell: string, shown: ShownPhoto | null) => {
        log.show(cell, shown)
        seen.show(cell, shown)
      },
    }
  })
  const { log, seen, show } = displayed

  useEffect(() => {
    const visibility = () => {
      log.setVisible(document.visibilityState === 'visible')
      seen.setVisible(document.visibilityState === 'visible')
    }
    visibility()
    document.addEventListener('visibilitychange', visibility)
    return () => document.removeEventListener('visibilitychange', visibility)
  }, [log, seen])
  useEffect(() => {
    if (caseId === undefined) return undefined
    return () => {
      const displayed: DisplayedEvent[] = log.take()
      // The outbox of the host keeps it; if even the host is gone there is nothing left to tell.
      if (displayed.length > 0)
        afterPaint(() => void port.call('review.displayed', { displayed }).catch(() => undefined))
    }
  }, [log, caseId, port])
  // Before the cells tell what they show: their effects run after every layout effect.
  const photos = useMemo(() => photosOf(reviewCase), [reviewCase])
  useLayoutEffect(() => seen.setNeed(needMs), [seen, needMs])
  useLayoutEffect(() => seen.begin(caseId, photos), [seen, caseId, photos])

  return { show, seen }
}

/** Null while the case is being read: what was seen of it before is not forgotten for that. */
function photosOf(reviewCase: ReviewCase | undefined): PhotosByView | null {
  if (reviewCase === undefined) return null
  const { images } = reviewCase.session
  return new Map(images.flatMap(({ view, photo }) => (photo === null ? [] : [[view, photo.hash] as const])))
}
