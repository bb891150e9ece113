import { isDeepStrictEqual } from 'node:util'
import {
  type Action,
  isFirstRead,
  type Read,
  type RecordRead,
  recordRead,
  reviewStateOf,
} from '../../contract/domain/reads.ts'
import { mayDecide } from '../../contract/domain/roles.ts'
import { AppError } from '../../contract/errors.ts'
import { appendAudit, type Event } from '../audit/service.ts'
import { lockPublishedSession, saveReviewState } from '../scans/service.ts'
import { type Draw, drawSecondRead, findChance, findSecondRead, markDone } from '../second-reads/service.ts'
import type { MutationContext } from '../sync/service.ts'
import { findActionOfRead, findStanding, insertDecision } from './repository.ts'

/** For the withdrawal of a session. */
export { listDecisionIds } from './repository.ts'

type Context = Pick<MutationContext, 'tx' | 'feed' | 'caller' | 'nowMs'> & {
  readonly confirmedAtMs?: number | undefined
}

/**
 * A read with its action, with authority. The session is locked first, so of two patient-facing actions the first
 * commit wins and the other is kept as what its author would have done. The same read again changes nothing. A first
 * read may be drawn to be made once more.
 */
export async function applyRecordRead(
  context: Context,
  draw: Draw,
  args: RecordRead,
): Promise<{ read: Read; action: Action }> {
  const { tx, feed, caller, nowMs } = context
  const { practiceId, personId, roles } = caller
  if (!mayDecide(roles)) throw new AppError('auth.denied', { sessionId: args.sessionId })
  // Sent together: the second sees what stands once the first has its lock.
  const [session, { same, reads, winner }] = await Promise.all([
    lockPublishedSession(tx, practiceId, args.sessionId),
    findStanding(tx, practiceId, args),
  ])
  if (same !== undefined) return getRecorded({ tx, caller }, args, same)
  const { secondReadId } = args
  const second = secondReadId === undefined ? undefined : await findSecondRead(tx, practiceId, secondReadId)
  const { read, action } = recordRead(args, { session, reads, winner, second }, { personId, nowMs })
  const isFirst = isFirstRead(args, reads)
  const [chance] = await Promise.all([
    isFirst ? findChance(tx, practiceId) : undefined,
    insertDecision(tx, practiceId, { read, action }, nowMs),
    saveReviewState(tx, practiceId, args.sessionId, reviewStateOf([...reads, read])),
    appendAudit(tx, practiceId, caller, nowMs, ...eventsOf(read, action, context.confirmedAtMs)),
  ])
  feed.put('read', read.readId, read)
  feed.put('action', action.id, action)
  if (second !== undefined) await markDone(context, second, read.readId)
  if (chance !== undefined) await drawSecondRead(context, draw, read, chance)
  return { read, action }
}

function eventsOf(read: Read, action: Action, confirmedAtMs: number | undefined): Event[] {
  const { sessionId, readId, secondReadId, unseen } = read
  const answered = secondReadId === undefined ? {} : { secondReadId }
  const recorded = { sessionId, readId, action: action.kind, outcome: action.outcome, ...answered }
  const events: Event[] = [{ action: 'read.record', outcome: 'done', subject: recorded }]
  // Decided on purpose without having had them on screen: an event of its own, as auditors ask for it.
  if (unseen !== undefined) {
    events.push({ action: 'read.unseen', outcome: 'done', subject: { sessionId, readId, views: unseen.join(' ') } })
  }
  if (confirmedAtMs !== undefined) {
    const confirmed = { sessionId, actionId: action.id, workstationAtMs: confirmedAtMs }
    events.push({ action: 'instruction.confirmed', outcome: 'done', subject: confirmed })
  }
  return events
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
