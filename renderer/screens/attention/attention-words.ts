import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import type { ErrorCode } from '../../../server/contract/errors.ts'
import type { ActionTaken } from '../../../server/contract/domain/tags.ts'
import type { TextKey } from '../../text/table.ts'
import type { Translate } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import type { Tone } from '../../ui/status-dot.tsx'

type EntryWhy = Pick<AttentionEntry, 'status' | 'code' | 'winner'>

/** Reasons in the words of the clinic; any other code has its general sentence. */
const REASONS: Partial<Record<ErrorCode, TextKey>> = {
  'auth.denied': 'attention.reason.auth.denied',
  'input.invalid': 'attention.reason.input.invalid',
  'input.too-large': 'attention.reason.input.too-large',
  'not-found': 'attention.reason.not-found',
  'conflict.exists': 'attention.reason.conflict.exists',
  'read.version-unknown': 'attention.reason.read.version-unknown',
  'read.fit-without-aligners': 'attention.reason.read.fit-without-aligners',
  'read.supersede-foreign': 'attention.reason.read.supersede-foreign',
  'read.adjudication-invalid': 'attention.reason.read.adjudication-invalid',
}

export function reasonKey({ status, code, winner }: EntryWhy): TextKey {
  if (status === 'lost') return winner?.mine === true ? 'attention.reason.lostMine' : 'attention.reason.lost'
  if (code === null) return 'attention.reason.unknown'
  return REASONS[code] ?? errorKey(code)
}

export function adviceKey(entry: AttentionEntry): TextKey {
  if (entry.wanted === null) return 'attention.unreadable'
  if (entry.scan === null) return 'attention.advice.noScan'
  if (entry.status === 'lost') return 'attention.advice.lost'
  return entry.mayRetry ? 'attention.advice.retry' : 'attention.advice.noRetry'
}

export const STATUS_TONES = {
  rejected: 'off',
  parked: 'minor',
  lost: 'flag',
  stale: 'minor',
} as const satisfies Record<AttentionEntry['status'], Tone>

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

export function nameOf(entry: AttentionEntry, t: Translate): string {
  return entry.scan?.patientName ?? t('attention.noScan')
}
