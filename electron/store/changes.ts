import type { WriteTx } from './db.ts'
import type { Overlaid } from './outbox/overlay.ts'
import { refreshPatientSearch } from './patients/patients.ts'
import { refreshQueueOfPatient } from './queue/queue-rows.ts'
import { markStale } from './queue/stale.ts'
import { findPatientIdOfSession } from './sessions/sessions.ts'

export type Touched = { patients: boolean; sessions: boolean; reads: boolean; practice: boolean }

/** What one transaction changed: whose queue rows to make anew before it ends, and what to announce after it. */
export type Changes = {
  readonly patientIds: Set<string>
  readonly touched: Touched
}

/** More than these in one transaction would hold up the screens: the others' rows follow in small steps. */
const SETTLED_AT_ONCE = 50

export function newChanges(): Changes {
  return { patientIds: new Set(), touched: { patients: false, sessions: false, reads: false, practice: false } }
}

export function changeSession(tx: WriteTx, changes: Changes, sessionId: string): void {
  const patientId = findPatientIdOfSession(tx, sessionId)
  if (patientId !== undefined) changes.patientIds.add(patientId)
  changes.touched.reads = true
}

/** A patient's fields as they are seen: server row or a change on top of it. */
export function changePatientRow(tx: WriteTx, changes: Changes, patientId: string): void {
  refreshPatientSearch(tx, patientId)
  changes.patientIds.add(patientId)
  changes.touched.patients = true
}

/** Something that is said about a scan besides its reads: questions, draws for a second read. */
export function changeAbout(tx: WriteTx, changes: Changes, sessionId: string): void {
  const patientId = findPatientIdOfSession(tx, sessionId)
  if (patientId !== undefined) changes.patientIds.add(patientId)
  changes.touched.practice = true
}

/** A change came on top of the server's rows, or left them. */
export function changeOverlaid(tx: WriteTx, changes: Changes, { name, sessionId, patientId, about }: Overlaid): void {
  if (sessionId !== null) changeSession(tx, changes, sessionId)
  else if (patientId !== null) changePatientRow(tx, changes, patientId)
  else if (name === 'goal.save' && about !== null) {
    changes.patientIds.add(about)
    changes.touched.practice = true
  } else if (about !== null) changeAbout(tx, changes, about)
  else changes.touched.practice = true
}

export function settleChanges(tx: WriteTx, changes: Changes): void {
  const now = [...changes.patientIds].slice(0, SETTLED_AT_ONCE)
  for (const patientId of now) {
    refreshQueueOfPatient(tx, patientId)
    changes.patientIds.delete(patientId)
  }
  deferChanges(tx, changes)
  for (const patientId of now) changes.patientIds.add(patientId)
}

/** All of them follow in small steps: more pages are coming, which may well be about the same patients. */
export function deferChanges(tx: WriteTx, changes: Changes): void {
  markStale(tx, changes.patientIds)
  changes.patientIds.clear()
}

/** Adds `more` to `changes`, to announce both as one. */
export function mergeChanges(changes: Changes, more: Changes): void {
  for (const id of more.patientIds) changes.patientIds.add(id)
  for (const what of ['patients', 'sessions', 'reads', 'practice'] as const)
    changes.touched[what] ||= more.touched[what]
}
