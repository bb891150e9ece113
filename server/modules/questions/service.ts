import { isDeepStrictEqual } from 'node:util'
import type { PersonId, PracticeId } from '../../contract/domain/ids.ts'
import { answerQuestion, askQuestion, type Question } from '../../contract/domain/questions.ts'
import { AppError } from '../../contract/errors.ts'
import type { MutationArgs } from '../../contract/sync/mutations.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { findPerson } from '../people/service.ts'
import { isPublishedOf, lockPublishedSession } from '../scans/service.ts'
import type { MutationContext } from '../sync/service.ts'
import { mayConfer } from './policy.ts'
import { findQuestion, insertQuestion, saveAnswer } from './repository.ts'

/** For the withdrawal of a session. */
export { listQuestionIds } from './repository.ts'

/** @throws AppError `not-found` for a session, a colleague or an earlier scan that is none of this practice's */
export async function applyAskQuestion(
  { tx, feed, caller, nowMs }: MutationContext,
  args: MutationArgs<'question.ask'>,
): Promise<void> {
  const { practiceId, personId, roles } = caller
  if (!mayConfer(roles)) throw new AppError('auth.denied', { sessionId: args.sessionId })
  const session = await lockPublishedSession(tx, practiceId, args.sessionId)
  if (args.askedOf !== null) await findColleague(tx, practiceId, args.askedOf)
  const prior = args.look.priorSessionId
  if (prior !== null && !(await isPublishedOf(tx, practiceId, prior, session.patientId))) {
    throw new AppError('not-found', { sessionId: prior })
  }
  const question = askQuestion(args, session, { personId, nowMs })
  if (!(await insertQuestion(tx, practiceId, question, nowMs))) return refuseOther(tx, practiceId, question)
  feed.put('question', question.id, question)
  const subject = { questionId: question.id, sessionId: args.sessionId, ...(args.askedOf && { askedOf: args.askedOf }) }
  feed.audit(caller, { action: 'question.ask', outcome: 'done', subject })
}

/** @throws AppError `question.answered` when a colleague was first, `auth.denied` when it was asked of somebody else */
export async function applyAnswerQuestion(
  { tx, feed, caller, nowMs }: MutationContext,
  args: MutationArgs<'question.answer'>,
): Promise<void> {
  const { practiceId, personId, roles } = caller
  if (!mayConfer(roles)) throw new AppError('auth.denied', { questionId: args.questionId })
  const named = await findQuestion(tx, practiceId, args.questionId)
  if (named === undefined) throw new AppError('not-found', { questionId: args.questionId })
  await lockPublishedSession(tx, practiceId, named.sessionId)
  // Once more, with the lock that every answer takes: of two at once the second finds the first.
  const current = (await findQuestion(tx, practiceId, args.questionId)) ?? named
  const question = answerQuestion(current, args, { personId, nowMs })
  await saveAnswer(tx, practiceId, question.id, { by: personId, text: args.text }, nowMs)
  feed.put('question', question.id, question)
  const subject = { questionId: question.id, sessionId: question.sessionId }
  feed.audit(caller, { action: 'question.answer', outcome: 'done', subject })
}

/** Somebody who can answer: a question to anybody else would lie there for ever, and its author is told. */
async function findColleague(tx: PracticeTx, practiceId: PracticeId, personId: PersonId): Promise<void> {
  const colleague = await findPerson(tx, practiceId, personId)
  if (colleague?.active !== true || !mayConfer(colleague.roles)) throw new AppError('not-found', { personId })
}

/** The same question again changes nothing; another under its id is a conflict. */
async function refuseOther(tx: PracticeTx, practiceId: PracticeId, question: Question): Promise<void> {
  const there = await findQuestion(tx, practiceId, question.id)
  const same = { ...question, askedAtMs: there?.askedAtMs, answer: there?.answer }
  if (!isDeepStrictEqual(there, same)) throw new AppError('conflict.exists', { questionId: question.id })
}
