import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { SessionId } from '../../../../server/contract/domain/ids.ts'
import type { Port } from '../../../ports/bridge.ts'
import { useCaseTimes } from './use-case-times.ts'
import { useOnScreen } from './use-on-screen.ts'
import { usePeople } from './use-people.ts'
import { usePresence } from './use-presence.ts'

/** What stands around the case on screen: its clock, who else has it open, and whom one may ask. */
export function useAroundCase(port: Port, caseId: SessionId | undefined, reviewCase: ReviewCase | undefined) {
  const shownId = reviewCase?.session.id
  useOnScreen(port, shownId)
  return { people: usePeople(port), times: useCaseTimes(caseId), presence: usePresence(port, shownId) }
}
