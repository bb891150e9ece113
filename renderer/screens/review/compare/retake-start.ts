import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { ActionTaken } from '../../../../server/contract/domain/tags.ts'
import { VIEWS, type View } from '../../../../server/contract/domain/views.ts'
import { currentSlot, priorSlot, type SlotFlag } from '../case-photos.ts'
import type { CheckStore } from './check-store.ts'
import { type Doubt, doubtsOf } from './doubts.ts'

/** What the form of a retake begins with: the reason becomes the patient's instruction. */
export type RetakeStart = Extract<ActionTaken, { kind: 'request_retake' }>
type RetakeReason = RetakeStart['reasons'][number]

const REASON_OF: Readonly<Record<Doubt['kind'] | SlotFlag, RetakeReason>> = {
  blur: 'retake_blur',
  soft_focus: 'retake_blur',
  low_resolution: 'retake_blur',
  dark: 'retake_light',
  overexposed: 'retake_light',
  framing: 'retake_framing',
  angle: 'retake_angle',
  mirrored: 'retake_angle',
  upside_down: 'retake_angle',
  wrong_view: 'retake_missing_view',
  not_intraoral: 'retake_missing_view',
  missing: 'retake_missing_view',
  refused: 'retake_missing_view',
  // As in the scan that it is compared with.
  aligners_in: 'retake_tray_out',
  aligners_out: 'retake_tray_in',
}

/** A retake of one view with what is doubtful about it; null when nothing is. */
export function retakeOf(reviewCase: ReviewCase, view: View, checks: Pick<CheckStore, 'find'>): RetakeStart | null {
  const slot = currentSlot(reviewCase, view)
  const doubts = doubtsOf(slot, checks.find(slot.facts?.hash, view), priorSlot(reviewCase, view, null))
  const kinds = [...slot.flags, ...doubts.map(({ kind }) => kind)]
  if (kinds.length === 0) return null
  const reasons = new Set(kinds.map((kind) => REASON_OF[kind]))
  return { kind: 'request_retake', views: [view], reasons: [...reasons] }
}

/** The chosen view when something is doubtful about it, else the first view of which that is true. */
export function firstRetake(
  reviewCase: ReviewCase,
  chosen: View,
  checks: Pick<CheckStore, 'find'>,
): RetakeStart | null {
  for (const view of [chosen, ...VIEWS]) {
    const start = retakeOf(reviewCase, view, checks)
    if (start !== null) return start
  }
  return null
}
