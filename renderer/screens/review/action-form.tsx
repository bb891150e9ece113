import type { Draft, TextKind } from '../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { ActionTaken } from '../../../server/contract/domain/tags.ts'
import { stageOf } from './draft.ts'
import { AmountForm, TextForm } from './field-forms.tsx'
import { RetakeForm } from './retake-form.tsx'

export type FormKind = 'approve' | 'hold' | 'message' | 'schedule' | 'retake' | 'refer'
type Props = {
  readonly kind: FormKind
  readonly reviewCase: ReviewCase
  /** The action that this one takes the place of, or a retake proposed on a photo: nothing is typed again. */
  readonly start: ActionTaken | null
  /** Written before, the form closed and opened again. */
  readonly texts: Draft['texts']
  readonly onText: (kind: TextKind, text: string) => void
  readonly onDecide: (action: ActionTaken) => void
  readonly onCancel: () => void
}

/** What an action still needs to know. Enter or Mod+Enter sends, Escape leaves. */
export function ActionForm({ kind, reviewCase, start, texts, onText, onDecide, onCancel }: Props) {
  switch (kind) {
    case 'message':
      return (
        <TextForm
          title="command.review.message"
          label="review.messageText"
          max={2000}
          text={texts?.message ?? (start?.kind === 'message_patient' ? start.text : '')}
          onText={(text) => onText('message', text)}
          onCancel={onCancel}
          onSend={(text) => onDecide({ kind: 'message_patient', text })}
        />
      )
    case 'refer':
      return (
        <TextForm
          title="command.review.refer"
          label="review.referReason"
          max={500}
          text={texts?.refer ?? (start?.kind === 'refer' ? start.reason : '')}
          onText={(text) => onText('refer', text)}
          onCancel={onCancel}
          onSend={(reason) => onDecide({ kind: 'refer', reason })}
        />
      )
    case 'hold':
      return (
        <AmountForm
          title="command.review.hold"
          label="review.holdDays"
          min={1}
          max={60}
          start={start?.kind === 'hold_aligner' ? start.days : 7}
          onCancel={onCancel}
          onSend={(days) => onDecide({ kind: 'hold_aligner', days })}
        />
      )
    case 'schedule':
      return (
        <AmountForm
          title="command.review.schedule"
          label="review.withinDays"
          min={0}
          max={365}
          start={start?.kind === 'schedule_appointment' ? start.withinDays : 14}
          onCancel={onCancel}
          onSend={(withinDays) => onDecide({ kind: 'schedule_appointment', withinDays })}
        />
      )
    case 'approve': {
      const stage = stageOf(reviewCase)
      return (
        <AmountForm
          title="command.review.approve"
          label={stage === null ? 'review.stageUnknown' : 'review.lastStage'}
          min={1}
          max={200}
          start={stage === null ? null : stage + 1}
          onCancel={onCancel}
          onSend={(toStage) => onDecide({ kind: 'approve_progression', toStage })}
        />
      )
    }
    case 'retake':
      return <RetakeForm reviewCase={reviewCase} start={start} onCancel={onCancel} onSend={onDecide} />
  }
}
