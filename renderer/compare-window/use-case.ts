import { useEffect, useState } from 'react'
import type { ReviewCase } from '../../preload/contract/review.ts'
import type { SessionId } from '../../server/contract/domain/ids.ts'
import type { Port } from '../ports/bridge.ts'

/** The case from the local store. Stays on the one before until the next is there: nothing flashes. */
export function useCase(port: Port, sessionId: SessionId | undefined): ReviewCase | undefined {
  const [known, setKnown] = useState<ReviewCase>()
  useEffect(() => {
    if (sessionId === undefined) return undefined
    let isGone = false
    port.call('review.open', { sessionId }).then(
      (reviewCase) => !isGone && setKnown(reviewCase),
      // The main window says why: this one shows nothing then.
      () => !isGone && setKnown(undefined),
    )
    return () => {
      isGone = true
    }
  }, [port, sessionId])
  return sessionId === undefined ? undefined : known
}
