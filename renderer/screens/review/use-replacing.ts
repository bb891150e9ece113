import { useRef, useState } from 'react'
import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import type { ReadId, SessionId } from '../../../server/contract/domain/ids.ts'
import type { RecordRead } from '../../../server/contract/domain/reads.ts'
import type { Port } from '../../ports/bridge.ts'

/** A refused decision that the next one on the same scan takes the place of. */
export type Replacing = {
  readonly mutationId: AttentionEntry['mutationId']
  readonly wanted: RecordRead
}

/** Records reads: the first one on the scan of a refused decision settles that one in the same step. */
export function useReplacing(port: Port, replacing: Replacing | null) {
  /** The read that took its place; taking that back brings the refused one back. */
  const [replacedBy, setReplacedBy] = useState<ReadId | null>(null)
  const latest = useRef(replacedBy)
  const note = (readId: ReadId | null) => {
    latest.current = readId
    setReplacedBy(readId)
  }
  return {
    /** Still to be replaced by a decision on this scan. */
    openFor: (sessionId: SessionId): Replacing | null =>
      replacedBy === null && replacing?.wanted.sessionId === sessionId ? replacing : null,
    async record(read: RecordRead): Promise<void> {
      if (replacing === null || latest.current !== null || replacing.wanted.sessionId !== read.sessionId) {
        await port.call('review.decide', read)
        return
      }
      await port.call('attention.replaceRead', { mutationId: replacing.mutationId, read })
      note(read.readId)
    },
    takenBack(readId: ReadId) {
      if (latest.current === readId) note(null)
    },
  }
}
export type Replacement = ReturnType<typeof useReplacing>
