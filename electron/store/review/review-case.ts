import type { HistoryEntry, ReviewCase } from '../../../preload/contract/review.ts'
import { reviewStateOf, standingReads } from '../../../server/contract/domain/reads.ts'
import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { ReadDb } from '../db.ts'
import { findPatient } from '../patients/patients.ts'
import { displayNameOf } from '../people/people.ts'
import { findSession, listSessionsOfPatient } from '../sessions/sessions.ts'
import { viewSession } from './session-view.ts'

const MAX_HISTORY = 20

/** Everything the review screen needs, from the store alone. @throws AppError `not-found` */
export function getReviewCase(db: ReadDb, sessionId: string): ReviewCase {
  const session = findSession(db, sessionId)
  const patient = session === undefined ? undefined : findPatient(db, session.patientId)
  if (session === undefined || patient === undefined) throw new AppError('not-found', { sessionId })
  const all = listSessionsOfPatient(db, patient.id)
  const at = all.findIndex((other) => other.id === session.id)
  const earlier = all.slice(0, at).toReversed()
  const view = viewSession(db, session)
  return {
    session,
    patient,
    doctorName: patient.doctorId === null ? null : displayNameOf(db, patient.doctorId) || null,
    priors: earlier.map(({ id, capturedOn, stage, images }) => ({ sessionId: id, capturedOn, stage, images })),
    reads: standingReads(view.reads).map((read) => ({
      read,
      readerName: displayNameOf(db, read.readerId),
      sent: !view.unsent.has(read.readId),
    })),
    actions: [...view.actions],
    state: reviewStateOf(view.reads),
    history: listHistory(db, earlier),
    goals: [],
    questions: [],
    secondReadId: null,
  }
}

function listHistory(db: ReadDb, earlier: readonly ScanSession[]): HistoryEntry[] {
  const entries: HistoryEntry[] = []
  for (const session of earlier) {
    for (const read of standingReads(viewSession(db, session).reads).toReversed()) {
      entries.push({ capturedOn: session.capturedOn, read, readerName: displayNameOf(db, read.readerId) })
      if (entries.length === MAX_HISTORY) return entries
    }
  }
  return entries
}
