import type { ScoreField } from '../../../server/contract/domain/tags.ts'

/** Elements that verbs move the focus to. */
export const ACTION_FORM_ID = 'review-action-form'
export const NOTE_ID = 'review-note'
export const DETAILS_ID = 'review-details'
export const REASON_ID = 'review-reason'
export const ANSWER_ID = 'review-answer'
export const scoreId = (field: ScoreField) => `review-score-${field}`

export function focusById(id: string) {
  document.getElementById(id)?.focus()
}
