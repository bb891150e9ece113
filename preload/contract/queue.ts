import { z } from 'zod'
import { Goal } from '../../server/contract/domain/goals.ts'
import { PatientId, SessionId } from '../../server/contract/domain/ids.ts'
import { PatientStatus } from '../../server/contract/domain/patients.ts'
import { QualityFlag } from '../../server/contract/domain/photos.ts'
import type { PracticeLane } from '../../server/contract/domain/practice-rules.ts'
import { ReviewState } from '../../server/contract/domain/reads.ts'
import { Score } from '../../server/contract/domain/tags.ts'
import { CalendarDay, EpochMs } from '../../server/contract/domain/time.ts'
import { View } from '../../server/contract/domain/views.ts'

/**
 * Lanes that every practice has, in their order. `all` is every session of the practice, decided or not; `asked` holds
 * cases with an open question for the signed-in person.
 */
export const BuiltInLane = z.enum([
  'waiting',
  'flagged',
  'overdue',
  'first_scan',
  'refinement',
  'asked',
  'adjudicate',
  'reviewed',
  'all',
])
export type BuiltInLane = z.infer<typeof BuiltInLane>

/** A lane of the practice's own, by the id that its rules give it. One that has gone holds nothing. */
export const OwnLane = z.templateLiteral(['lane:', z.string().regex(/^[a-z0-9]{1,16}$/)])
export type OwnLane = z.infer<typeof OwnLane>

export const Lane = z.union([BuiltInLane, OwnLane])
export type Lane = z.infer<typeof Lane>

export function isBuiltIn(lane: Lane): lane is BuiltInLane {
  return !lane.startsWith('lane:')
}

export function ownLane({ id }: Pick<PracticeLane, 'id'>): OwnLane {
  return `lane:${id}`
}

const Count = z.int().nonnegative()
/** How many scans each lane holds: all of the built-in ones, and under {@link ownLane} those of the present rules. */
export const LaneCounts = z
  .strictObject({
    waiting: Count,
    flagged: Count,
    overdue: Count,
    first_scan: Count,
    refinement: Count,
    asked: Count,
    adjudicate: Count,
    reviewed: Count,
    all: Count,
  } satisfies Record<BuiltInLane, typeof Count>)
  .catchall(Count)
export type LaneCounts = Readonly<z.infer<typeof LaneCounts>>

/** A scan that has waited longer is late: the lane `overdue`, and the mark in the queue's rows. */
export const OVERDUE_AFTER_MS = 48 * 60 * 60 * 1000

export const QueueSort = z.enum(['wait', 'submitted', 'patient', 'stage', 'state'])
export const QueueQuery = z.strictObject({
  lane: Lane,
  sort: QueueSort,
  descending: z.boolean(),
  /** Matches names, reference, doctor; every word must occur, accents and case ignored. Empty for all. */
  search: z.string().max(200),
})
export type QueueQuery = z.infer<typeof QueueQuery>

export const QueueRow = z.strictObject({
  sessionId: SessionId,
  patientId: PatientId,
  /** `Okafor, Adaeze` */
  patientName: z.string(),
  reference: z.string(),
  patientStatus: PatientStatus,
  doctorName: z.string().nullable(),
  stage: z.int().nullable(),
  totalStages: z.int().nullable(),
  capturedOn: CalendarDay,
  submittedAtMs: EpochMs,
  state: ReviewState,
  /** Photo for the row's thumbnail (frontal when there is one) at 512 px; null when none is usable. */
  thumbnail: z.string().nullable(),
  photoCount: z.int().min(0).max(5),
  missing: z.array(View),
  flags: z.array(z.strictObject({ view: View, flag: z.union([QualityFlag, z.enum(['mirrored', 'refused'])]) })),
  firstScan: z.boolean(),
  /** The patient's latest earlier read, or this session's own once it has one. */
  lastRead: z
    .strictObject({
      overallTracking: Score.nullable(),
      alignerFit: Score.nullable(),
      oralHygiene: Score.nullable(),
      action: z.string(),
    })
    .nullable(),
  /** Open goals of the patient, the earliest due first; quiet ones too. */
  goals: z.array(Goal.pick({ dueOn: true, quietUntil: true })),
  /** A question about this scan waits for the person who looks. */
  isAsked: z.boolean(),
})
export type QueueRow = z.infer<typeof QueueRow>

export const QueuePage = z.strictObject({
  rows: z.array(QueueRow),
  /** Rows that match lane and search. */
  total: z.int().nonnegative(),
  offset: z.int().nonnegative(),
})
export type QueuePage = z.infer<typeof QueuePage>
