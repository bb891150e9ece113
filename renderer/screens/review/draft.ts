import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { ActionId, PersonId, ReadId } from '../../../server/contract/domain/ids.ts'
import { type Read, type RecordRead, standingReads } from '../../../server/contract/domain/reads.ts'
import type { ActionTaken, DetailTag, Score, ScoreField } from '../../../server/contract/domain/tags.ts'
import type { Aligners } from '../../../server/contract/domain/views.ts'

/** What the clinician has entered for one session and not decided yet. Lives in the window only. */
export type Draft = {
  readonly scores: Readonly<Record<ScoreField, Score | null>>
  readonly aligners: Aligners
  readonly details: readonly DetailTag[]
  readonly note: string
}

/** The tags that a case opens with: this person's own read where there is one, nothing otherwise. Never a guess. */
export function openDraft(reviewCase: ReviewCase, personId: PersonId | undefined): Draft {
  const own = findOwnRead(reviewCase, personId)
  if (own !== undefined) return draftOfRead(own)
  return {
    scores: { overallTracking: null, alignerFit: null, oralHygiene: null },
    aligners: reviewCase.session.aligners,
    details: [],
    note: '',
  }
}

export function draftOfRead(read: Read): Draft {
  const { overallTracking, alignerFit, oralHygiene } = read
  return {
    scores: { overallTracking, alignerFit, oralHygiene },
    aligners: read.aligners,
    details: read.detailTags,
    note: read.notes,
  }
}

export function findOwnRead(reviewCase: ReviewCase, personId: PersonId | undefined): Read | undefined {
  return standingReads(reviewCase.reads.map((entry) => entry.read)).find((read) => read.readerId === personId)
}

export function setScore(draft: Draft, field: ScoreField, score: Score): Draft {
  if (field === 'alignerFit' && draft.aligners === 'out') return draft
  return { ...draft, scores: { ...draft.scores, [field]: score } }
}

/** With the aligners out there is no fit to judge: what was entered before is taken away with it. */
export function setAligners(draft: Draft, aligners: Aligners): Draft {
  const alignerFit = aligners === 'out' ? null : draft.scores.alignerFit
  return { ...draft, aligners, scores: { ...draft.scores, alignerFit } }
}

/** The score that must be set before this action; undefined when nothing is missing. */
export function findMissingScore(draft: Draft, kind: ActionTaken['kind']): ScoreField | undefined {
  const needsTracking = kind === 'approve_progression' || kind === 'hold_aligner'
  return needsTracking && draft.scores.overallTracking === null ? 'overallTracking' : undefined
}

/** Two people differ and this person is neither: their read settles it and names both. */
export function findAdjudicated(reviewCase: ReviewCase, personId: PersonId | undefined): ReadId[] {
  if (reviewCase.state !== 'discordant') return []
  const standing = standingReads(reviewCase.reads.map((entry) => entry.read))
  if (standing.some((read) => read.readerId === personId)) return []
  const [first, ...others] = standing
  const second = others.find((read) => read.readerId !== first?.readerId)
  return first === undefined || second === undefined ? [] : [first.readId, second.readId]
}

/** The stage that was worn in this scan; null when neither scan nor patient says it. */
export function stageOf(reviewCase: ReviewCase): number | null {
  return reviewCase.session.stage ?? reviewCase.patient.currentStage
}

/** The next aligner, or null when a person has to say which: stage unknown, or the series has ended. */
export function nextStageOf(reviewCase: ReviewCase): number | null {
  const stage = stageOf(reviewCase)
  if (stage === null) return null
  const total = reviewCase.patient.totalStages
  return total !== null && stage >= total ? null : stage + 1
}

export type ReadIds = { readonly readId: ReadId; readonly actionId: ActionId; readonly readAtMs: number }

export function buildRead(
  reviewCase: ReviewCase,
  draft: Draft,
  action: ActionTaken,
  personId: PersonId | undefined,
  ids: ReadIds,
): RecordRead {
  return {
    ...ids,
    sessionId: reviewCase.session.id,
    sessionVersion: reviewCase.session.version,
    ...draft.scores,
    aligners: draft.aligners,
    detailTags: [...draft.details],
    action,
    notes: draft.note.trim(),
    aiSuggested: false,
    aiOverridden: false,
    supersedes: findOwnRead(reviewCase, personId)?.readId ?? null,
    adjudicates: findAdjudicated(reviewCase, personId),
  }
}
