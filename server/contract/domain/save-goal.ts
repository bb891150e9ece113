import { AppError } from '../errors.ts'
import type { Goal, SaveGoal } from './goals.ts'
import type { PersonId } from './ids.ts'

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
  const changed = GOAL_FIELDS.filter((field) => !Object.hasOwn(base, field) || base[field] !== args[field])
  const stale = changed.filter(
    (field) => current[field] !== args[field] && !(Object.hasOwn(base, field) && base[field] === current[field]),
  )
  if (stale.length > 0) throw new AppError('goal.stale', { goalId: args.id, fields: stale.join(' ') })
  return { ...current, ...Object.fromEntries(changed.map((field) => [field, args[field]])), ...made }
}
