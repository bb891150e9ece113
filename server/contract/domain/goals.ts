import { z } from 'zod'
import { AppError } from '../errors.ts'
import { GoalId, PatientId, PersonId } from './ids.ts'
import { sameJson } from './same-json.ts'
import { CalendarDay, EpochMs } from './time.ts'

/** What treatment is to reach for one patient, by when. Shown beside the photos and in lanes. */
export const Goal = z.strictObject({
  id: GoalId,
  patientId: PatientId,
  text: z.string().trim().min(1).max(300),
  dueOn: CalendarDay.nullable(),
  /** Nothing reminds of the goal before this day; null for no quiet period. */
  quietUntil: CalendarDay.nullable(),
  state: z.enum(['open', 'reached', 'dropped']),
  setBy: PersonId,
  /** The server's clock at the last change; null while only this workstation knows it. */
  changedAtMs: EpochMs.nullable(),
})
export type Goal = z.infer<typeof Goal>

/** Makes a goal or changes it; fields as they shall be. The envelope's `base` holds the earlier values, empty for a new one. */
export const SaveGoal = Goal.omit({ setBy: true, changedAtMs: true })
export type SaveGoal = z.infer<typeof SaveGoal>

/**
 * Whether an open goal is to be reached by then, or should have been: not without a day, and not in its quiet period.
 * @param today a calendar day where the practice is
 */
export function isGoalDue(
  { dueOn, quietUntil }: Pick<Goal, 'dueOn' | 'quietUntil'>,
  withinDays: number,
  today: string,
): boolean {
  if (dueOn === null || (quietUntil !== null && today < quietUntil)) return false
  return dueOn <= dayAfter(today, withinDays)
}

function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

const GOAL_FIELDS = ['text', 'dueOn', 'quietUntil', 'state'] as const

/**
 * The goal after it was made or changed: run optimistically on the workstation and again, with authority, on the
 * server. Two people may change different fields: what this change left as it was (`base`) stays as it is by now.
 * @param current the goal as it stands; undefined when there is none of this id
 * @param base the values that the change was made on, as a workstation sent them; empty for a new goal
 * @throws AppError `goal.stale` when a colleague changed one of the changed fields first; `not-found` for a change of
 *   what is not there; `input.invalid` when the goal is another patient's
 */
export function saveGoal(
  current: Goal | undefined,
  args: SaveGoal,
  base: Readonly<Record<string, unknown>>,
  by: { personId: PersonId; nowMs: number | null },
): Goal {
  const made = { setBy: by.personId, changedAtMs: by.nowMs }
  if (current === undefined) {
    if (Object.keys(base).length > 0) throw new AppError('not-found', { goalId: args.id })
    return { ...args, ...made }
  }
  if (current.patientId !== args.patientId) throw new AppError('input.invalid', { goalId: args.id })
  const changed = GOAL_FIELDS.filter((field) => !Object.hasOwn(base, field) || !sameJson(base[field], args[field]))
  const stale = changed.filter(
    (field) => current[field] !== args[field] && !(Object.hasOwn(base, field) && base[field] === current[field]),
  )
  if (stale.length > 0) throw new AppError('goal.stale', { goalId: args.id, fields: stale.join(' ') })
  return { ...current, ...Object.fromEntries(changed.map((field) => [field, args[field]])), ...made }
}
