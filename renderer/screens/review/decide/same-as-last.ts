import type { Draft } from '../../../../preload/contract/draft.ts'
import type { HistoryEntry, ReviewCase } from '../../../../preload/contract/review.ts'
import type { PracticeDetail } from '../../../../server/contract/domain/practice-rules.ts'
import { type DetailTag, SCORE_FIELDS } from '../../../../server/contract/domain/tags.ts'

/** The tag set of this patient's last scan that has one, by whoever read it. */
export function findLastTags(reviewCase: Pick<ReviewCase, 'history'>): HistoryEntry | undefined {
  return reviewCase.history[0]
}

/**
 * Fills the draft with the last tag set; nothing is decided by it. What belongs to that day stays there: its note, its
 * reasons for a retake, and words that the practice has retired since. Without aligners in the mouth there is no fit.
 */
export function fillAsLast(draft: Draft, last: HistoryEntry, own: readonly PracticeDetail[]): Draft {
  const { read } = last
  const scores = { ...draft.scores }
  for (const field of SCORE_FIELDS)
    if (read[field] !== null && !(field === 'alignerFit' && draft.aligners === 'out')) scores[field] = read[field]
  return { ...draft, scores, details: read.detailTags.filter((tag) => isStillSaid(tag, own)) }
}

function isStillSaid({ code }: DetailTag, own: readonly PracticeDetail[]): boolean {
  return !code.startsWith('retake_') && own.find((one) => one.code === code)?.retired !== true
}
