import type { SessionId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { appendAudit } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { listQuestionIds } from '../questions/service.ts'
import { listDecisionIds } from '../reads/service.ts'
import { listSecondReadIds } from '../second-reads/service.ts'
import { writeInPractice } from '../sync/service.ts'
import { lockSession, saveWithdrawn } from './repository.ts'

/**
 * Takes back a session that should not be there (another patient's photos): it goes from every workstation with its
 * reads, actions, questions and draws. The records themselves are kept, as clinical records are; nothing shows them any more. The first
 * withdrawal stands: again changes nothing.
 */
export async function withdrawSession(
  deps: Pick<ModuleDeps, 'database' | 'clock' | 'announce'>,
  caller: PersonPrincipal,
  sessionId: SessionId,
  reason: string,
): Promise<{ withdrawnAtMs: number }> {
  const { practiceId, personId } = caller
  return writeInPractice(deps, practiceId, async (tx, feed) => {
    // The lock that a read takes too: one that comes first goes with the session, one that comes later is refused.
    const session = await lockSession(tx, practiceId, sessionId)
    if (session === undefined) throw new AppError('not-found', { sessionId })
    if (session.withdrawn_at_ms !== null) return { withdrawnAtMs: session.withdrawn_at_ms }
    const nowMs = deps.clock.nowMs()
    await saveWithdrawn(tx, practiceId, sessionId, { personId, reason, nowMs })
    const { readIds, actionIds } = await listDecisionIds(tx, practiceId, sessionId)
    const questionIds = await listQuestionIds(tx, practiceId, sessionId)
    const secondReadIds = await listSecondReadIds(tx, practiceId, sessionId)
    if (session.published_at_ms !== null) {
      for (const id of questionIds) feed.del('question', id)
      for (const id of secondReadIds) feed.del('second_read', id)
      for (const id of actionIds) feed.del('action', id)
      for (const id of readIds) feed.del('read', id)
      feed.del('session', sessionId)
    }
    const subject = { sessionId, patientId: session.patient_id, reads: readIds.length, actions: actionIds.length }
    await appendAudit(tx, practiceId, caller, nowMs, { action: 'session.withdraw', outcome: 'done', subject })
    return { withdrawnAtMs: nowMs }
  })
}
