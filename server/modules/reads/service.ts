import { isDeepStrictEqual } from 'node:util'
import {
  type Action,
  actionOf,
  isFirstRead,
  type Read,
  type RecordRead,
  recordRead,
  reviewStateOf,
} from '../../contract/domain/reads.ts'
import { mayDecide } from '../../contract/domain/roles.ts'
import { AppError } from '../../contract/errors.ts'
import type { Event } from '../audit/service.ts'
import { publishedOf } from '../scans/service.ts'
import { type Draw, drawSecondRead, findSecondRead, markDone } from '../second-reads/service.ts'
import type { MutationContext } from '../sync/service.ts'
import { findActionOfRead, insertDecision, lockStanding, markCorrected, type Standing } from './repository.ts'

/** For the withdrawal of a session. */
export { listDecisionIds } from './repository.ts'

type Context = Pick<MutationContext, 'tx' | 'feed' | 'caller' | 'nowMs'> & {
  readonly confirmedAtMs?: number | undefined
}

/**
 * A read with its action, with authority. The session is locked first, so of two patient-facing actions the first
 * commit wins and the other is kept as what its author would have done, and of two corrections of the winner the first
 * one takes its place. The same read again changes nothing. A first read may be drawn to be made once more.
 */
export async function applyRecordRead(
  context: Context,
  draw: Draw,
  args: RecordRead,
): Promise<{ read: Read; action: Action }> {
  const { tx, feed, caller, nowMs } = context
  const { practiceId, personId, roles } = caller
  if (!mayDecide(roles)) throw new AppError('auth.denied', { sessionId: args.sessionId })
  const { session: found, same, reads, winner, rules } = await lockStanding(tx, practiceId, args)
  const session = publishedOf(found, args.sessionId)
  if (same !== undefined) return getRecorded({ tx, caller }, args, same)
  const { secondReadId } = args
  const second = secondReadId === undefined ? undefined : await findSecondRead(tx, practiceId, secondReadId)
  const standing = { session, reads, winner, second }
  const { read, action, correctedId } = recordRead(args, standing, { personId, nowMs })
  // Before the new winner is there: never two, not even for a moment.
  const corrected = correctedId === null ? undefined : correctedOf(winner, reads)
  if (corrected !== undefined) await markCorrected(tx, practiceId, corrected.id)
  await insertDecision(tx, practiceId, { read, action, state: reviewStateOf([...reads, read]) }, nowMs)
  feed.audit(caller, ...eventsOf(read, action, corrected, context.confirmedAtMs))
  feed.put('read', read.readId, read)
  if (corrected !== undefined) feed.put('action', corrected.id, corrected)
  feed.put('action', action.id, action)
  if (second !== undefined) await markDone(context, second, read.readId)
  if (isFirstRead(args, reads)) await drawSecondRead(context, draw, read, rules)
  return { read, action }
}

/** The former winner as it is from now on. Reads are never deleted, so its own is among them. */
function correctedOf(winner: Standing['winner'], reads: readonly Read[]): Action {
  const read = reads.find(({ readId }) => readId === winner?.readId)
  if (winner === undefined || read === undefined) throw new AppError('internal', { reason: 'winner-without-read' })
  return actionOf(read, { ...winner, outcome: 'corrected' })
}

function eventsOf(
  read: Read,
  action: Action,
  corrected: Action | undefined,
  confirmedAtMs: number | undefined,
): Event[] {
  const { sessionId, readId, secondReadId, unseen } = read
  const answered = secondReadId === undefined ? {} : { secondReadId }
  const recorded = { sessionId, readId, action: action.kind, outcome: action.outcome, ...answered }
  const events: Event[] = [{ action: 'read.record', outcome: 'done', subject: recorded }]
  if (corrected !== undefined) {
    const subject = { sessionId, actionId: corrected.id, correctedBy: action.id }
    events.push({ action: 'action.correct', outcome: 'done', subject })
  }
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
  return { read, action: actionOf(read, stored) }
}
