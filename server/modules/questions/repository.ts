import { PatientId, PersonId, type PracticeId, QuestionId, SessionId } from '../../contract/domain/ids.ts'
import type { Question } from '../../contract/domain/questions.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

function select(tx: PracticeTx, practiceId: PracticeId, id: QuestionId) {
  return tx.selectFrom('question').selectAll().where('practice_id', '=', practiceId).where('question_id', '=', id)
}

export async function findQuestion(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: QuestionId,
): Promise<Question | undefined> {
  const row = await select(tx, practiceId, id).executeTakeFirst()
  return row === undefined ? undefined : questionOf(row)
}

/** False when there is one of this id. */
export async function insertQuestion(
  tx: PracticeTx,
  practiceId: PracticeId,
  question: Question,
  nowMs: number,
): Promise<boolean> {
  const done = await tx
    .insertInto('question')
    .values({
      practice_id: practiceId,
      question_id: question.id,
      session_id: question.sessionId,
      patient_id: question.patientId,
      asked_by: question.askedBy,
      asked_of: question.askedOf,
      body: question.text,
      look: JSON.stringify(question.look),
      asked_at_ms: nowMs,
      answer: null,
      answered_by: null,
      answered_at_ms: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function saveAnswer(
  tx: PracticeTx,
  practiceId: PracticeId,
  id: QuestionId,
  answer: { readonly by: PersonId; readonly text: string },
  nowMs: number,
): Promise<void> {
  await tx
    .updateTable('question')
    .set({ answer: answer.text, answered_by: answer.by, answered_at_ms: nowMs })
    .where('practice_id', '=', practiceId)
    .where('question_id', '=', id)
    .execute()
}

export async function listQuestionIds(tx: PracticeTx, practiceId: PracticeId, sessionId: SessionId): Promise<string[]> {
  const rows = await tx
    .selectFrom('question')
    .select('question_id')
    .where('practice_id', '=', practiceId)
    .where('session_id', '=', sessionId)
    .execute()
  return rows.map((row) => row.question_id)
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirst']>>>

function questionOf(row: Row): Question {
  const { answer: text, answered_by: by, answered_at_ms: answeredAtMs } = row
  return {
    id: QuestionId.parse(row.question_id),
    sessionId: SessionId.parse(row.session_id),
    patientId: PatientId.parse(row.patient_id),
    askedBy: PersonId.parse(row.asked_by),
    askedOf: row.asked_of === null ? null : PersonId.parse(row.asked_of),
    text: row.body,
    look: row.look,
    askedAtMs: row.asked_at_ms,
    answer: text === null || by === null ? null : { by: PersonId.parse(by), text, answeredAtMs },
  }
}
