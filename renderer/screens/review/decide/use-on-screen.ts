import { useEffect, useSyncExternalStore } from 'react'
import type { SessionId } from '../../../../server/contract/domain/ids.ts'
import type { Port } from '../../../ports/bridge.ts'
import { afterPaint } from '../../../viewer/after-paint.ts'

/**
 * Tells the host which case is on screen, after it has been painted: colleagues see who has it open, and decisions of
 * two cases ago leave. Never called for a case that is only read ahead. A window that nobody can see has none open.
 * @param sessionId undefined at the end of the batch, and until the first case is there
 */
export function useOnScreen(port: Port, sessionId: SessionId | undefined): void {
  const isVisible = useSyncExternalStore(subscribeToVisibility, () => document.visibilityState === 'visible')
  const shownId = isVisible ? (sessionId ?? null) : null
  useEffect(() => {
    // Advisory: a host that does not answer changes nothing here.
    const tell = () => void port.call('review.onScreen', { sessionId: shownId }).catch(() => undefined)
    if (isVisible) return afterPaint(tell)
    tell() // a hidden window paints nothing
    return undefined
  }, [port, shownId, isVisible])
  useEffect(() => () => void port.call('review.onScreen', { sessionId: null }).catch(() => undefined), [port])
}

function subscribeToVisibility(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}
