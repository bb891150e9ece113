import { changedRules, changeRules } from '../../server/contract/domain/change-rules.ts'
import type { Goal, SaveGoal } from '../../server/contract/domain/goals.ts'
import type { PracticeId } from '../../server/contract/domain/ids.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import type { ChangeRules, PracticeRules } from '../../server/contract/domain/practice-rules.ts'
import {
  type AnswerQuestion,
  answerQuestion,
  type AskQuestion,
  askQuestion,
  type Question,
} from '../../server/contract/domain/questions.ts'
import type { Role } from '../../server/contract/domain/roles.ts'
import { sameJson } from '../../server/contract/domain/same-json.ts'
import { saveGoal } from '../../server/contract/domain/save-goal.ts'
import { AppError } from '../../server/contract/errors.ts'
import { type MutationArgs, MUTATIONS } from '../../server/contract/sync/mutations.ts'
import type { WantedPracticeChange } from '../store/attention/practice-change.ts'
import { type Changes, changeOverlaid, newChanges, settleChanges } from '../store/changes.ts'
import type { WriteTx } from '../store/db.ts'
import { type EntityChange, saveEntityOverlay } from '../store/outbox/entity-overlay.ts'
import { enqueue } from '../store/outbox/outbox.ts'
import { findPatient } from '../store/patients/patients.ts'
import { findPerson, findPractice } from '../store/people/people.ts'
import { findGoal } from '../store/practice/goals.ts'
import { findQuestion } from '../store/practice/questions.ts'
import { getRules } from '../store/practice/rules.ts'
import { findSession } from '../store/sessions/sessions.ts'

export type PracticeBy = { readonly person: Person; readonly nowMs: number }
type Done<T> = T & {
  readonly changes: Changes
  /** Null when it was so already. */
  readonly mutationId: string | null
}

/**
 * The practice's rules in the caller's one transaction: in force here at once, in the outbox with the values that they
 * were made on. Fields that are so already are left out, so that they cannot meet a colleague's change.
 * @param whole sends every field all the same: it stands in for a change that the server did not take
 * @throws AppError `auth.denied`; `input.invalid` for two words or lanes of one name, and for a word that is gone
 */
export function changeRulesLocally(
  tx: WriteTx,
  { set }: ChangeRules,
  by: PracticeBy & { readonly practiceId: PracticeId },
  whole = false,
): Done<{ readonly rules: PracticeRules }> {
  const before = getRules(tx, by.practiceId)
  const fields = changedRules(set).filter((field) => whole || !sameJson(before[field], set[field]))
  const base = Object.fromEntries(fields.map((field) => [field, before[field]]))
  const wanted = Object.fromEntries(fields.map((field) => [field, set[field]]))
  mustBe(by.person, 'rules.change')
  if (fields.length === 0) return { rules: before, changes: newChanges(), mutationId: null }
  changeRules(before, wanted, base)
  const queued = queue(tx, 'rules.change', { set: wanted }, { entityId: by.practiceId, about: null, base }, by)
  return { rules: getRules(tx, by.practiceId), ...queued }
}

/**
 * Makes a goal, or changes it.
 * @throws AppError `auth.denied`; `not-found` for a patient who is not here; `input.invalid` for another patient's goal
 */
export function saveGoalLocally(
  tx: WriteTx,
  args: SaveGoal,
  by: PracticeBy,
  whole = false,
): Done<{ readonly goal: Goal }> {
  mustBe(by.person, 'goal.save')
  if (findPatient(tx, args.patientId) === undefined) throw new AppError('not-found', { patientId: args.patientId })
  const before = findGoal(tx, args.id)
  const base = before === undefined ? {} : valuesOf(before)
  if (before !== undefined && !whole && before.patientId === args.patientId && sameJson(base, valuesOf(args)))
    return { goal: before, changes: newChanges(), mutationId: null }
  const goal = saveGoal(before, args, base, { personId: by.person.id, nowMs: null })
  return { goal, ...queue(tx, 'goal.save', args, { entityId: args.id, about: args.patientId, base }, by) }
}

/** The same once more, whole and on what stands now, in place of one that the server did not take. */
export function changePracticeAnew(tx: WriteTx, { name, args }: WantedPracticeChange, by: PracticeBy): Done<object> {
  switch (name) {
    case 'rules.change':
      return changeRulesLocally(tx, args, { ...by, practiceId: findPracticeId(tx) }, true)
    case 'goal.save':
      return saveGoalLocally(tx, args, by, true)
    case 'question.ask':
      return askLocally(tx, args, by)
    case 'question.answer':
      return answerLocally(tx, args, by)
  }
}

function findPracticeId(tx: WriteTx): PracticeId {
  const practice = findPractice(tx)
  if (practice === undefined) throw new AppError('not-found', { reason: 'practice' })
  return practice.id
}

/** What a change of a goal may meet a colleague's change in. */
export function valuesOf({ text, dueOn, quietUntil, state }: Pick<Goal, 'text' | 'dueOn' | 'quietUntil' | 'state'>) {
  return { text, dueOn, quietUntil, state }
}

/**
 * Asking the same again changes nothing.
 * @throws AppError `auth.denied`; `not-found` for a scan or a colleague who is not here; `conflict.exists` when another
 *   question has this id
 */
export function askLocally(tx: WriteTx, args: AskQuestion, by: PracticeBy): Done<{ readonly question: Question }> {
  mustBe(by.person, 'question.ask')
  const session = findSession(tx, args.sessionId)
  if (session === undefined) throw new AppError('not-found', { sessionId: args.sessionId })
  if (args.askedOf !== null && findPerson(tx, args.askedOf) === undefined)
    throw new AppError('not-found', { personId: args.askedOf })
  const known = findQuestion(tx, args.id)
  const question = askQuestion(args, session, { personId: by.person.id, nowMs: null })
  if (known !== undefined) {
    if (!sameJson({ ...known, askedAtMs: null, answer: null }, question))
      throw new AppError('conflict.exists', { questionId: args.id })
    return { question: known, changes: newChanges(), mutationId: null }
  }
  return { question, ...queue(tx, 'question.ask', args, { entityId: args.id, about: args.sessionId, base: {} }, by) }
}

/** @throws AppError `auth.denied`; `not-found`; `question.answered` when a colleague was first */
export function answerLocally(
  tx: WriteTx,
  args: AnswerQuestion,
  by: PracticeBy,
): Done<{ readonly question: Question }> {
  mustBe(by.person, 'question.answer')
  const asked = findQuestion(tx, args.questionId)
  if (asked === undefined) throw new AppError('not-found', { questionId: args.questionId })
  const question = answerQuestion(asked, args, { personId: by.person.id, nowMs: null })
  const place = { entityId: args.questionId, about: asked.sessionId, base: {} }
  return { question, ...queue(tx, 'question.answer', args, place, by) }
}

function mustBe(person: Person, name: EntityChange): void {
  const who: readonly Role[] = MUTATIONS[name].who
  if (!person.roles.some((role) => who.includes(role))) throw new AppError('auth.denied', { mutation: name })
}

type Place = {
  readonly entityId: string
  readonly about: string | null
  readonly base: Readonly<Record<string, unknown>>
}

function queue<N extends EntityChange>(
  tx: WriteTx,
  name: N,
  args: MutationArgs<N>,
  { entityId, about, base }: Place,
  { person, nowMs }: PracticeBy,
): { mutationId: string; changes: Changes } {
  const sender = { personId: person.id, nowMs, notBeforeMs: 0 }
  const queued = enqueue(tx, name, args, sender, { subject: entityId, base })
  saveEntityOverlay(tx, name, { ...queued, personId: person.id, entityId, about, args, base })
  const changes = newChanges()
  changeOverlaid(tx, changes, { name, sessionId: null, patientId: null, about })
  settleChanges(tx, changes)
  return { mutationId: queued.mutationId, changes }
}
