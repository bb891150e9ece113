import type { PracticeChange } from '../../../preload/contract/attention.ts'
import { SaveGoal } from '../../../server/contract/domain/goals.ts'
import { listName } from '../../../server/contract/domain/patients.ts'
import { ChangeRules, RulesValues } from '../../../server/contract/domain/practice-rules.ts'
import { AnswerQuestion, AskQuestion } from '../../../server/contract/domain/questions.ts'
import { bodyOf, type ReadDb } from '../db.ts'
import type { AttentionRow } from '../outbox/attention.ts'
import { findPatient } from '../patients/patients.ts'
import { displayNameOf } from '../people/people.ts'
import { findGoal } from '../practice/goals.ts'
import { findQuestion } from '../practice/questions.ts'
import { rulesInForce } from '../practice/rules.ts'
import { findSession, listSessionBriefs } from '../sessions/sessions.ts'

type Row = Pick<AttentionRow, 'name' | 'args' | 'base'>
/** What a person wanted, as arguments of the mutation that was refused. */
export type WantedPracticeChange =
  | { readonly name: 'rules.change'; readonly args: ChangeRules }
  | { readonly name: 'goal.save'; readonly args: SaveGoal }
  | { readonly name: 'question.ask'; readonly args: AskQuestion }
  | { readonly name: 'question.answer'; readonly args: AnswerQuestion }

/** Undefined for another kind of change, and for arguments of a version that this one does not read. */
export function findWantedPracticeChange({ name, args }: Pick<Row, 'name' | 'args'>): WantedPracticeChange | undefined {
  const json: unknown = JSON.parse(args)
  switch (name) {
    case 'rules.change':
      return wanted(name, ChangeRules.safeParse(json).data)
    case 'goal.save':
      return wanted(name, SaveGoal.safeParse(json).data)
    case 'question.ask':
      return wanted(name, AskQuestion.safeParse(json).data)
    case 'question.answer':
      return wanted(name, AnswerQuestion.safeParse(json).data)
    default:
      return undefined
  }
}

function wanted<N, A>(name: N, args: A | undefined): { readonly name: N; readonly args: A } | undefined {
  return args === undefined ? undefined : { name, args }
}

/** The scan that a question is about, or the newest of a goal's patient, if it is (still) here; else undefined. */
export function scanOfPracticeChange(db: ReadDb, change: WantedPracticeChange): string | undefined {
  switch (change.name) {
    case 'rules.change':
      return undefined
    case 'goal.save':
      return listSessionBriefs(db, change.args.patientId).at(-1)?.sessionId
    case 'question.ask':
      return change.args.sessionId
    case 'question.answer':
      return findQuestion(db, change.args.questionId)?.sessionId
  }
}

/** Whether what it is about is here, so that it can be tried once more. */
export function isPracticeChangeHere(db: ReadDb, change: WantedPracticeChange): boolean {
  switch (change.name) {
    case 'rules.change':
      return true
    case 'goal.save':
      return findPatient(db, change.args.patientId) !== undefined
    case 'question.ask':
      return findSession(db, change.args.sessionId) !== undefined
    case 'question.answer':
      return findQuestion(db, change.args.questionId)?.answer === null
  }
}

/** Both values, and what the change was made on. */
export function practiceChangeOf(db: ReadDb, change: WantedPracticeChange, base: string): PracticeChange {
  switch (change.name) {
    case 'rules.change':
      return {
        about: 'rules',
        base: bodyOf<Partial<RulesValues>>(base),
        set: change.args.set,
        current: RulesValues.strip().parse(rulesInForce(db)),
      }
    case 'goal.save': {
      const { id, patientId, ...set } = change.args
      const current = findGoal(db, id)
      const patient = findPatient(db, patientId)
      return {
        about: 'goal',
        patientId,
        patientName: patient === undefined ? '' : listName(patient),
        base: bodyOf<Partial<typeof set>>(base),
        set,
        current: current === undefined ? null : pick(current),
      }
    }
    case 'question.ask': {
      const { askedOf, text } = change.args
      return { about: 'question', askedOf, askedOfName: askedOf === null ? null : displayNameOf(db, askedOf), text }
    }
    case 'question.answer': {
      const question = findQuestion(db, change.args.questionId)
      const answer = question?.answer ?? null
      return {
        about: 'answer',
        question: question?.text ?? null,
        text: change.args.text,
        current: answer === null ? null : { text: answer.text, byName: displayNameOf(db, answer.by) },
      }
    }
  }
}

function pick({ text, dueOn, quietUntil, state }: Omit<SaveGoal, 'id' | 'patientId'>) {
  return { text, dueOn, quietUntil, state }
}
