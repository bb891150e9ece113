import { listName } from '../../../server/contract/domain/patients.ts'
import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import type { EntityName } from '../../../server/contract/sync/entities.ts'
import { changeAbout, type Changes, changeSession } from '../changes.ts'
import type { WriteTx } from '../db.ts'
import { dropDraftsOf } from '../drafts/drafts.ts'
import { findPatient } from '../patients/patients.ts'
import { forgetPhotosOf } from '../photos/known.ts'
import { markStaleOfDoctor } from '../queue/stale.ts'
import { findSession } from '../sessions/sessions.ts'
import { sql } from '../statements.ts'
import type { RowAt } from '../sync-state/sync-state.ts'
import { isNamedByOwnWork, saveWithdrawnScan } from './withdrawn-scans.ts'

/**
 * The row goes, with its queue row and the wishes for its photos; whoever decided something about it keeps the words
 * for it. The outbox stays as it is: the server decides what becomes of a change to what is gone.
 * @returns false when the row is newer than that, or not here
 */
export function deleteRow(tx: WriteTx, row: { entity: EntityName; id: string }, at: RowAt, changes: Changes): boolean {
  const { entity, id } = row
  if (!isOlder(tx, row, at)) return false
  const session = entity === 'session' ? findSession(tx, id) : undefined
  if (session !== undefined) keepWords(tx, session)
  noteTouched(tx, row, changes)
  sql(tx, `DELETE FROM ${entity} WHERE id = ?`).run(id)
  if (session !== undefined) {
    forgetPhotosOf(tx, session)
    dropDraftsOf(tx, session.id)
  }
  return true
}

/** The patient may be withdrawn right after the scan: the words are kept while they can still be read. */
function keepWords(tx: WriteTx, session: ScanSession): void {
  const patient = findPatient(tx, session.patientId)
  if (patient === undefined || !isNamedByOwnWork(tx, session.id)) return
  const { capturedOn } = session
  saveWithdrawnScan(tx, session.id, { patientName: listName(patient), reference: patient.reference, capturedOn })
}

function isOlder(tx: WriteTx, { entity, id }: { entity: EntityName; id: string }, at: RowAt): boolean {
  const text = `SELECT 1 FROM ${entity} WHERE id = ? AND (seq <= ? OR generation < ?)`
  return sql(tx, text).get(id, at.seq, at.generation) !== undefined
}

function noteTouched(tx: WriteTx, { entity, id }: { entity: EntityName; id: string }, changes: Changes): void {
  if (entity === 'patient') {
    changes.patientIds.add(id)
    changes.touched.patients = true
  }
  if (entity === 'person') markStaleOfDoctor(tx, id)
  if (entity === 'session') {
    changeSession(tx, changes, id)
    changes.touched.sessions = true
  }
  if (entity === 'person' || entity === 'practice_rules') changes.touched.practice = true
  if (entity === 'goal') {
    const goal = sql<{ patientId: string }>(tx, 'SELECT patient_id AS patientId FROM goal WHERE id = ?').get(id)
    if (goal !== undefined) changes.patientIds.add(goal.patientId)
    changes.touched.practice = true
  }
  if (entity !== 'read' && entity !== 'action' && entity !== 'question' && entity !== 'second_read') return
  const text = `SELECT session_id AS sessionId FROM ${entity} WHERE id = ?`
  const found = sql<{ sessionId: string }>(tx, text).get(id)
  if (found === undefined) return
  if (entity === 'read' || entity === 'action') changeSession(tx, changes, found.sessionId)
  else changeAbout(tx, changes, found.sessionId)
}
