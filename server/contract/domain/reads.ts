import { z } from 'zod'
import { AppError } from '../errors.ts'
import { Correction, mayCorrect } from './corrections.ts'
import { ActionId, PatientId, PersonId, ReadId, SecondReadId, SessionId } from './ids.ts'
import { mayReadSecond, type SecondRead } from './second-reads.ts'
import { ActionKindSchema, ActionTaken, DetailTag, isPatientFacing, Score } from './tags.ts'
import { EpochMs } from './time.ts'
import { Aligners, View } from './views.ts'

const scores = {
  overallTracking: Score.nullable(),
  /** Null when aligners are out: fit cannot be judged then. */
  alignerFit: Score.nullable(),
  oralHygiene: Score.nullable(),
}

/** What a clinician sends: one read of one session, with the action decided on it. */
export const RecordRead = z.strictObject({
  readId: ReadId,
  /** Chosen with the read, so that a retry names the same action. */
  actionId: ActionId,
  sessionId: SessionId,
  /** The version of the session that was on screen. */
  sessionVersion: z.int().positive(),
  ...scores,
  aligners: Aligners,
  detailTags: z.array(DetailTag).max(40),
  action: ActionTaken,
  notes: z.string().max(4000),
  aiSuggested: z.boolean(),
  aiOverridden: z.boolean(),
  /** The reader's own earlier read that this one replaces. */
  supersedes: ReadId.nullable(),
  /** The two reads that this one settles; empty unless it is an adjudication. */
  adjudicates: z.array(ReadId).max(2),
  /** The action of this read shall take the place of that one, which has left; absent where it corrects none. */
  corrects: Correction.optional(),
  /** Views that were not on screen long enough and that the reader passed over on purpose; absent for none. Audited. */
  unseen: z.array(View).min(1).max(5).optional(),
  /** The drawn second read that this one answers: made blind, its action is `none`. */
  secondReadId: SecondReadId.optional(),
  /** The workstation's clock. Kept for the record, never used for order. */
  readAtMs: EpochMs,
})
export type RecordRead = z.infer<typeof RecordRead>

/** Append-only: a read is never updated. */
export const Read = RecordRead.omit({ actionId: true }).extend({
  readerId: PersonId,
  /** The server's clock at commit; null while only this workstation knows the read. */
  recordedAtMs: EpochMs.nullable(),
})
export type Read = z.infer<typeof Read>

/**
 * First commit wins; a later patient-facing action on the same session is kept as `would_have_done`. One that corrects
 * the winner takes its place, and the former winner is `corrected`: a session never has two winners.
 */
export const ActionOutcome = z.enum(['won', 'would_have_done', 'corrected'])
export const Action = z.strictObject({
  id: ActionId,
  sessionId: SessionId,
  patientId: PatientId,
  readId: ReadId,
  kind: ActionKindSchema,
  action: ActionTaken,
  decidedBy: PersonId,
  outcome: ActionOutcome,
  /**
   * As its read says it. Whoever sends an action that won to the patient must say what it takes the place of: they have
   * been told the former one.
   */
  corrects: Correction.optional(),
  /** The server's clock at commit; null while only this workstation knows the action. */
  recordedAtMs: EpochMs.nullable(),
})
export type Action = z.infer<typeof Action>

/** The action that a read decided, with what the read does not know of it. */
export function actionOf(read: Read, { id, patientId, outcome }: Pick<Action, 'id' | 'patientId' | 'outcome'>): Action {
  const { sessionId, readId, action, corrects, readerId, recordedAtMs } = read
  const made = { id, sessionId, patientId, readId, kind: action.kind, action, decidedBy: readerId, outcome }
  return { ...made, ...(corrects !== undefined && { corrects }), recordedAtMs }
}

/** The action that took this one's place; undefined for one that stands, or never did. */
export function findCorrection<A extends Pick<Action, 'id' | 'outcome' | 'corrects'>>(
  actions: readonly A[],
  { id, outcome }: Pick<Action, 'id' | 'outcome'>,
): A | undefined {
  if (outcome !== 'corrected') return undefined
  return actions.find((later) => later.corrects?.actionId === id && later.outcome !== 'would_have_done')
}

export const ReviewState = z.enum(['waiting', 'reviewed', 'concordant', 'discordant', 'adjudicated'])
export type ReviewState = z.infer<typeof ReviewState>

type ReadForState = Pick<
  Read,
  'readId' | 'readerId' | 'supersedes' | 'adjudicates' | 'overallTracking' | 'alignerFit' | 'oralHygiene'
>

/** Reads that stand: not superseded by their own author. */
export function standingReads<R extends Pick<Read, 'readId' | 'readerId' | 'supersedes'>>(reads: readonly R[]): R[] {
  const superseded = new Set(
    reads.flatMap((later) => {
      const earlier = reads.find((read) => read.readId === later.supersedes)
      return earlier !== undefined && earlier.readerId === later.readerId ? [earlier.readId] : []
    }),
  )
  return reads.filter((read) => !superseded.has(read.readId))
}

/** Where a session stands, from its reads alone (domain.md, section 2). Same answer on server and workstation. */
export function reviewStateOf(reads: readonly ReadForState[]): ReviewState {
  const standing = standingReads(reads)
  if (standing.length === 0) return 'waiting'
  if (standing.some((read) => read.adjudicates.length === 2)) return 'adjudicated'
  if (standing.length === 1) return 'reviewed'
  const [first, ...others] = standing
  const agree = others.every(
    (other) =>
      other.overallTracking === first?.overallTracking &&
      other.alignerFit === first.alignerFit &&
      other.oralHygiene === first.oralHygiene,
  )
  return agree ? 'concordant' : 'discordant'
}

/** What the rule needs to know about the session that is being read. */
export type ReadContext = {
  readonly session: { readonly patientId: PatientId; readonly version: number }
  readonly reads: readonly ReadForState[]
  /** Patient-facing actions already won on this session. */
  readonly winner: Pick<Action, 'id' | 'decidedBy'> | undefined
  /** The drawn second read that the arguments name, as it stands; absent where none is named or none is there. */
  readonly second?: SecondRead | undefined
}

/**
 * The rule itself: run optimistically on the workstation and again, with authority, on the server.
 * Two clinicians' reads are both kept; a patient-facing action that comes second is kept as `would_have_done`, unless it
 * corrects the one that stands. A correction of what stands no longer came second like any other.
 * @returns with the action whose place this one takes: it is `corrected` from now on; null for none
 * @throws AppError `read.fit-without-aligners`, `read.version-unknown`, `read.supersede-foreign`, `read.adjudication-invalid`,
 *   `read.correction-invalid`, `read.second-read-invalid`
 */
export function recordRead(
  args: RecordRead,
  context: ReadContext,
  by: { personId: PersonId; nowMs: number | null },
): { read: Read; action: Action; correctedId: ActionId | null } {
  if (args.aligners === 'out' && args.alignerFit !== null)
    throw new AppError('read.fit-without-aligners', { sessionId: args.sessionId })
  if (args.sessionVersion > context.session.version) {
    throw new AppError('read.version-unknown', { sessionId: args.sessionId, version: context.session.version })
  }
  if (args.supersedes !== null) {
    const earlier = context.reads.find((read) => read.readId === args.supersedes)
    if (earlier?.readerId !== by.personId) throw new AppError('read.supersede-foreign', { sessionId: args.sessionId })
  }
  if (args.adjudicates.length > 0 && !isAdjudicable(args.adjudicates, context.reads)) {
    throw new AppError('read.adjudication-invalid', { sessionId: args.sessionId })
  }
  if (args.corrects !== undefined && !isCorrection(args, args.corrects, context.winner, by.personId)) {
    throw new AppError('read.correction-invalid', { sessionId: args.sessionId })
  }
  // The workstation judges by its own clock when the read was made, the server by its own when it arrives.
  if (args.secondReadId !== undefined && !answers(args, context.second, by.personId, by.nowMs ?? args.readAtMs)) {
    throw new AppError('read.second-read-invalid', { sessionId: args.sessionId })
  }
  const { actionId, ...fields } = args
  const read = { ...fields, readerId: by.personId, recordedAtMs: by.nowMs }
  const { patientId } = context.session
  const standing = isPatientFacing(args.action.kind) ? context.winner : undefined
  const takesPlace = standing === undefined || standing.id === args.corrects?.actionId
  const action = actionOf(read, { id: actionId, patientId, outcome: takesPlace ? 'won' : 'would_have_done' })
  return { read, action, correctedId: takesPlace ? (standing?.id ?? null) : null }
}

/** Something for the patient, by somebody who may correct the action that it names, if that is the one that stands. */
function isCorrection(
  args: RecordRead,
  { actionId }: Correction,
  winner: ReadContext['winner'],
  personId: PersonId,
): boolean {
  if (!isPatientFacing(args.action.kind)) return false
  return winner?.id !== actionId || mayCorrect(args, winner, personId)
}

/** An adjudication names exactly two standing reads of this session by two different people. */
function isAdjudicable(named: readonly ReadId[], reads: readonly ReadForState[]): boolean {
  const standing = standingReads(reads)
  const [first, second] = named.map((id) => standing.find((read) => read.readId === id))
  return first !== undefined && second !== undefined && first.readerId !== second.readerId
}

/** A second read answers an open draw of its session that this person may read, and decides nothing for the patient. */
function answers(args: RecordRead, second: SecondRead | undefined, person: PersonId, nowMs: number): boolean {
  if (second === undefined || second.id !== args.secondReadId || second.sessionId !== args.sessionId) return false
  if (isPatientFacing(args.action.kind) || args.supersedes !== null || args.adjudicates.length > 0) return false
  return mayReadSecond(second, person, nowMs)
}

/** Whether the server may draw this read to be made once more: the first one of its session. */
export function isFirstRead(args: RecordRead, reads: readonly unknown[]): boolean {
  return (
    reads.length === 0 && args.supersedes === null && args.adjudicates.length === 0 && args.secondReadId === undefined
  )
}
