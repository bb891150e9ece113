import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { ReadId } from '../../../../server/contract/domain/ids.ts'
import type { Read } from '../../../../server/contract/domain/reads.ts'
import { isPatientFacing } from '../../../../server/contract/domain/tags.ts'
import type { ReadPurpose } from '../draft.ts'

/** Longest note that a read may have. */
export const NOTE_MAX = 4000

/**
 * The own read that a new one would correct after it has left: it told the patient something, so the new one says why.
 * Undefined while the former is still here (it can simply be taken back) and for a read that reached nobody.
 * @param goneId the read that can be taken back no more, though the server has not answered yet
 */
export function findCorrected(reviewCase: ReviewCase, purpose: ReadPurpose, goneId: ReadId | null): Read | undefined {
  const own = reviewCase.reads.find(({ read }) => read.readId === purpose.supersedes)
  if (own === undefined || !isPatientFacing(own.read.action.kind)) return undefined
  return own.sent || own.read.readId === goneId ? own.read : undefined
}

/** The record has one field for words: the reason comes first in it. */
export function noteWithReason(note: string, reasonLine: string): string {
  return [reasonLine, note.trim()]
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, NOTE_MAX)
}
