import type { TakeBack } from '../../preload/contract/review.ts'
import type { SessionId } from '../../server/contract/domain/ids.ts'
import { PersonId } from '../../server/contract/domain/ids.ts'
import { listName } from '../../server/contract/domain/patients.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import { type Action, type Read, recordRead, type RecordRead } from '../../server/contract/domain/reads.ts'
import { mayDecide } from '../../server/contract/domain/roles.ts'
import type { SecondRead } from '../../server/contract/domain/second-reads.ts'
import { isPatientFacing } from '../../server/contract/domain/tags.ts'
import { AppError } from '../../server/contract/errors.ts'
import { changeSession, type Changes, newChanges, settleChanges } from '../store/changes.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../store/db.ts'
import { dropDraft } from '../store/drafts/drafts.ts'
import { reopenAttention } from '../store/outbox/attention.ts'
import { isStale } from '../store/outbox/instruction.ts'
import { enqueue, findLastPendingRead, type PendingRead, removePending } from '../store/outbox/outbox.ts'
import { takeBackResolved } from '../store/outbox/resolved.ts'
import { dropOverlay, saveOverlay } from '../store/outbox/overlay.ts'
import { findPatient } from '../store/patients/patients.ts'
import { findSecondRead } from '../store/practice/second-reads.ts'
import { rulesInForce } from '../store/practice/rules.ts'
import { viewSession, winnerOf } from '../store/review/session-view.ts'
import { findSession } from '../store/sessions/sessions.ts'

/** A read that reaches no patient stays here this long, so that it can be taken back. */
export const HOLD_BACK_MS = 800

export type Decider = {
  readonly person: Person
  readonly nowMs: number
  /** How long a decision that reaches the patient waits; as the practice's rules say when it is left out. */
  readonly graceMs?: number | undefined
}

export type Decided = {
  readonly read: Read
  readonly action: Action
  readonly changes: Changes
  /** Null when this very decision was here already. */
  readonly mutationId: string | null
}

/** The rule, the overlay and the outbox in the caller's one transaction. Repeating it with the same read changes nothing. */
export function decideLocally(tx: WriteTx, args: RecordRead, by: Decider): Decided {
  if (!mayDecide(by.person.roles)) throw new AppError('auth.denied', { sessionId: args.sessionId })
  const session = findSession(tx, args.sessionId)
  if (session === undefined) throw new AppError('not-found', { sessionId: args.sessionId })
  const view = viewSession(tx, session)
  const changes = newChanges()
  const known = view.reads.find((read) => read.readId === args.readId)
  const knownAction = view.actions.find((action) => action.id === args.actionId)
  if (known !== undefined && knownAction !== undefined)
    return { read: known, action: knownAction, changes, mutationId: null }
  if (known !== undefined) throw new AppError('conflict.exists', { sessionId: args.sessionId })
  const { read, action } = recordRead(
    args,
    { session, reads: view.reads, winner: winnerOf(view.actions), second: secondOf(tx, args) },
    { personId: by.person.id, nowMs: null },
  )
  const graceMs = isPatientFacing(args.action.kind)
    ? (by.graceMs ?? rulesInForce(tx).graceSeconds * 1000)
    : HOLD_BACK_MS
  const sender = { personId: by.person.id, nowMs: by.nowMs, notBeforeMs: by.nowMs + graceMs, graceMs }
  const queued = enqueue(tx, 'read.record', args, sender, { subject: args.sessionId })
  saveOverlay(tx, { ...queued, personId: by.person.id, args })
  dropDraft(tx, { sessionId: args.sessionId, personId: by.person.id })
  changeSession(tx, changes, args.sessionId)
  settleChanges(tx, changes)
  return { read, action, changes, mutationId: queued.mutationId }
}

/** The draw that the read says it answers, if it is here. */
function secondOf(db: ReadDb, { secondReadId }: RecordRead): SecondRead | undefined {
  return secondReadId === undefined ? undefined : findSecondRead(db, secondReadId)
}

/** @param graceNowMs now by the clock that the waits are written in (grace-clock.ts) */
export function findTakeBack(db: ReadDb, personId: string, nowMs: number, graceNowMs = nowMs): TakeBack | null {
  const row = findLastPendingRead(db, personId)
  if (row === undefined) return null
  const args = bodyOf<RecordRead>(row.args)
  const session = findSession(db, args.sessionId)
  const patient = session === undefined ? undefined : findPatient(db, session.patientId)
  return {
    readId: args.readId,
    sessionId: args.sessionId,
    patientName: patient === undefined ? '' : listName(patient),
    personId: PersonId.parse(row.personId),
    releasesAtMs: leavesAtMs(row, nowMs, graceNowMs),
    graceMs: row.graceMs,
  }
}

/** Null when nothing is left to count: it is due and waits for the line, or its author is to be asked first. */
function leavesAtMs(row: PendingRead, nowMs: number, graceNowMs: number): number | null {
  const leftMs = row.notBeforeMs - graceNowMs
  const isAsked = row.instructs === 1 && isStale(row.confirmedAtMs ?? row.queuedAtMs, graceNowMs)
  return leftMs <= 0 || isAsked ? null : nowMs + leftMs
}

/** @throws AppError `read.already-sent` when it has left, or is not this person's last one */
export function takeBackLocally(
  tx: WriteTx,
  readId: string,
  personId: string,
): { sessionId: SessionId; changes: Changes } {
  const row = findLastPendingRead(tx, personId)
  const args = row === undefined ? undefined : bodyOf<RecordRead>(row.args)
  if (row === undefined || args?.readId !== readId || !removePending(tx, row.mutationId))
    throw new AppError('read.already-sent')
  dropOverlay(tx, row.mutationId)
  if (reopenAttention(tx, row.mutationId)) takeBackResolved(tx, row.mutationId)
  const changes = newChanges()
  changeSession(tx, changes, args.sessionId)
  settleChanges(tx, changes)
  return { sessionId: args.sessionId, changes }
}
