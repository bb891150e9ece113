import { v7 as uuidV7 } from 'uuid'
import { GoalId, type PatientId, type PersonId, QuestionId, type SessionId } from '../contract/domain/ids.ts'
import type { SaveGoal } from '../contract/domain/goals.ts'
import { type ChangeRules, STANDARD_RULES } from '../contract/domain/practice-rules.ts'
import type { AnswerQuestion, AskQuestion } from '../contract/domain/questions.ts'
import { envelope } from './testing-sync.ts'

/** A change of the practice's rules, made on what stands in a practice that never changed any. */
export function changeRules(set: ChangeRules['set'], base: Record<string, unknown> = { ...STANDARD_RULES }) {
  return envelope('rules.change', { set }, { base })
}

export function newGoal(patientId: PatientId, change: Partial<SaveGoal> = {}): SaveGoal {
  const id = GoalId.parse(uuidV7())
  return { id, patientId, text: 'Close the gap', dueOn: '2030-05-01', quietUntil: null, state: 'open', ...change }
}

/** A new goal, or with `base` a change of one. */
export function saveGoal(goal: SaveGoal, base: Record<string, unknown> = {}) {
  return envelope('goal.save', goal, { base })
}

export function newQuestion(sessionId: SessionId, change: Partial<AskQuestion> = {}): AskQuestion {
  const look = { view: 'frontal', layout: 'pair', zoom: 2.5, x: 0.4, y: 0.6, priorSessionId: null } as const
  return { id: QuestionId.parse(uuidV7()), sessionId, askedOf: null, text: 'Would you hold?', look, ...change }
}

export const askOf = (sessionId: SessionId, askedOf: PersonId | null) =>
  envelope('question.ask', newQuestion(sessionId, { askedOf }))

export function answerOf(questionId: AnswerQuestion['questionId'], text = 'I would.') {
  return envelope('question.answer', { questionId, text })
}
