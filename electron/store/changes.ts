import type { WriteTx } from './db.ts'
import { refreshQueueOfPatient } from './queue/queue-rows.ts'
import { findPatientIdOfSession } from './sessions/sessions.ts'

export type Touched = { patients: boolean; sessions: boolean; reads: boolean }

/** What one transaction changed: whose queue rows to make anew before it ends, and what to announce after it. */
export type Changes = {
  readonly patientIds: Set<string>
  readonly touched: Touched
}

export function newChanges(): Changes {
  return { patientIds: new Set(), touched: { patients: false, sessions: false, reads: false } }
}

export function changeSession(tx: WriteTx, changes: Changes, sessionId: string): void {
  const patientId = findPatientIdOfSession(tx, sessionId)
  if (patientId !== undefined) changes.patientIds.add(patientId)
  changes.touched.reads = true
}

export function settleChanges(tx: WriteTx, changes: Changes): void {
  for (const patientId of changes.patientIds) refreshQueueOfPatient(tx, patientId)
}
