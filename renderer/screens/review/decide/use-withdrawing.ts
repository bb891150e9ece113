import { useState } from 'react'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { SessionId } from '../../../../server/contract/domain/ids.ts'
import type { Person } from '../../../../server/contract/domain/people.ts'
import type { Port } from '../../../ports/bridge.ts'

/** Taking back a scan that should not be there (another patient's photos), from every workstation: asks before it does. */
export function useWithdrawing(port: Port, person: Person | undefined) {
  const [asked, setAsked] = useState<ReviewCase | null>(null)
  /** Withdrawn in this sitting: their rows are on their way out. */
  const [done, setDone] = useState<ReadonlySet<SessionId>>(new Set())
  const may = person?.roles.some((role) => role === 'clinician' || role === 'practice_admin') === true
  return {
    /** The case of the dialog; null while nothing is asked. */
    asked,
    isDone: (id: SessionId) => done.has(id),
    /** Undefined for whoever may not: the verb is then nowhere to be found. */
    commandOf: (reviewCase: ReviewCase | undefined) =>
      may
        ? () => {
            if (reviewCase !== undefined) setAsked(reviewCase)
          }
        : undefined,
    close: () => setAsked(null),
    /** @throws AppError why it was not withdrawn: the server alone can do it */
    async withdraw(sessionId: SessionId, reason: string): Promise<void> {
      await port.call('review.withdraw', { sessionId, reason })
      setDone((was) => new Set(was).add(sessionId))
      setAsked(null)
    },
  }
}
export type Withdrawing = ReturnType<typeof useWithdrawing>
