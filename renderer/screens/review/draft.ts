import type { Draft, TextKind } from '../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { ActionId, PersonId, ReadId } from '../../../server/contract/domain/ids.ts'
import type { Read, RecordRead } from '../../../server/contract/domain/reads.ts'
import type { ActionTaken, Score, ScoreField } from '../../../server/contract/domain/tags.ts'
import type { Aligners } from '../../../server/contract/domain/views.ts'
import { inOrder } from './reads-in-order.ts'

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

type Tags = Pick<RecordRead, ScoreField | 'aligners' | 'detailTags' | 'notes'>

export function draftOfRead(read: Tags): Draft {
  const { overallTracking, alignerFit, oralHygiene } = read
  return {
    scores: { overallTracking, alignerFit, oralHygiene },
    aligners: read.aligners,
    details: read.detailTags,
    note: read.notes,
  }
}

/** As it was entered, to be decided once more: with the reason of a correction. */
export function draftAsDecided(read: Tags & Pick<RecordRead, 'corrects'>): Draft {
  const reason = read.corrects?.reason
  return { ...draftOfRead(read), ...(reason !== undefined && { reason }) }
}

/** This person's newest standing read: two workstations offline may have left two. */
export function findOwnRead(reviewCase: ReviewCase, personId: PersonId | undefined): Read | undefined {
  return inOrder(reviewCase.reads).findLast(({ read }) => read.readerId === personId)?.read
}

export function setScore(draft: Draft, field: ScoreField, score: Score): Draft {
  if (field === 'alignerFit' && draft.aligners === 'out') return draft
  return { ...draft, scores: { ...draft.scores, [field]: score } }
}

export function setText(draft: Draft, kind: TextKind, text: string): Draft {
  return { ...draft, texts: { ...draft.texts, [kind]: text } }
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

/** What a read is beside its tags: a first one, a correction of the own one, or the third that settles two others. */
export type ReadPurpose = Pick<RecordRead, 'supersedes' | 'adjudicates'>

/**
 * A new decision of somebody who has a read replaces that one. A correction of an own adjudication still names its two:
 * without them the session would be in dispute again.
 */
export function plainPurpose(reviewCase: ReviewCase, personId: PersonId | undefined): ReadPurpose {
  const own = findOwnRead(reviewCase, personId)
  if (own === undefined) return { supersedes: null, adjudicates: [] }
  const standing = new Set(inOrder(reviewCase.reads).map(({ read }) => read.readId))
  const named = own.adjudicates.filter((id) => standing.has(id))
  return { supersedes: own.readId, adjudicates: named.length === 2 ? named : [] }
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

/** What a read carries beside tags and action. */
export type ReadExtras = Pick<RecordRead, 'unseen' | 'secondReadId' | 'corrects'>
export type ReadIds = { readonly readId: ReadId; readonly actionId: ActionId; readonly readAtMs: number }

export function buildRead(
  reviewCase: ReviewCase,
  { draft, action }: { readonly draft: Draft; readonly action: ActionTaken },
  purpose: ReadPurpose,
  ids: ReadIds,
  extras: ReadExtras = {},
): RecordRead {
  return {
    ...ids,
    sessionId: reviewCase.session.id,
    sessionVersion: reviewCase.session.version,
    ...draft.scores,
    aligners: draft.aligners,
    detailTags: [...draft.details],
    // Read blind a second time, a case is scored and nothing else: the patient has had the answer to it.
    action: extras.secondReadId === undefined ? action : { kind: 'none' },
    notes: draft.note.trim(),
    aiSuggested: false,
    aiOverridden: false,
    ...purpose,
    ...extras,
  }
}
