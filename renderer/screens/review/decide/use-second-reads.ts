import { useCallback, useState } from 'react'
import type { ReadId, SessionId } from '../../../../server/contract/domain/ids.ts'
import type { ActionTaken } from '../../../../server/contract/domain/tags.ts'

/** A second read that was just made: both are shown now, and nothing else can be done until one moves on. */
export type Revealed = {
  readonly sessionId: SessionId
  readonly readId: ReadId
  /** What would have been done for the patient. It was recorded as scores alone. */
  readonly wanted: ActionTaken
}

export function useSecondReads(currentId: SessionId | undefined) {
  const [revealed, setRevealed] = useState<Revealed | null>(null)
  /** Kept after it was closed: what was typed for the patient is there if it shall be sent after all. */
  const [wanted, setWanted] = useState<Revealed | null>(null)
  const reveal = useCallback((sessionId: SessionId, readId: ReadId, action: ActionTaken) => {
    setRevealed({ sessionId, readId, wanted: action })
    setWanted({ sessionId, readId, wanted: action })
  }, [])
  return {
    /** On the case on screen only: whoever left while it was saved is not interrupted. */
    revealed: revealed !== null && revealed.sessionId === currentId ? revealed : null,
    wantedFor: (sessionId: SessionId): ActionTaken | null => (wanted?.sessionId === sessionId ? wanted.wanted : null),
    reveal,
    close: useCallback(() => setRevealed(null), []),
  }
}
export type SecondReads = ReturnType<typeof useSecondReads>
