import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { SessionId } from '../../../../server/contract/domain/ids.ts'
import { usePeople } from '../../../patient/use-people.ts'
import { NOBODY, usePresence } from '../../../patient/use-presence.ts'
import type { Port } from '../../../ports/bridge.ts'
import { useCaseTimes } from './use-case-times.ts'
import { useOnScreen } from './use-on-screen.ts'

/** What stands around the case on screen: its clock, who else has it open, and whom one may ask. */
export function useAroundCase(port: Port, caseId: SessionId | undefined, reviewCase: ReviewCase | undefined) {
  const shownId = reviewCase?.session.id
  useOnScreen(port, shownId)
  const everywhere = usePresence(port)
  // The same while nobody else is here: what shows it renders for that alone.
  const here = everywhere.filter((one) => one.sessionId === shownId)
  return { people: usePeople(port), times: useCaseTimes(caseId), presence: here.length === 0 ? NOBODY : here }
}
