import type { Action } from '../../server/contract/domain/reads.ts'
import { AppError } from '../../server/contract/errors.ts'
import { ENTITIES, type EntityBody, type EntityName } from '../../server/contract/sync/entities.ts'
import { changeSession, type Changes } from '../store/changes.ts'
import type { WriteTx } from '../store/db.ts'
import { saveAttention } from '../store/outbox/attention.ts'
import { findOverlayOfRead } from '../store/outbox/overlay.ts'
import { savePatient } from '../store/patients/patients.ts'
import { findPerson, savePerson, savePractice } from '../store/people/people.ts'
import { savePhotosOf } from '../store/photos/known.ts'
import { markStaleOfDoctor } from '../store/queue/stale.ts'
import { saveAction, saveRead } from '../store/reads/reads.ts'
import { findPatientIdOfSession, saveSession } from '../store/sessions/sessions.ts'
import type { RowAt } from '../store/sync-state/sync-state.ts'

type Incoming = { readonly entity: EntityName; readonly id: string; readonly seq: number; readonly body: unknown }

/**
 * One row of the feed or of a copy. A row that is here in a newer state stays as it is.
 * @throws AppError `server.unreachable` for a body that its schema does not know, or of another row
 */
export function applyRow(tx: WriteTx, row: Incoming, generation: number, changes: Changes): void {
  const { entity, id, seq } = row
  const body = ENTITIES[entity].safeParse(row.body)
  if (!body.success)
    throw new AppError('server.unreachable', { reason: 'feed-body', seq, entity }, { cause: body.error })
  if (ID_OF[entity](body.data) !== id) throw new AppError('server.unreachable', { reason: 'feed-id', seq, entity })
  // The schema of `entity` has just made this body; the table below pairs each with its own.
  const apply = APPLY[entity] as (tx: WriteTx, body: unknown, at: RowAt, changes: Changes) => void
  apply(tx, body.data, { seq, generation }, changes)
}

const idIn = (body: unknown) => (body as { id: unknown }).id // every other schema calls it so
const ID_OF: Readonly<Record<EntityName, (body: unknown) => unknown>> = {
  practice: idIn,
  person: idIn,
  patient: idIn,
  session: idIn,
  read: (body) => (body as EntityBody<'read'>).readId,
  action: idIn,
}

const APPLY: {
  readonly [N in EntityName]: (tx: WriteTx, body: EntityBody<N>, at: RowAt, changes: Changes) => void
} = {
  practice: (tx, practice, at) => {
    savePractice(tx, practice, at)
  },
  person: (tx, person, at) => {
    const renamed = findPerson(tx, person.id)?.displayName !== person.displayName
    if (savePerson(tx, person, at) && renamed) markStaleOfDoctor(tx, person.id)
  },
  patient: (tx, patient, at, changes) => {
    if (!savePatient(tx, patient, at)) return
    changes.patientIds.add(patient.id)
    changes.touched.patients = true
  },
  session: (tx, session, at, changes) => {
    const former = findPatientIdOfSession(tx, session.id)
    if (!saveSession(tx, session, at)) return
    savePhotosOf(tx, session)
    if (former !== undefined) changes.patientIds.add(former)
    changes.patientIds.add(session.patientId)
    changes.touched.sessions = true
  },
  read: (tx, read, at, changes) => {
    if (saveRead(tx, read, at)) changeSession(tx, changes, read.sessionId)
  },
  action: (tx, action, at, changes) => {
    if (!saveAction(tx, action, at)) return
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
