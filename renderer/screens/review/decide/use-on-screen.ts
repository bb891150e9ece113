import { useEffect } from 'react'
import type { SessionId } from '../../../../server/contract/domain/ids.ts'
import type { Port } from '../../../ports/bridge.ts'
import { afterPaint } from '../../../viewer/after-paint.ts'

/**
 * Tells the host which case is on screen, after it has been painted: colleagues see who has it open, and decisions of
 * two cases ago leave. Never called for a case that is only read ahead.
 * @param sessionId undefined at the end of the batch, and until the first case is there
 */
export function useOnScreen(port: Port, sessionId: SessionId | undefined): void {
  useEffect(
    // Advisory: a host that does not answer changes nothing here.
    () => afterPaint(() => void port.call('review.onScreen', { sessionId: sessionId ?? null }).catch(() => undefined)),
    [port, sessionId],
  )
  useEffect(() => () => void port.call('review.onScreen', { sessionId: null }).catch(() => undefined), [port])
}
