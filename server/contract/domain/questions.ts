import { z } from 'zod'
import { AppError } from '../errors.ts'
import { PatientId, PersonId, QuestionId, SessionId } from './ids.ts'
import { EpochMs } from './time.ts'
import { View } from './views.ts'

/** What the asker had on screen: the colleague opens the case with the same picture. Fractions of the current photo. */
export const SharedLook = z.strictObject({
  view: View,
  layout: z.enum(['montage', 'pair', 'strip']),
  zoom: z.number().min(1).max(64),
  x: z.number().min(-1).max(2),
  y: z.number().min(-1).max(2),
  /** The earlier scan beside it; null for none. */
  priorSessionId: SessionId.nullable(),
})
export type SharedLook = z.infer<typeof SharedLook>

/** One clinician asks a colleague about a case; the answer closes it. */
export const Question = z.strictObject({
  id: QuestionId,
  sessionId: SessionId,
  patientId: PatientId,
  askedBy: PersonId,
  /** Null: any clinician of the practice. */
  askedOf: PersonId.nullable(),
  text: z.string().trim().min(1).max(1000),
  look: SharedLook,
  /** The server's clock; null while only this workstation knows it. */
  askedAtMs: EpochMs.nullable(),
  answer: z
    .strictObject({ by: PersonId, text: z.string().trim().min(1).max(1000), answeredAtMs: EpochMs.nullable() })
    .nullable(),
})
export type Question = z.infer<typeof Question>

export const AskQuestion = Question.pick({ id: true, sessionId: true, askedOf: true, text: true, look: true })
export type AskQuestion = z.infer<typeof AskQuestion>

/** The first answer stands; a later one is parked with `question.answered`. */
export const AnswerQuestion = z.strictObject({ questionId: QuestionId, text: z.string().trim().min(1).max(1000) })
export type AnswerQuestion = z.infer<typeof AnswerQuestion>

type By = { personId: PersonId; nowMs: number | null }

/** What is asked about a session, on workstation and server alike; that session and colleague exist is the caller's to know. */
export function askQuestion(args: AskQuestion, session: { readonly patientId: PatientId }, by: By): Question {
  return { ...args, patientId: session.patientId, askedBy: by.personId, askedAtMs: by.nowMs, answer: null }
}

/** An open question is anybody's; one that names a colleague is theirs, and the asker's own who has found out. */
export function mayAnswer(question: Pick<Question, 'askedOf' | 'askedBy'>, person: PersonId): boolean {
  return question.askedOf === null || question.askedOf === person || question.askedBy === person
}

/**
 * The question with its answer: run optimistically on the workstation and again, with authority, on the server.
 * @throws AppError `auth.denied` when it was asked of somebody else; `question.answered` when a colleague was first
 */
export function answerQuestion(question: Question, args: AnswerQuestion, by: By): Question {
  if (!mayAnswer(question, by.personId)) throw new AppError('auth.denied', { questionId: question.id })
  if (question.answer !== null) throw new AppError('question.answered', { questionId: question.id })
  return { ...question, answer: { by: by.personId, text: args.text, answeredAtMs: by.nowMs } }
}
