import type { Goal } from '../../../server/contract/domain/goals.ts'
import { PersonId } from '../../../server/contract/domain/ids.ts'
import { saveGoal } from '../../../server/contract/domain/save-goal.ts'
import { AppError } from '../../../server/contract/errors.ts'
import { bodyOf, type ReadDb } from '../db.ts'
import { type EntityOverlay, listEntityOverlay, listOverlayAbout } from '../outbox/entity-overlay.ts'
import { sql } from '../statements.ts'

/** As this workstation sees it: the server's row with the changes made here on top. */
export function findGoal(db: ReadDb, id: string): Goal | undefined {
  const row = sql<{ body: string }>(db, 'SELECT body FROM goal WHERE id = ?').get(id)
  const goals = row === undefined ? [] : [bodyOf<Goal>(row.body)]
  return withChanges(goals, listEntityOverlay(db, id)).at(0)
}

/** Every goal of the patient: open ones first, of each the earliest due first, those without a day last. */
export function listGoals(db: ReadDb, patientId: string): Goal[] {
  const rows = sql<{ body: string }>(db, 'SELECT body FROM goal WHERE patient_id = ?').all(patientId)
  const goals = withChanges(
    rows.map((row) => bodyOf<Goal>(row.body)),
    listOverlayAbout(db, patientId),
  )
  return goals.toSorted(
    (a, b) =>
      Number(a.state !== 'open') - Number(b.state !== 'open') ||
      compareText(a.dueOn ?? '9999', b.dueOn ?? '9999') ||
      compareText(a.id, b.id),
  )
}

/** In {@link listGoals}' order. */
export function listOpenGoals(db: ReadDb, patientId: string): Goal[] {
  return listGoals(db, patientId).filter((goal) => goal.state === 'open')
}

function withChanges(goals: readonly Goal[], overlay: readonly EntityOverlay[]): Goal[] {
  const seen = new Map(goals.map((goal) => [goal.id, goal]))
  for (const row of overlay) if (row.name === 'goal.save') seen.set(row.args.id, replay(seen.get(row.args.id), row))
  return [...seen.values()]
}

/** One that the server will refuse is shown as its author wanted it, until the server has spoken. */
function replay(current: Goal | undefined, { args, base, personId }: EntityOverlay<'goal.save'>): Goal {
  const by = { personId: PersonId.parse(personId), nowMs: null }
  try {
    return saveGoal(current, args, base, by)
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    return { ...args, setBy: by.personId, changedAtMs: null }
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
