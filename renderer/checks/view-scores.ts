import type { View } from '../../server/contract/domain/views.ts'
import { FEATURE_COUNT, type Pose, poseFeatures, POSES } from './view-features.ts'

/** One template per kind of view; the left side is the right one mirrored. Trained by `e2e/bench/checks/train.ts`. */
export const HEADS = ['frontal', 'buccal_right', 'occlusal_upper', 'occlusal_lower'] as const
export type Head = (typeof HEADS)[number]
export type ViewWeights = Readonly<
  Record<Head, { readonly bias: number; readonly scale: number; readonly weights: readonly number[] }>
>

/** What a photo may be: a view, and whether the picture stands on its head. */
export type Guess = { readonly view: View; readonly isTurned: boolean }
type Template = Guess & { readonly head: Head; readonly pose: Pose }

/** Mirroring a frontal or an occlusal photo gives one that looks right: a single photo cannot tell. */
export const TEMPLATES: readonly Template[] = [
  { view: 'frontal', isTurned: false, head: 'frontal', pose: 'upright' },
  { view: 'frontal', isTurned: true, head: 'frontal', pose: 'turned' },
  { view: 'buccal_right', isTurned: false, head: 'buccal_right', pose: 'upright' },
  { view: 'buccal_right', isTurned: true, head: 'buccal_right', pose: 'turned' },
  { view: 'buccal_left', isTurned: false, head: 'buccal_right', pose: 'mirrored' },
  { view: 'buccal_left', isTurned: true, head: 'buccal_right', pose: 'turned_mirrored' },
  { view: 'occlusal_upper', isTurned: false, head: 'occlusal_upper', pose: 'upright' },
  { view: 'occlusal_upper', isTurned: true, head: 'occlusal_upper', pose: 'turned' },
  { view: 'occlusal_lower', isTurned: false, head: 'occlusal_lower', pose: 'upright' },
  { view: 'occlusal_lower', isTurned: true, head: 'occlusal_lower', pose: 'turned' },
]

/** How likely the photo is each of `TEMPLATES`, in their order; together 1. It is never asked whether it is none of them. */
export function viewScores(features: Float32Array, weights: ViewWeights): readonly number[] {
  const posed = new Map(POSES.map((pose) => [pose, poseFeatures(features, pose)]))
  const scores = TEMPLATES.map(({ head, pose }) => score(posed.get(pose) ?? features, weights[head]))
  const most = Math.max(...scores)
  const shares = scores.map((one) => Math.exp(one - most))
  const whole = shares.reduce((sum, one) => sum + one, 0)
  return shares.map((one) => one / whole)
}

function score(features: Float32Array, { bias, scale, weights }: ViewWeights[Head]): number {
  let sum = 0
  for (let at = 0; at < FEATURE_COUNT; at += 1) sum += (features[at] ?? 0) * (weights[at] ?? 0)
  return bias + sum * scale
}

/** The share of all guesses of which `is` holds. */
export function shareOf(scores: readonly number[], is: (guess: Guess) => boolean): number {
  return TEMPLATES.reduce((sum, guess, at) => sum + (is(guess) ? (scores[at] ?? 0) : 0), 0)
}
