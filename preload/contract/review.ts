import { z } from 'zod'
import { PersonId, ReadId, SecondReadId, SessionId } from '../../server/contract/domain/ids.ts'
import { Goal } from '../../server/contract/domain/goals.ts'
import { Patient } from '../../server/contract/domain/patients.ts'
import { Action, ActionOutcome, Read, ReviewState } from '../../server/contract/domain/reads.ts'
import { Question } from '../../server/contract/domain/questions.ts'
import { ScanSession, SessionImage } from '../../server/contract/domain/sessions.ts'
import { CalendarDay, EpochMs } from '../../server/contract/domain/time.ts'
import { Aligners } from '../../server/contract/domain/views.ts'
import { KeptDraft } from './draft.ts'

/** An earlier session of the same patient, newest first. */
export const PriorSession = z.strictObject({
  sessionId: SessionId,
  capturedOn: CalendarDay,
  stage: z.int().nullable(),
  aligners: Aligners,
  images: z.array(SessionImage),
})
export type PriorSession = z.infer<typeof PriorSession>

/** One line of the patient's history: a read with the words of who made it and what was decided. */
export const HistoryEntry = z.strictObject({
  capturedOn: CalendarDay,
  read: Read,
  readerName: z.string(),
  /** What became of its action; absent where it is not known. */
  outcome: ActionOutcome.optional(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** Everything the review screen needs for one session, from the local store alone. */
export const ReviewCase = z.strictObject({
  session: ScanSession,
  patient: Patient,
  doctorName: z.string().nullable(),
  priors: z.array(PriorSession),
  /** Reads of this session that stand, this workstation's unsent ones included. */
  reads: z.array(z.strictObject({ read: Read, readerName: z.string(), sent: z.boolean() })),
  /** Reads of this session that their own readers replaced since, oldest first; absent for none. */
  replacedReads: z
    .array(
      z.strictObject({
        read: Read,
        readerName: z.string(),
        /** When the one that took its place was recorded; null while only this workstation knows it. */
        replacedAtMs: EpochMs.nullable(),
      }),
    )
    .optional(),
  actions: z.array(Action),
  state: ReviewState,
  /** Reads of earlier sessions, newest first, at most 20. */
  history: z.array(HistoryEntry),
  /** Open goals of the patient, the earliest due first. */
  goals: z.array(Goal),
  /** Asked about this scan, newest first. */
  questions: z.array(
    z.strictObject({ question: Question, askedByName: z.string(), answeredByName: z.string().nullable() }),
  ),
  /**
   * The drawn second read that the next read answers; null for an ordinary case. Not to be shown: nobody who reads
   * blind may know. `reads`, `actions` and `questions` are empty then, and `state` is `waiting`.
   */
  secondReadId: SecondReadId.nullable(),
  /** What this person entered for it before and has not decided; absent for nothing. */
  draft: KeptDraft.optional(),
})
export type ReviewCase = z.infer<typeof ReviewCase>

/** The last decision made on this workstation that can still be taken back. */
export const TakeBack = z.strictObject({
  readId: ReadId,
  sessionId: SessionId,
  patientName: z.string(),
  personId: PersonId,
  /** This computer's clock when it leaves by itself; null when it waits for its author's word or is being sent. */
  releasesAtMs: EpochMs.nullable(),
  /** How long it waits in all, for the countdown. */
  graceMs: z.int().nonnegative(),
})
export type TakeBack = z.infer<typeof TakeBack>
