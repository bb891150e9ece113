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
