import { z } from 'zod'
import { MutationId, PatientId, PersonId, SessionId } from '../../server/contract/domain/ids.ts'
import { SaveGoal } from '../../server/contract/domain/goals.ts'
import { PatientFields } from '../../server/contract/domain/patients.ts'
import { AnswerQuestion, AskQuestion } from '../../server/contract/domain/questions.ts'
import { RulesValues } from '../../server/contract/domain/practice-rules.ts'
import { ActionTaken } from '../../server/contract/domain/tags.ts'
import { RecordRead } from '../../server/contract/domain/reads.ts'
import { CalendarDay, EpochMs } from '../../server/contract/domain/time.ts'
import { ERROR_CODES } from '../../server/contract/errors.ts'

const GoalValues = SaveGoal.omit({ id: true, patientId: true })

/** A change of what belongs to the practice: what it was made on, what was wanted, what stands now. */
export const PracticeChange = z.discriminatedUnion('about', [
  z.strictObject({
    about: z.literal('rules'),
    base: RulesValues.partial(),
    set: RulesValues.partial(),
    current: RulesValues,
  }),
  z.strictObject({
    about: z.literal('goal'),
    patientId: PatientId,
    /** Empty when the patient is not on this computer. */
    patientName: z.string(),
    /** Empty for a new goal. */
    base: GoalValues.partial(),
    set: GoalValues,
    /** Null when there is no such goal. */
    current: GoalValues.nullable(),
  }),
  /** A question that was not taken; the entry's `scan` says about what. */
  z.strictObject({
    about: z.literal('question'),
    /** Null: any clinician. */
    askedOf: PersonId.nullable(),
    askedOfName: z.string().nullable(),
    text: z.string(),
  }),
  z.strictObject({
    about: z.literal('answer'),
    /** Null when the question has gone. */
    question: z.string().nullable(),
    text: z.string(),
    /** The answer that stands. */
    current: z.strictObject({ text: z.string(), byName: z.string() }).nullable(),
  }),
])
export type PracticeChange = z.infer<typeof PracticeChange>

/**
 * A change of the signed-in person that the server did not do as they wanted. It stays until that person settles it.
 * - `rejected`, `parked`: the server refused it; nothing of it is in the record
 * - `stale`: an instruction to a patient that waited here for over 24 hours; it is sent only when its author confirms it
 * - `lost`: their read is kept, but a colleague's action came first; theirs is kept as what they would have done
 * - `corrected`: it stood, until a colleague who settled two reads put another decision in its place
 */
export const AttentionEntry = z.strictObject({
  mutationId: MutationId,
  /** A colleague's, whose unsent work the signed-in person brought by file; absent for one's own. */
  authorName: z.string().optional(),
  status: z.enum(['rejected', 'parked', 'lost', 'stale', 'corrected']),
  /** Null when it lost or was corrected, and for a reason that this version has no word for. */
  code: z.enum(ERROR_CODES).nullable(),
  /** When the answer came (a stale one: when it was decided), by this workstation's clock; when it was recorded, by the server's, for one that lost or was corrected. */
  atMs: EpochMs,
  /** What the author decided; null for a change that this version cannot read. */
  wanted: RecordRead.nullable(),
  /** The scan that it is about (of a goal the patient's newest); null while it is not (or no longer) on this computer. */
  scan: z
    .strictObject({
      sessionId: SessionId,
      /** `Okafor, Adaeze` */
      patientName: z.string(),
      reference: z.string(),
      capturedOn: CalendarDay,
    })
    .nullable(),
  /** Which scan it was, when it has been withdrawn. */
  formerScan: z.strictObject({ patientName: z.string(), reference: z.string(), capturedOn: z.string() }).optional(),
  /** The patient-facing action that stands on this scan, by the local rows. */
  winner: z
    .strictObject({
      action: ActionTaken,
      deciderName: z.string(),
      mine: z.boolean(),
      recordedAtMs: EpochMs.nullable(),
      /** It is what the entry corrects: sent now, that takes its place. */
      isCorrected: z.literal(true).optional(),
      /** Why it took the place of the entry's own, in its author's words. */
      because: z.string().optional(),
    })
    .nullable(),
  /** A change of a patient's fields: what each was changed from, what was wanted, what stands now; null for a read. */
  patientChange: z
    .strictObject({
      patientId: PatientId,
      patientName: z.string(),
      base: PatientFields.partial(),
      set: PatientFields.partial(),
      /** Null when the patient is not on this computer. */
      current: PatientFields.nullable(),
    })
    .nullable(),
  /** A change of the rules, a goal or a question; absent for anything else. */
  practiceChange: PracticeChange.optional(),
  mayRetry: z.boolean(),
  /** A new decision in its place can be made from it. */
  mayEdit: z.boolean(),
})
export type AttentionEntry = z.infer<typeof AttentionEntry>

/** A new read in place of the refused one: recorded and settled in one step. */
export const ReplaceRead = z.strictObject({ mutationId: MutationId, read: RecordRead })
export type ReplaceRead = z.infer<typeof ReplaceRead>

/** The fields as they shall be now, made on what stands now. */
export const ReplacePatientChange = z.strictObject({ mutationId: MutationId, set: PatientFields.partial() })
export type ReplacePatientChange = z.infer<typeof ReplacePatientChange>

/** A goal, a question or an answer as it shall be now. Of the rules there is no such form: their own page is it. */
export const ReplacePracticeChange = z.strictObject({
  mutationId: MutationId,
  change: z.discriminatedUnion('about', [
    z.strictObject({ about: z.literal('goal'), set: GoalValues }),
    z.strictObject({ about: z.literal('question'), ...AskQuestion.pick({ askedOf: true, text: true }).shape }),
    z.strictObject({ about: z.literal('answer'), ...AnswerQuestion.pick({ text: true }).shape }),
  ]),
})
export type ReplacePracticeChange = z.infer<typeof ReplacePracticeChange>

/** Why a person lets a change go: required for a refused one; one that lost or was corrected is in the record as it is. */
export const DiscardAttention = z.strictObject({ mutationId: MutationId, reason: z.string().trim().max(500) })
export type DiscardAttention = z.infer<typeof DiscardAttention>
