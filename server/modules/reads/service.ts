import { isDeepStrictEqual } from 'node:util'
import { type Action, type Read, type RecordRead, recordRead, reviewStateOf } from '../../contract/domain/reads.ts'
import { mayDecide } from '../../contract/domain/roles.ts'
import { AppError } from '../../contract/errors.ts'
import { appendAudit } from '../audit/service.ts'
import { lockPublishedSession, saveReviewState } from '../scans/service.ts'
import type { MutationContext } from '../sync/service.ts'
import { findActionOfRead, findStanding, insertDecision } from './repository.ts'

/** For the withdrawal of a session. */
export { listDecisionIds } from './repository.ts'

/**
 * A read with its action, with authority. The session is locked first, so of two patient-facing actions the first
 * commit wins and the other is kept as what its author would have done. The same read again changes nothing.
 */
export async function applyRecordRead(
  {
    tx,
    feed,
    caller,
    nowMs,
    confirmedAtMs,
  }: Pick<MutationContext, 'tx' | 'feed' | 'caller' | 'nowMs'> & {
    readonly confirmedAtMs?: number | undefined
  },
  args: RecordRead,
): Promise<{ read: Read; action: Action }> {
  const { practiceId, personId, roles } = caller
  if (!mayDecide(roles)) throw new AppError('auth.denied', { sessionId: args.sessionId })
  // Sent together: the second sees what stands once the first has its lock.
  const [session, { same, reads, winner }] = await Promise.all([
    lockPublishedSession(tx, practiceId, args.sessionId),
    findStanding(tx, practiceId, args),
  ])
  if (same !== undefined) return getRecorded({ tx, caller }, args, same)
  const { read, action } = recordRead(args, { session, reads, winner }, { personId, nowMs })
  await Promise.all([
    insertDecision(tx, practiceId, { read, action }, nowMs),
    saveReviewState(tx, practiceId, args.sessionId, reviewStateOf([...reads, read])),
  ])
  feed.put('read', read.readId, read)
  feed.put('action', action.id, action)
  const subject = { sessionId: args.sessionId, readId: read.readId, action: action.kind, outcome: action.outcome }
  await appendAudit(tx, practiceId, caller, nowMs, { action: 'read.record', outcome: 'done', subject })
  if (confirmedAtMs !== undefined) {
    const confirmed = { sessionId: args.sessionId, actionId: action.id, workstationAtMs: confirmedAtMs }
    await appendAudit(tx, practiceId, caller, nowMs, {
      action: 'instruction.confirmed',
      outcome: 'done',
      subject: confirmed,
    })
  }
  return { read, action }
}

/** What an earlier delivery of the very same read left; another read under its id is a conflict. */
async function getRecorded(
  { tx, caller }: Pick<MutationContext, 'tx' | 'caller'>,
  args: RecordRead,
  read: Read,
): Promise<{ read: Read; action: Action }> {
  const { practiceId, personId } = caller
  const stored = await findActionOfRead(tx, practiceId, read)
  const { actionId, ...fields } = args
  const same = { ...fields, readerId: personId, recordedAtMs: read.recordedAtMs }
  if (stored?.id !== actionId || !isDeepStrictEqual(read, same)) {
    throw new AppError('conflict.exists', { readId: args.readId })
  }
  const { sessionId, readId, action, recordedAtMs } = read
  return {
    read,
    action: { ...stored, sessionId, readId, kind: action.kind, action, decidedBy: personId, recordedAtMs },
  }
}
