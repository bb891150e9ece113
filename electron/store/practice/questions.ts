import { PersonId } from '../../../server/contract/domain/ids.ts'
import { answerQuestion, askQuestion, type Question } from '../../../server/contract/domain/questions.ts'
import { AppError } from '../../../server/contract/errors.ts'
import { bodyOf, type ReadDb } from '../db.ts'
import { type EntityOverlay, listEntityOverlay, listOverlayAbout } from '../outbox/entity-overlay.ts'
import { findPatientIdOfSession } from '../sessions/sessions.ts'
import { sql } from '../statements.ts'
import { PatientId } from '../../../server/contract/domain/ids.ts'

type Stored = { readonly body: string }

/** As this workstation sees it: the server's row with what was asked and answered here on top. */
export function findQuestion(db: ReadDb, id: string): Question | undefined {
  const row = sql<Stored>(db, 'SELECT body FROM question WHERE id = ?').get(id)
  const rows = row === undefined ? [] : [bodyOf<Question>(row.body)]
  return withChanges(db, rows, listEntityOverlay(db, id)).at(0)
}

/** Asked about this scan, newest first; those that the server does not know yet are the newest. */
export function listQuestions(db: ReadDb, sessionId: string): Question[] {
  const rows = sql<Stored & { seq: number }>(db, 'SELECT body, seq FROM question WHERE session_id = ?').all(sessionId)
  const known = rows.map((row) => bodyOf<Question>(row.body))
  const asked = withChanges(db, known, listOverlayAbout(db, sessionId))
  return asked
    .map((question, place) => ({ question, place }))
    .toSorted((a, b) => (b.question.askedAtMs ?? Infinity) - (a.question.askedAtMs ?? Infinity) || b.place - a.place)
    .map(({ question }) => question)
}

/** Scans of this patient about which anything was ever asked; some of them twice. */
export function listSessionsWithQuestions(db: ReadDb, patientId: string): string[] {
  const text = `SELECT q.session_id AS id FROM session s JOIN question q ON q.session_id = s.id WHERE s.patient_id = :patientId
    UNION ALL SELECT s.id FROM session s JOIN overlay o ON o.about = s.id WHERE s.patient_id = :patientId`
  return sql<{ id: string }>(db, text)
    .all({ patientId })
    .map((row) => row.id)
}

function withChanges(db: ReadDb, rows: readonly Question[], overlay: readonly EntityOverlay[]): Question[] {
  const seen = new Map<string, Question>(rows.map((row) => [row.id, row]))
  for (const change of overlay) {
    const now = replay(db, seen.get(change.entityId), change)
    if (now !== undefined) seen.set(change.entityId, now)
  }
  return [...seen.values()]
}

/** An answer that came second does not hide the first, and one to a question that has gone is shown nowhere. */
function replay(db: ReadDb, question: Question | undefined, change: EntityOverlay): Question | undefined {
  const by = { personId: PersonId.parse(change.personId), nowMs: null }
  if (change.name === 'question.ask') {
    const patientId = findPatientIdOfSession(db, change.args.sessionId)
    if (question !== undefined || patientId === undefined) return question
    return askQuestion(change.args, { patientId: PatientId.parse(patientId) }, by)
  }
  if (change.name !== 'question.answer' || question === undefined) return question
  try {
    return answerQuestion(question, change.args, by)
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    return question
  }
}
