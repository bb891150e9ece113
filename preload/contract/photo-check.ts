import { z } from 'zod'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { Aligners, View } from '../../server/contract/domain/views.ts'

/** Grows when the checks change: older answers are computed again. */
export const CHECK_RECIPE = 2

/** What can be wrong with a photo so that it compares badly. Heuristics: docs/photo-checks.md says how often they are right. */
export const CheckFlag = z.enum([
  'blur',
  'dark',
  'overexposed',
  'framing',
  'angle',
  'mirrored',
  'upside_down',
  'wrong_view',
  'not_intraoral',
])
export type CheckFlag = z.infer<typeof CheckFlag>

/** Computed on the workstation from the 512 px rendition, kept in the store. */
export const PhotoCheck = z.strictObject({
  hash: PhotoHash,
  /** The slot that the photo is filed in. */
  view: View,
  recipe: z.int().positive(),
  flags: z.array(z.strictObject({ flag: CheckFlag, confidence: z.number().min(0).max(1) })),
  /** The view that it looks like; null when unsure. */
  looksLike: View.nullable(),
  aligners: Aligners,
})
export type PhotoCheck = z.infer<typeof PhotoCheck>
