import type { ScoreField } from '../../../server/contract/domain/tags.ts'

/** Elements that verbs move the focus to. */
export const ACTION_FORM_ID = 'review-action-form'
export const NOTE_ID = 'review-note'
export const DETAILS_ID = 'review-details'
export const REASON_ID = 'review-reason'
export const ANSWER_ID = 'review-answer'
export const scoreId = (field: ScoreField) => `review-score-${field}`

/** The panel beside the photos; Escape leads from there to the photos before it leads out of the review. */
export const PANEL_ID = 'review-panel'
export const isInPanel = (element: Element | null) => element?.closest(`#${PANEL_ID}`) != null

export function focusById(id: string) {
  const element = document.getElementById(id)
  element?.focus()
  if (element instanceof HTMLTextAreaElement) goOnAtEnd(element)
}

/** What was written before is gone on with: browsers put the caret before it. */
export function goOnAtEnd(field: HTMLTextAreaElement) {
  if (field.selectionEnd === 0) field.setSelectionRange(field.value.length, field.value.length)
}
