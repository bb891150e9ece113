import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { mayCorrect } from '../../../../server/contract/domain/corrections.ts'
import type { PersonId, ReadId } from '../../../../server/contract/domain/ids.ts'
import type { Action } from '../../../../server/contract/domain/reads.ts'
import { findCarriedOut } from '../adjudicate/conflict.ts'
import type { ReadPurpose } from '../draft.ts'

/** What stands for the patient while somebody who has a read here, or settles two, decides once more. */
export type Standing = {
  readonly action: Action
  /**
   * Whether a new action takes its place: always, with a reason (`must`); with a reason (`may`), for whoever settles two
   * reads; not at all, for a colleague's: it is kept as what would have been done.
   */
  readonly correct: 'must' | 'may' | 'never'
  /** It can simply be taken back instead. */
  readonly isHere: boolean
}

/**
 * Undefined where nothing has been decided for the patient, and for a first read.
 * @param goneId the read that can be taken back no more, though the server has not answered yet
 */
export function findStanding(
  reviewCase: ReviewCase,
  purpose: ReadPurpose,
  personId: PersonId | undefined,
  goneId: ReadId | null,
): Standing | undefined {
  const action = findCarriedOut(reviewCase)
  if (action === undefined || (purpose.supersedes === null && purpose.adjudicates.length === 0)) return undefined
  const isOwn = purpose.supersedes !== null && action.decidedBy === personId
  const correct = isOwn ? 'must' : mayCorrect(purpose, action, personId) ? 'may' : 'never'
  const read = reviewCase.reads.find((named) => named.read.readId === action.readId)
  return { action, correct, isHere: isOwn && read?.sent === false && action.readId !== goneId }
}
