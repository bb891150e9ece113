import type { ActionTaken } from '../../server/contract/domain/tags.ts'
import type { Translate } from './text-context.tsx'

/** What an action does, not that it was done: `Approve, go on to aligner 10`. */
export function actionWords(action: ActionTaken, t: Translate): string {
  switch (action.kind) {
    case 'approve_progression':
      return t('attention.do.approve_progression', { stage: action.toStage })
    case 'hold_aligner':
      return t('attention.do.hold_aligner', { count: action.days })
    case 'request_retake':
      return t('attention.do.request_retake', { views: action.views.map((view) => t(`view.${view}`)).join(', ') })
    case 'message_patient':
      return t('attention.do.message_patient', { text: action.text })
    case 'schedule_appointment':
      return t('attention.do.schedule_appointment', { count: action.withinDays })
    case 'refer':
      return t('attention.do.refer', { reason: action.reason })
    case 'none':
      return t('attention.do.none')
  }
}
