import type { HistoryEntry, ReviewCase } from '../../../preload/contract/review.ts'
import { type Read, reviewStateOf, standingReads } from '../../../server/contract/domain/reads.ts'
import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { ReadDb } from '../db.ts'
import { findDraft } from '../drafts/drafts.ts'
import { findPatient } from '../patients/patients.ts'
import { displayNameOf } from '../people/people.ts'
import { listOpenGoals } from '../practice/goals.ts'
import { listQuestions } from '../practice/questions.ts'
import { findOffered, listSecondReads, type OpenSecond, openSeconds, type Viewer } from '../practice/second-reads.ts'
import { findSession, listSessionsOfPatient } from '../sessions/sessions.ts'
import { type SessionView, viewSession } from './session-view.ts'

const MAX_HISTORY = 20

/**
 * Everything the review screen needs, from the store alone. Whoever is to read the scan blind gets it as one that
 * nobody has read.
 * @param viewer null for nobody in particular
 * @throws AppError `not-found`
 */
export function getReviewCase(db: ReadDb, sessionId: string, viewer: Viewer | null = null): ReviewCase {
  const session = findSession(db, sessionId)
  const patient = session === undefined ? undefined : findPatient(db, session.patientId)
  if (session === undefined || patient === undefined) throw new AppError('not-found', { sessionId })
  const all = listSessionsOfPatient(db, patient.id)
  const at = all.findIndex((other) => other.id === session.id)
  const earlier = all.slice(0, at).toReversed()
  const view = viewSession(db, session)
  const second = offeredTo(db, session.id, view.reads, viewer)
  const seen = second === undefined ? view : UNREAD
  return {
    session,
    patient,
    doctorName: patient.doctorId === null ? null : displayNameOf(db, patient.doctorId) || null,
    priors: earlier.map(({ id, capturedOn, stage, aligners, images }) => ({
      sessionId: id,
      capturedOn,
      stage,
      aligners,
      images,
    })),
    reads: standingReads(seen.reads).map((read) => ({
      read,
      readerName: displayNameOf(db, read.readerId),
      sent: !view.unsent.has(read.readId),
    })),
    ...replacedOf(db, seen.reads),
    actions: [...seen.actions],
    state: reviewStateOf(seen.reads),
    history: listHistory(db, earlier, viewer),
    goals: listOpenGoals(db, patient.id),
    questions: second === undefined ? questionsOf(db, session.id) : [],
    secondReadId: second?.id ?? null,
    ...draftOf(db, session.id, view.reads, viewer),
  }
}

function draftOf(db: ReadDb, sessionId: string, reads: readonly Read[], viewer: Viewer | null) {
  const draft = viewer === null ? undefined : findDraft(db, { sessionId, personId: viewer.personId }, reads)
  return draft === undefined ? {} : { draft }
}

/** In the order of their commits. */
function replacedOf(db: ReadDb, reads: readonly Read[]): Pick<ReviewCase, 'replacedReads'> {
  const standing = new Set(standingReads(reads))
  const replaced = reads.filter((read) => !standing.has(read))
  if (replaced.length === 0) return {}
  return {
    replacedReads: replaced.map((read) => ({
      read,
      readerName: displayNameOf(db, read.readerId),
      replacedAtMs: reads.find((later) => later.supersedes === read.readId)?.recordedAtMs ?? null,
    })),
  }
}

const UNREAD: Pick<SessionView, 'reads' | 'actions'> = { reads: [], actions: [] }

function offeredTo(
  db: ReadDb,
  sessionId: string,
  reads: SessionView['reads'],
  viewer: Viewer | null,
): OpenSecond | undefined {
  return viewer === null ? undefined : findOffered(openSeconds(listSecondReads(db, sessionId), reads), viewer)
}

function questionsOf(db: ReadDb, sessionId: string): ReviewCase['questions'] {
  return listQuestions(db, sessionId).map((question) => ({
    question,
    askedByName: displayNameOf(db, question.askedBy),
    answeredByName: question.answer === null ? null : displayNameOf(db, question.answer.by),
  }))
}

/** Nothing of a scan that the viewer is still to read blind: a later scan of the patient must not give it away. */
function listHistory(db: ReadDb, earlier: readonly ScanSession[], viewer: Viewer | null): HistoryEntry[] {
  const entries: HistoryEntry[] = []
  for (const session of earlier) {
    const { reads, actions } = viewSession(db, session)
    if (offeredTo(db, session.id, reads, viewer) !== undefined) continue
    for (const read of standingReads(reads).toReversed()) {
      const outcome = actions.find(({ readId }) => readId === read.readId)?.outcome
      const readerName = displayNameOf(db, read.readerId)
      entries.push({ capturedOn: session.capturedOn, read, readerName, ...(outcome !== undefined && { outcome }) })
      if (entries.length === MAX_HISTORY) return entries
    }
  }
  return entries
}
