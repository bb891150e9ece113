import { FEATURE_COUNT, poseFeatures, POSES } from '../../../renderer/checks/view-features.ts'
import { HEADS, type Head, TEMPLATES, type ViewWeights } from '../../../renderer/checks/view-scores.ts'
import type { View } from '../../../server/contract/domain/views.ts'

/** One upright photo's features; `weight` tells how much it counts within its view. */
export type Example = { readonly view: View; readonly weight: number; readonly features: Float32Array }

const ROUNDS = 220
const STEP = 0.02
/** Pulls every weight to nothing: there are few people and many cells. */
const STIFFNESS = 1e-2

type Sample = { readonly posed: readonly Float32Array[]; readonly truth: number; readonly weight: number }
type Moments = { readonly mean: Float64Array; readonly spread: Float64Array }

/** Multinomial logistic regression over `TEMPLATES`, whose poses share the weights of one head. No chance in it. */
export function trainViews(examples: readonly Example[]): ViewWeights {
  const samples = balanced(examples.flatMap(samplesOf))
  const size = FEATURE_COUNT + 1
  const weights = HEADS.map(() => new Float64Array(size))
  const moments = HEADS.map((): Moments => ({ mean: new Float64Array(size), spread: new Float64Array(size) }))
  for (let round = 1; round <= ROUNDS; round += 1) {
    const slopes = HEADS.map(() => new Float64Array(size))
    for (const sample of samples) addSlope(sample, weights, slopes)
    for (const [head, own] of weights.entries()) step(own, slopes[head], moments[head], round)
  }
  const entries = HEADS.map((head, at) => [head, packed(weights[at] ?? new Float64Array(size))] as const)
  return Object.fromEntries(entries) as unknown as ViewWeights // one entry for each head, made in this line
}

/** A mirrored left side is a right one; frontal and occlusal photos count once as they are and once mirrored. */
function samplesOf({ view, weight, features }: Example): Sample[] {
  const mirrored = poseFeatures(features, 'mirrored')
  if (view === 'buccal_left') return [sampleOf('buccal_right', mirrored, weight)]
  if (view === 'buccal_right') return [sampleOf(view, features, weight)]
  return [sampleOf(view, features, weight / 2), sampleOf(view, mirrored, weight / 2)]
}

function sampleOf(view: View, features: Float32Array, weight: number): Sample {
  const truth = TEMPLATES.findIndex((one) => one.view === view && !one.isTurned)
  return { posed: POSES.map((pose) => poseFeatures(features, pose)), truth, weight }
}

/** Each view counts the same, however many photos of it there are. */
function balanced(samples: readonly Sample[]): readonly Sample[] {
  const whole = new Map<number, number>()
  for (const { truth, weight } of samples) whole.set(truth, (whole.get(truth) ?? 0) + weight)
  return samples.map((one) => ({ ...one, weight: one.weight / (whole.get(one.truth) ?? 1) / whole.size }))
}

const SLOTS = TEMPLATES.map(({ head, pose }) => ({ head: HEADS.indexOf(head), pose: POSES.indexOf(pose) }))

function addSlope({ posed, truth, weight }: Sample, weights: readonly Float64Array[], slopes: readonly Float64Array[]) {
  const scores = SLOTS.map(({ head, pose }) => dot(weights[head], posed[pose]))
  const most = Math.max(...scores)
  const shares = scores.map((one) => Math.exp(one - most))
  const whole = shares.reduce((sum, one) => sum + one, 0)
  for (const [at, { head, pose }] of SLOTS.entries()) {
    const off = weight * ((shares[at] ?? 0) / whole - (at === truth ? 1 : 0))
    const slope = slopes[head]
    const features = posed[pose]
    if (slope === undefined || features === undefined || Math.abs(off) < 1e-7) continue
    for (let i = 0; i < FEATURE_COUNT; i += 1) slope[i] = (slope[i] as number) + off * (features[i] as number) // in bounds
    slope[FEATURE_COUNT] = (slope[FEATURE_COUNT] ?? 0) + off
  }
}

function dot(weights: Float64Array | undefined, features: Float32Array | undefined): number {
  if (weights === undefined || features === undefined) return 0
  let sum = weights[FEATURE_COUNT] ?? 0
  for (let i = 0; i < FEATURE_COUNT; i += 1) sum += (weights[i] as number) * (features[i] as number) // in bounds
  return sum
}

/** Adam. */
function step(own: Float64Array, slope: Float64Array | undefined, moments: Moments | undefined, round: number) {
  if (slope === undefined || moments === undefined) return
  for (let i = 0; i < own.length; i += 1) {
    const value = (slope[i] ?? 0) + (i < FEATURE_COUNT ? 2 * STIFFNESS * (own[i] ?? 0) : 0)
    const mean = 0.9 * (moments.mean[i] ?? 0) + 0.1 * value
    const spread = 0.99 * (moments.spread[i] ?? 0) + 0.01 * value * value
    moments.mean[i] = mean
    moments.spread[i] = spread
    const rate = STEP * (1 - round / (ROUNDS + 1))
    own[i] = (own[i] ?? 0) - (rate * (mean / (1 - 0.9 ** round))) / (Math.sqrt(spread / (1 - 0.99 ** round)) + 1e-9)
  }
}

/** Whole numbers of -127 to 127 and their scale: what a template needs, and a file that can be read. */
function packed(weights: Float64Array): ViewWeights[Head] {
  const of = weights.subarray(0, FEATURE_COUNT)
  const scale = of.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-9) / 127
  return { bias: weights[FEATURE_COUNT] ?? 0, scale, weights: Array.from(of, (one) => Math.round(one / scale)) }
}
