import type { Alignment, PhotoPair } from '../../../../preload/contract/alignment.ts'
import type { PhotoPoint } from '../../../viewer/geometry.ts'
import { IDENTITY, type Matrix3, type PairLink } from '../../../viewer/pair-link.ts'

/** What is known of how an earlier photo lies under the current one. A new object for every change, so that equal means same. */
export type PairState = {
  /** `by_hand`: not comparable by itself, but somebody has lined it up. `failed`: a photo is not there or the fit broke off. */
  readonly phase: 'waiting' | 'aligned' | 'by_hand' | 'not_comparable' | 'failed'
  readonly alignment: Alignment | null
  /** What a hand added, in fractions of the prior. */
  readonly nudge: PhotoPoint
}

const NONE: PhotoPoint = { x: 0, y: 0 }
export const WAITING: PairState = { phase: 'waiting', alignment: null, nudge: NONE }

export function pairKey({ current, prior, view }: PhotoPair): string {
  return `${current} ${prior} ${view}`
}

export function isNudged({ nudge }: Pick<PairState, 'nudge'>): boolean {
  return nudge.x !== 0 || nudge.y !== 0
}

/** One rule for what may be laid over the current photo, from what the fit said and what a hand did. */
export function pairState(alignment: Alignment | null, hasFailed: boolean, nudge: PhotoPoint = NONE): PairState {
  const fit = alignment?.verdict ?? (hasFailed ? 'failed' : 'waiting')
  const phase = fit !== 'aligned' && isNudged({ nudge }) ? 'by_hand' : fit
  return { phase, alignment, nudge }
}

/** Whether difference and swipe mean anything: two photos that lie anyhow only show that they lie anyhow. */
export function isLinedUp({ phase }: PairState): boolean {
  return phase === 'aligned' || phase === 'by_hand'
}

export function linkOf({ phase, alignment, nudge }: PairState): PairLink {
  const fitted = phase === 'aligned' ? alignment?.transform : null
  return { transform: asMatrix(fitted ?? null), nudge }
}

function asMatrix(transform: readonly number[] | null): Matrix3 {
  // The contract holds its length; zod's array type does not carry it.
  return transform?.length === 9 ? (transform as unknown as Matrix3) : IDENTITY
}

/** How sure the fit is, in a word beside the figure. */
export function confidenceWord(confidence: number): 'high' | 'fair' | 'low' {
  if (confidence >= 0.8) return 'high'
  return confidence >= 0.5 ? 'fair' : 'low'
}
