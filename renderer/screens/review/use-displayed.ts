import { useCallback, useEffect, useState } from 'react'
import type { PhotoHash, SessionId } from '../../../server/contract/domain/ids.ts'
import type { DisplayedEvent } from '../../../server/contract/sync/mutations.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import type { Port } from '../../ports/bridge.ts'
import { createDisplayedLog } from './displayed-log.ts'

export type ShownPhoto = { readonly sessionId: SessionId; readonly view: View; readonly photo: PhotoHash }

/**
 * Tells the audit log what was really on screen: a photo counts while its decoded pixels are painted at fit or larger
 * in a visible window. Sent when the case is left; photos that were only prefetched never come here.
 */
export function useDisplayed(port: Port, caseId: SessionId | undefined) {
  const [log] = useState(() => createDisplayedLog(() => Date.now()))
  const [seen, setSeen] = useState<{ readonly of: SessionId | undefined; readonly views: ReadonlySet<View> }>({
    of: caseId,
    views: new Set(),
  })

  useEffect(() => {
    const visibility = () => log.setVisible(document.visibilityState === 'visible')
    visibility()
    document.addEventListener('visibilitychange', visibility)
    return () => document.removeEventListener('visibilitychange', visibility)
  }, [log])
  useEffect(() => {
    if (caseId === undefined) return undefined
    return () => {
      const displayed: DisplayedEvent[] = log.take()
      // The outbox of the host keeps it; if even the host is gone there is nothing left to tell.
      if (displayed.length > 0) void port.call('review.displayed', { displayed }).catch(() => undefined)
    }
  }, [log, caseId, port])

  const show = useCallback(
    (cell: string, shown: ShownPhoto | null) => {
      log.show(cell, shown)
      if (shown === null || shown.sessionId !== caseId) return
      setSeen((was) => {
        const views = was.of === caseId ? was.views : new Set<View>()
        if (was.of === caseId && views.has(shown.view)) return was
        return { of: caseId, views: new Set(views).add(shown.view) }
      })
    },
    [log, caseId],
  )
  return { show, seen: seen.of === caseId ? seen.views : new Set<View>() }
}
