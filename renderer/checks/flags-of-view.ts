import type { CheckFlag } from '../../preload/contract/photo-check.ts'
import type { View } from '../../server/contract/domain/views.ts'
import { type Guess, shareOf } from './view-scores.ts'

export type Doubted = { readonly flag: CheckFlag; readonly confidence: number }
export type ViewVerdict = { readonly flags: readonly Doubted[]; readonly looksLike: View | null }

/**
 * What can be told of a single photo for sure: a front, a side or an arch, and which way it runs. A right side that is
 * mirrored looks like a left one, a lower arch on its head like an upper one.
 */
type Run = 'front' | 'side, molars left' | 'side, molars right' | 'arch, open below' | 'arch, open above'

function runOf({ view, isTurned }: Guess): Run {
  if (view === 'frontal') return 'front'
  if (view === 'buccal_right' || view === 'buccal_left') {
    return (view === 'buccal_right') !== isTurned ? 'side, molars left' : 'side, molars right'
  }
  return (view === 'occlusal_upper') !== isTurned ? 'arch, open below' : 'arch, open above'
}
const kindOf = (guess: Guess) => runOf(guess).slice(0, 4)

/** How likely it is that the photo runs as one of this slot does, whatever else it may be. */
export function ownShare(scores: readonly number[], view: View): number {
  const own = runOf({ view, isTurned: false })
  return shareOf(scores, (guess) => runOf(guess) === own)
}

type CutOffs = { readonly ownView: number; readonly sureView: number }
const NOTHING: ViewVerdict = { flags: [], looksLike: null }

export function judgeView(scores: readonly number[], view: View, { ownView, sureView }: CutOffs): ViewVerdict {
  const own = ownShare(scores, view)
  if (own >= ownView) return NOTHING
  const confidence = 1 - own / (2 * ownView)
  const slot = { view, isTurned: false }
  const ownKind = shareOf(scores, (guess) => kindOf(guess) === kindOf(slot))
  if (ownKind < 0.5) {
    return { flags: [{ flag: 'wrong_view', confidence }], looksLike: likeliestView(scores, sureView) }
  }
  // The right kind, running the wrong way: two explanations, between which one photo cannot decide.
  const other: CheckFlag = view === 'buccal_right' || view === 'buccal_left' ? 'mirrored' : 'upside_down'
  return {
    flags: [
      { flag: other, confidence: confidence / 2 },
      { flag: 'wrong_view', confidence: confidence / 2 },
    ],
    looksLike: null,
  }
}

/** A front, or a side the way up that sides are held. Never an arch: on its head, one looks like the other. */
function likeliestView(scores: readonly number[], sureView: number): View | null {
  const named = (['frontal', 'buccal_right', 'buccal_left'] as const).find((view) => ownShare(scores, view) >= sureView)
  return named ?? null
}
