import { useEffect } from 'react'
import type { QueueRow } from '../../../preload/contract/queue.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'

/** Which scan is likely to be opened next; null when none is. Neither claims it nor marks it as seen. */
export type OnAhead = (sessionId: SessionId | null) => void

/** Longer than between two keys of somebody who walks down the list. */
const REST_MS = 250

/** Says which row somebody rests on, and again when it has changed. */
export function useAhead(row: QueueRow | undefined, onAhead: OnAhead): void {
  useEffect(() => {
    if (row === undefined) return undefined
    const timer = setTimeout(() => onAhead(row.sessionId), REST_MS)
    return () => clearTimeout(timer)
  }, [row, onAhead])
  useEffect(() => () => onAhead(null), [onAhead])
}
