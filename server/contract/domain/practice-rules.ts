import { z } from 'zod'
import { type Goal, isGoalDue } from './goals.ts'
import { PersonId, PracticeId } from './ids.ts'
import { PatientStatus, TreatmentType } from './patients.ts'
import { DetailCode } from './tags.ts'

/** A word of the practice's own for detail tags. Retired words are offered no more and still read in old reads. */
export const PracticeDetail = z.strictObject({
  code: DetailCode.refine((code) => code.startsWith('x_'), 'A code of the practice begins with x_'),
  label: z.string().trim().min(1).max(60),
  teeth: z.boolean(),
  mm: z.boolean(),
  retired: z.boolean(),
})
export type PracticeDetail = z.infer<typeof PracticeDetail>

/** One question about a scan; a lane holds what answers all of its conditions with yes. */
export const LaneCondition = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('missing_photos') }),
  z.strictObject({ is: z.literal('flagged') }),
  z.strictObject({ is: z.literal('first_scan') }),
  z.strictObject({ is: z.literal('waiting_longer'), hours: z.int().min(1).max(2160) }),
  z.strictObject({ is: z.literal('patient_status'), status: PatientStatus }),
  z.strictObject({ is: z.literal('treatment'), treatment: TreatmentType }),
  /** Null: patients without a doctor. */
  z.strictObject({ is: z.literal('doctor'), personId: PersonId.nullable() }),
  z.strictObject({ is: z.literal('goal_due'), withinDays: z.int().min(0).max(365) }),
])
export type LaneCondition = z.infer<typeof LaneCondition>

/** A lane that the practice made: undecided scans that meet every condition. */
export const PracticeLane = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{1,16}$/),
  name: z.string().trim().min(1).max(40),
  conditions: z.array(LaneCondition).min(1).max(6),
})
export type PracticeLane = z.infer<typeof PracticeLane>

/** What the conditions ask of a scan and of its patient as they stand. */
export type ScanFacts = {
  readonly missingViews: number
  /** A photo has a flag, or a view is missing: the same as in the lane that every practice has. */
  readonly flagged: boolean
  readonly firstScan: boolean
  readonly submittedAtMs: number
}
export type PatientFacts = {
  readonly status: PatientStatus
  readonly treatment: TreatmentType | null
  readonly doctorId: string | null
  /** Open goals alone. */
  readonly goals: readonly Pick<Goal, 'dueOn' | 'quietUntil'>[]
}
/** @param today as a calendar day where the practice is, `nowMs` by the same clock */
export type Moment = { readonly nowMs: number; readonly today: string }

/** Whether an undecided scan belongs into the lane. */
export function matchesLane(
  { conditions }: Pick<PracticeLane, 'conditions'>,
  scan: ScanFacts,
  patient: PatientFacts,
  at: Moment,
): boolean {
  return conditions.every((condition) => holds(condition, scan, patient, at))
}

function holds(condition: LaneCondition, scan: ScanFacts, patient: PatientFacts, at: Moment): boolean {
  switch (condition.is) {
    case 'missing_photos':
      return scan.missingViews > 0
    case 'flagged':
      return scan.flagged
    case 'first_scan':
      return scan.firstScan
    case 'waiting_longer':
      return at.nowMs - scan.submittedAtMs > condition.hours * HOUR_MS
    case 'patient_status':
      return patient.status === condition.status
    case 'treatment':
      return patient.treatment === condition.treatment
    case 'doctor':
      return patient.doctorId === condition.personId
    case 'goal_due':
      return patient.goals.some((goal) => isGoalDue(goal, condition.withinDays, at.today))
  }
}

const HOUR_MS = 3_600_000

/** What a practice's administrator decides for everybody: one row per practice, its id is the practice's. */
export const PracticeRules = z.strictObject({
  id: PracticeId,
  details: z.array(PracticeDetail).max(100),
  lanes: z.array(PracticeLane).max(12),
  /** Share of first reads that come back blind to be read again, 0-100. */
  secondReadPercent: z.number().min(0).max(100),
  /** Who reads them: somebody else, the same clinician after a day, or whoever comes first. */
  secondReadBy: z.enum(['other', 'same', 'either']),
  /** How long each photo has to be on screen, at fit or larger, before a scan may be approved. */
  seenMs: z.int().min(0).max(5000),
  /** How long a decision that reaches the patient can be taken back before it leaves. */
  graceSeconds: z.int().min(0).max(60),
  /** Time for one case that the review screen counts against. */
  budgetSeconds: z.int().min(5).max(600),
  /** Changes accepted so far; the server's number. */
  revision: z.int().nonnegative(),
})
export type PracticeRules = z.infer<typeof PracticeRules>

/** What holds in a practice that never changed anything: the first read of the row, before it exists. */
export const STANDARD_RULES: Omit<PracticeRules, 'id'> = {
  details: [],
  lanes: [],
  secondReadPercent: 2,
  secondReadBy: 'other',
  seenMs: 400,
  graceSeconds: 10,
  budgetSeconds: 30,
  revision: 0,
}

/** What an administrator may set; the rest belongs to the server. */
export const RulesValues = PracticeRules.omit({ id: true, revision: true })
export type RulesValues = z.infer<typeof RulesValues>

/** The envelope's `base` holds each value that was changed from, compared as JSON. */
export const ChangeRules = z.strictObject({
  set: RulesValues.partial().refine((set) => Object.keys(set).length > 0, 'Nothing to change'),
})
export type ChangeRules = z.infer<typeof ChangeRules>
