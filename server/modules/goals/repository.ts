import type { Goal } from '../../contract/domain/goals.ts'
import { GoalId, PatientId, PersonId, type PracticeId } from '../../contract/domain/ids.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

export async function lockGoal(tx: PracticeTx, practiceId: PracticeId, id: GoalId): Promise<Goal | undefined> {
  const row = await tx
    .selectFrom('goal')
    .selectAll()
    .where('practice_id', '=', practiceId)
    .where('goal_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id: GoalId.parse(row.goal_id),
    patientId: PatientId.parse(row.patient_id),
    text: row.body,
    dueOn: row.due_on,
    quietUntil: row.quiet_until,
    state: row.state,
    setBy: PersonId.parse(row.set_by),
    changedAtMs: row.changed_at_ms,
  }
}

/** False when a colleague has just made one of this id. */
export async function insertGoal(tx: PracticeTx, practiceId: PracticeId, goal: Goal, nowMs: number): Promise<boolean> {
  const done = await tx
    .insertInto('goal')
    .values({ practice_id: practiceId, goal_id: goal.id, patient_id: goal.patientId, ...fieldsOf(goal, nowMs) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function updateGoal(tx: PracticeTx, practiceId: PracticeId, goal: Goal, nowMs: number): Promise<void> {
  await tx
    .updateTable('goal')
    .set(fieldsOf(goal, nowMs))
    .where('practice_id', '=', practiceId)
    .where('goal_id', '=', goal.id)
    .execute()
}

function fieldsOf({ text, dueOn, quietUntil, state, setBy }: Goal, nowMs: number) {
  return { body: text, due_on: dueOn, quiet_until: quietUntil, state, set_by: setBy, changed_at_ms: nowMs }
}
