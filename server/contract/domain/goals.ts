import { z } from 'zod'
import { GoalId, PatientId, PersonId } from './ids.ts'
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
