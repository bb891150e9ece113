import { ENTITIES, type EntityBody, type EntityName } from '../../server/contract/sync/entities.ts'
import type { FeedOp, PullAnswer } from '../../server/contract/sync/wire.ts'
import type { Action } from '../../server/contract/domain/reads.ts'
import { AppError } from '../../server/contract/errors.ts'
import { changeSession, type Changes, newChanges, settleChanges } from '../store/changes.ts'
import type { WriteTx } from '../store/db.ts'
import { saveAttention } from '../store/outbox/attention.ts'
import { dropReachedOverlay, findOverlayOfRead } from '../store/outbox/overlay.ts'
import { listPatientIdsOfDoctor, savePatient } from '../store/patients/patients.ts'
import { savePerson, savePractice } from '../store/people/people.ts'
import { saveKnownPhotos } from '../store/photos/wanted.ts'
import { saveAction, saveRead } from '../store/reads/reads.ts'
import { findPatientIdOfSession, saveSession } from '../store/sessions/sessions.ts'
import { sql } from '../store/statements.ts'
import { sweepOlderGenerations } from '../store/sweep.ts'
import { getPosition, type Position, savePosition } from '../store/sync-state/sync-state.ts'

/**
 * Applies one page with its cursor, in the caller's transaction: a kill leaves both or neither.
 * @throws AppError `sync.epoch` when the page belongs to another epoch or the feed before it is gone;
 *   `server.unreachable` when it skips a row or carries what no schema knows (nothing is applied then)
 */
export function applyPage(tx: WriteTx, page: PullAnswer): Changes {
  const before = getPosition(tx)
  checkPage(before, page)
  const changes = newChanges()
  for (const op of page.ops) applyOp(tx, op, before.generation, changes)
  const complete = before.bootstrapping && !page.more
  if (complete) sweepOlderGenerations(tx, before.generation, changes)
  // An acknowledgement of an earlier epoch names a position that means nothing now; the bootstrap holds its change.
  const reached = complete && before.generation > 1 ? Number.POSITIVE_INFINITY : page.to
  if (!before.bootstrapping || complete) {
    for (const sessionId of dropReachedOverlay(tx, reached)) changeSession(tx, changes, sessionId)
  }
  settleChanges(tx, changes)
  savePosition(tx, {
    epoch: page.epoch,
    seq: page.to,
    generation: before.generation,
    bootstrapping: before.bootstrapping && !complete,
  })
  return changes
}

/** Starts again from nothing; rows stay in view until the new copy is complete, and the outbox stays for good. */
export function beginBootstrap(tx: WriteTx): void {
  const { generation } = getPosition(tx)
  savePosition(tx, { epoch: 0, seq: 0, generation: generation + 1, bootstrapping: true })
}

function checkPage(before: Position, page: PullAnswer): void {
  const isFirst = before.epoch === 0 && before.seq === 0
  if (!isFirst && page.epoch !== before.epoch) throw new AppError('sync.epoch', { epoch: page.epoch })
  const expected = isFirst ? Math.max(1, page.minSeq) : before.seq + 1
  const fromStart = isFirst && page.from === 1
  if (page.from !== expected && !fromStart)
    throw new AppError('server.unreachable', { reason: 'feed-gap', expected, from: page.from })
  const whole = page.to - page.from + 1 === page.ops.length && page.ops.every((op, i) => op.seq === page.from + i)
  if (!whole) throw new AppError('server.unreachable', { reason: 'feed-page-gap', from: page.from, to: page.to })
  if (page.more && page.ops.length === 0) throw new AppError('server.unreachable', { reason: 'feed-page-empty' })
}

function applyOp(tx: WriteTx, op: FeedOp, generation: number, changes: Changes): void {
  if (op.op === 'noop') return
  if (op.op === 'del') return deleteRow(tx, op, changes)
  const body = ENTITIES[op.entity].safeParse(op.body)
  if (!body.success)
    throw new AppError(
      'server.unreachable',
      { reason: 'feed-body', seq: op.seq, entity: op.entity },
      { cause: body.error },
    )
  // The schema of `op.entity` has just made this body; the table below pairs each with its own.
  const apply = APPLY[op.entity] as (tx: WriteTx, body: unknown, generation: number, changes: Changes) => void
  apply(tx, body.data, generation, changes)
}

const APPLY: {
  readonly [N in EntityName]: (tx: WriteTx, body: EntityBody<N>, generation: number, changes: Changes) => void
} = {
  practice: (tx, practice, generation) => savePractice(tx, practice, generation),
  person: (tx, person, generation, changes) => {
    savePerson(tx, person, generation)
    for (const id of listPatientIdsOfDoctor(tx, person.id)) changes.patientIds.add(id)
  },
  patient: (tx, patient, generation, changes) => {
    savePatient(tx, patient, generation)
    changes.patientIds.add(patient.id)
    changes.touched.patients = true
  },
  session: (tx, session, generation, changes) => {
    const former = findPatientIdOfSession(tx, session.id)
    if (former !== undefined) changes.patientIds.add(former)
    saveSession(tx, session, generation)
    saveKnownPhotos(tx, session)
    changes.patientIds.add(session.patientId)
    changes.touched.sessions = true
  },
  read: (tx, read, generation, changes) => {
    saveRead(tx, read, generation)
    changeSession(tx, changes, read.sessionId)
  },
  action: (tx, action, generation, changes) => {
    saveAction(tx, action, generation)
    noteLost(tx, action)
    changeSession(tx, changes, action.sessionId)
  },
}

/** A colleague's action came first: its author, if they decided it here, is told. The overlay is there until the feed has brought it. */
function noteLost(tx: WriteTx, action: Action): void {
  if (action.outcome !== 'would_have_done') return
  const decided = findOverlayOfRead(tx, action.readId)
  if (decided === undefined) return
  const verdict = { status: 'lost', code: null, atMs: action.recordedAtMs ?? 0 } as const
  saveAttention(tx, { ...decided, name: 'read.record' }, verdict)
}

function deleteRow(tx: WriteTx, op: FeedOp, changes: Changes): void {
  if (op.entity === 'patient') changes.patientIds.add(op.id)
  if (op.entity === 'session') changeSession(tx, changes, op.id)
  if (op.entity === 'read' || op.entity === 'action') {
    const row = sql<{ sessionId: string }>(tx, `SELECT session_id AS sessionId FROM ${op.entity} WHERE id = ?`).get(
      op.id,
    )
    if (row !== undefined) changeSession(tx, changes, row.sessionId)
  }
  sql(tx, `DELETE FROM ${op.entity} WHERE id = ?`).run(op.id)
  Object.assign(changes.touched, { patients: true, sessions: true, reads: true })
}
