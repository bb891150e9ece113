import { z } from 'zod'
import { MutationId, PatientId, PersonId, PhotoHash, SessionId } from '../domain/ids.ts'
import { PatientFields } from '../domain/patients.ts'
import { SaveGoal } from '../domain/goals.ts'
import { ChangeRules } from '../domain/practice-rules.ts'
import { AnswerQuestion, AskQuestion } from '../domain/questions.ts'
import { RecordRead } from '../domain/reads.ts'
import { Role } from '../domain/roles.ts'
import { EpochMs } from '../domain/time.ts'
import { View } from '../domain/views.ts'
import { EntityNameSchema } from './entities.ts'

/** What was on a screen, for how long: the audit log tells `displayed` from `cached`. */
export const DisplayedEvent = z.strictObject({
  sessionId: SessionId,
  view: View,
  photo: PhotoHash,
  shownMs: z.int().nonnegative(),
  /** The workstation's clock when the photo came on screen. */
  atMs: EpochMs,
})
export type DisplayedEvent = z.infer<typeof DisplayedEvent>

/** Fields of a patient as a person set them; the envelope's `base` holds the value that each was changed from. */
export const ChangePatient = z.strictObject({
  patientId: PatientId,
  set: PatientFields.partial().refine((set) => Object.keys(set).length > 0, 'Nothing to change'),
})
export type ChangePatient = z.infer<typeof ChangePatient>

/** What became of a change that the server had refused or parked: its full copy may go, the audit log keeps this. */
export const ResolveParked = z.strictObject({
  mutationId: MutationId,
  how: z.enum(['retried', 'edited', 'discarded']),
  /** Why it was discarded; empty otherwise. */
  reason: z.string().max(500),
  /** The change that took its place. */
  replacedBy: MutationId.nullable(),
})
export type ResolveParked = z.infer<typeof ResolveParked>

/** The workstation's own digest of an entity differed from the server's; it is repairing that entity. */
export const SyncDifference = z.strictObject({
  entity: EntityNameSchema,
  atSeq: z.int().nonnegative(),
  localCount: z.int().nonnegative(),
  serverCount: z.int().nonnegative(),
})
export type SyncDifference = z.infer<typeof SyncDifference>

/** Unsent work that left a workstation as an encrypted file: whose, and how much of it. */
export const ExportedEvent = z.strictObject({
  personId: PersonId,
  changeCount: z.int().positive(),
  /** Reports that found no room in the file. */
  leftOutCount: z.int().nonnegative(),
  /** The workstation's clock. */
  atMs: EpochMs,
})

/** What was seen, or left by file, at a workstation: it needs no server for either, and tells when it has one. */
export const AccessRecord = z
  .strictObject({ displayed: z.array(DisplayedEvent).max(100), exported: ExportedEvent.optional() })
  .refine(({ displayed, exported }) => displayed.length > 0 || exported !== undefined, 'Nothing to tell')

type MutationSpec = { readonly version: number; readonly who: readonly Role[]; readonly args: z.ZodType }

/**
 * Every change a workstation may push. Adding a row here is the only way to add one. `who`: the author has at least
 * one of these roles when the server applies it, else it is refused. What only tells of something that has happened
 * is taken from everybody: a report of photos that were seen counts as much from somebody who has lost the role since.
 */
export const MUTATIONS = {
  'read.record': { version: 2, who: ['clinician'], args: RecordRead },
  'access.record': { version: 1, who: Role.options, args: AccessRecord },
  'patient.change': { version: 1, who: ['clinician', 'staff', 'practice_admin'], args: ChangePatient },
  'parked.resolve': { version: 1, who: Role.options, args: ResolveParked },
  'rules.change': { version: 1, who: ['practice_admin'], args: ChangeRules },
  'goal.save': { version: 1, who: ['clinician', 'practice_admin'], args: SaveGoal },
  'question.ask': { version: 1, who: ['clinician'], args: AskQuestion },
  'question.answer': { version: 1, who: ['clinician'], args: AnswerQuestion },
  'sync.difference': { version: 1, who: Role.options, args: SyncDifference },
} as const satisfies Record<string, MutationSpec>

export type MutationName = keyof typeof MUTATIONS
export type MutationArgs<N extends MutationName> = z.infer<(typeof MUTATIONS)[N]['args']>
export const MUTATION_NAMES = Object.keys(MUTATIONS) as [MutationName, ...MutationName[]]
