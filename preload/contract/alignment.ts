import { z } from 'zod'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { View } from '../../server/contract/domain/views.ts'

/** Grows when the recipe changes so that old answers no longer hold: they are computed again. */
export const ALIGN_RECIPE = 3

/** Two photos of one view: the one under review and an earlier one. */
export const PhotoPair = z.strictObject({ current: PhotoHash, prior: PhotoHash, view: View })
export type PhotoPair = z.infer<typeof PhotoPair>

/** Row-major 3 x 3 on photo fractions (0,0 top left, 1,1 bottom right), homogeneous: the current photo's to the prior's. */
export const PhotoTransform = z.array(z.number()).length(9)

/** Which teeth the transform holds for; one arch when the jaws were not equally open. */
export const AlignedArch = z.enum(['both', 'upper', 'lower'])
export type AlignedArch = z.infer<typeof AlignedArch>

/**
 * How the prior lies under the current photo. A display aid, never a measurement. `not_comparable`: fall back to the
 * plain pair, and say why.
 */
export const Alignment = z.strictObject({
  pair: PhotoPair,
  recipe: z.int().positive(),
  verdict: z.enum(['aligned', 'not_comparable']),
  /** Null when aligned. */
  reason: z
    .enum(['too_few_points', 'other_view', 'mirrored', 'upside_down', 'other_bite', 'implausible', 'unreadable'])
    .nullable(),
  /** 0-1: how sure the fit is, shown as a figure. */
  confidence: z.number().min(0).max(1),
  /** Null when not comparable. */
  transform: PhotoTransform.nullable(),
  arch: AlignedArch,
  /**
   * False: a side that no photo of the other side was there to check with, so with braces it may be the other side,
   * mirrored. Worked out again once such a photo has come.
   */
  isGuarded: z.boolean(),
  /** How far the current photo is turned against the prior, clockwise; null when not comparable. */
  turnedDeg: z.number().nullable(),
  tookMs: z.number().nonnegative(),
})
export type Alignment = z.infer<typeof Alignment>

/** What a hand added, in fractions of the prior; kept for the pair. */
export const PairNudge = z.strictObject({
  pair: PhotoPair,
  x: z.number().min(-2).max(2),
  y: z.number().min(-2).max(2),
})
export type PairNudge = z.infer<typeof PairNudge>

/** What the store knows of a pair. `alignment` is null until it was computed by the present recipe. */
export const KnownPair = z.strictObject({
  pair: PhotoPair,
  alignment: Alignment.nullable(),
  nudge: PairNudge.nullable(),
})
export type KnownPair = z.infer<typeof KnownPair>
