import type { Database } from 'better-sqlite3'
import { write } from '../../electron/store/db.ts'
import { listGoals } from '../../electron/store/practice/goals.ts'
import { answerLocally, askLocally, changeRulesLocally, saveGoalLocally } from '../../electron/sync/change-practice.ts'
import { GoalId, PatientId, QuestionId, SessionId } from '../../server/contract/domain/ids.ts'
import type { Goal } from '../../server/contract/domain/goals.ts'
import { ids } from './seams/ids.ts'
import type { Station } from './workstation/station.ts'

export type PracticeWork = 'rules' | 'goal' | 'ask' | 'answer'

/** What the signed-in person does to the practice's own rows: in one transaction, by the very functions of the product. */
export function changePractice(station: Station, work: PracticeWork, number: number): void {
  const db = station.db()
  const { practiceId } = station
  const by = { person: station.state.person, nowMs: station.clock.nowMs(), practiceId }
  if (work === 'rules') {
    const set = number % 2 === 0 ? { seenMs: number * 100 } : { budgetSeconds: 20 + number, seenMs: 700 }
    write(db, (tx) => changeRulesLocally(tx, { set }, by))
  }
  if (work === 'goal') saveGoal(db, number, by)
  if (work === 'ask') ask(db, number, by)
  const questionId = pick(db, 'SELECT id FROM question UNION SELECT entity_id FROM overlay WHERE name = ?', number, [
    'question.ask',
  ])
  if (work === 'answer' && questionId !== undefined)
    write(db, (tx) => answerLocally(tx, { questionId: QuestionId.parse(questionId), text: `Answer ${number}` }, by))
}

type By = Parameters<typeof saveGoalLocally>[2]

/** Half of them new, half of them a change of one field of a goal that is there. */
function saveGoal(db: Database, number: number, by: By): void {
  const id = pick(db, 'SELECT id FROM patient ORDER BY id', number, [])
  if (id === undefined) return
  const patientId = PatientId.parse(id)
  const goals = listGoals(db, patientId)
  const known = number % 2 === 0 ? goals[number % Math.max(1, goals.length)] : undefined
  const args = known === undefined ? newGoal(patientId) : changed(known, number)
  write(db, (tx) => saveGoalLocally(tx, args, by))
}

function newGoal(patientId: PatientId) {
  const id = GoalId.parse(ids.next())
  return { id, patientId, text: 'Class I canines', dueOn: null, quietUntil: null, state: 'open' as const }
}

function changed({ setBy: _setBy, changedAtMs: _changedAtMs, ...goal }: Goal, number: number) {
  if (number % 4 === 0) return { ...goal, text: `Goal ${number}` }
  return number % 3 === 0 ? { ...goal, state: 'reached' as const } : { ...goal, dueOn: `2026-02-${10 + number}` }
}

function ask(db: Database, number: number, by: By): void {
  const sessionId = pick(db, 'SELECT id FROM session ORDER BY submitted_at_ms, id', number, [])
  if (sessionId === undefined) return
  const look = { view: 'frontal', layout: 'montage', zoom: 1, x: 0.5, y: 0.5, priorSessionId: null } as const
  const id = QuestionId.parse(ids.next())
  const args = { id, sessionId: SessionId.parse(sessionId), askedOf: null, text: 'Go on like this?', look }
  write(db, (tx) => askLocally(tx, args, by))
}

function pick(db: Database, text: string, number: number, values: readonly string[]): string | undefined {
  const all = db.prepare<string[], { id: string }>(text).all(...values)
  return all[number % Math.max(1, all.length)]?.id
}
