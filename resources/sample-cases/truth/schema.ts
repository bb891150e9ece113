import { z } from 'zod'
import { CalendarDay } from '../../../server/contract/domain/time.ts'
import { Tooth } from '../../../server/contract/domain/teeth.ts'
import { Aligners, Mirrored, View } from '../../../server/contract/domain/views.ts'
import { FLAWS } from '../plan/flaws.ts'

/** What is known about a made-up session: the answers that alignment and measurement are judged by. See README.md. */
const Matrix4 = z.array(z.number()).length(16)

export const ToothMovement = z.strictObject({
  distalMm: z.number(),
  facialMm: z.number(),
  occlusalMm: z.number(),
  tipDeg: z.number(),
  torqueDeg: z.number(),
  rotationDeg: z.number(),
})

export const ToothTruth = z.strictObject({
  fdi: Tooth,
  /** Crown frame to world with the jaw closed, row-major, mm. */
  crownToWorld: Matrix4,
  /** From the session before; null in a patient's first one. */
  movedSincePrevious: ToothMovement.nullable(),
  /** True for teeth that stand at the same place in every session of the patient. */
  still: z.boolean(),
  attachment: z.boolean(),
})

export const Landmark = z.strictObject({
  fdi: Tooth,
  /** On the crown's surface, in the crown's frame. */
  pointMm: z.tuple([z.number(), z.number(), z.number()]),
  xPx: z.number(),
  yPx: z.number(),
})
export type Landmark = z.infer<typeof Landmark>

export const PhotoTruth = z.strictObject({
  view: View,
  /** Relative to the truth file. */
  file: z.string(),
  /** Of the upright photo, after its EXIF orientation. */
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  /** World mm to homogeneous pixels, 3 x 4, row-major; contains the flip of a mirrored photo. */
  projection: z.array(z.number()).length(12),
  /** Moves the lower arch (teeth 31-47) from where it bites to where it was in this photo. */
  lowerJaw: Matrix4,
  mirrored: Mirrored,
  storedMirrored: z.boolean(),
  flaws: z.array(z.enum(FLAWS)),
  /** Points that are seen in this photo, not hidden by other teeth, lips or gum. */
  landmarks: z.array(Landmark),
})
export type PhotoTruth = z.infer<typeof PhotoTruth>

export const SessionTruth = z.strictObject({
  formatVersion: z.literal(1),
  reference: z.string(),
  capturedOn: CalendarDay,
  stage: z.int().nullable(),
  aligners: Aligners,
  missing: z.array(View),
  teeth: z.array(ToothTruth).length(28),
  photos: z.array(PhotoTruth),
})
export type SessionTruth = z.infer<typeof SessionTruth>
