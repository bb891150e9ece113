import { useEffect, useRef } from 'react'
import type { QueueRow } from '../../../preload/contract/queue.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import { afterFrame } from '../../viewer/after-paint.ts'

/** Which scan is likely to be opened next; null when none is. Neither claims it nor marks it as seen. */
export type OnAhead = (sessionId: SessionId | null) => void

/** Longer than between two rows of somebody who holds a key down, shorter than before the next one that is meant. */
const REST_MS = 100

/** Says which row somebody has come to, and again when it has changed; rows that a held key passes are left out. */
export function useAhead(row: QueueRow | undefined, onAhead: OnAhead): void {
  const movedAtMs = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    if (row === undefined) return undefined
    const nowMs = performance.now()
    const isPassing = nowMs - movedAtMs.current < REST_MS
    movedAtMs.current = nowMs
    const tell = () => onAhead(row.sessionId)
    if (!isPassing) return afterFrame(tell) // the cursor's move first
    const timer = setTimeout(tell, REST_MS)
    return () => clearTimeout(timer)
  }, [row, onAhead])
  useEffect(() => () => onAhead(null), [onAhead])
}
