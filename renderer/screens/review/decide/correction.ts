import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { Read } from '../../../../server/contract/domain/reads.ts'
import { isPatientFacing } from '../../../../server/contract/domain/tags.ts'
import type { ReadPurpose } from '../draft.ts'

/** Longest note that a read may have. */
export const NOTE_MAX = 4000

/**
 * The own read that a new one would correct after it has left: it told the patient something, so the new one says why.
 * Undefined while the former is still here (it can simply be taken back) and for a read that reached nobody.
 */
export function findCorrected(reviewCase: ReviewCase, purpose: ReadPurpose): Read | undefined {
  const own = reviewCase.reads.find(({ read }) => read.readId === purpose.supersedes)
  return own?.sent === true && isPatientFacing(own.read.action.kind) ? own.read : undefined
}

/** The record has one field for words: the reason comes first in it. */
export function noteWithReason(note: string, reasonLine: string): string {
  return [reasonLine, note.trim()]
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, NOTE_MAX)
}
