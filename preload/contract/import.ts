import { z } from 'zod'
import { PatientId, PhotoHash, SessionId } from '../../server/contract/domain/ids.ts'
import { MAX_PHOTO_BYTES, MediaType, PhotoRefusal } from '../../server/contract/domain/photos.ts'
import { CalendarDay } from '../../server/contract/domain/time.ts'
import { Aligners, Mirrored, View } from '../../server/contract/domain/views.ts'

/** A file dropped on the import screen. The workstation keeps it encrypted until the server has verified it. */
export const StagePhoto = z.strictObject({
  name: z.string().max(255),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_PHOTO_BYTES, 'Larger than 64 MiB'),
})
export const StagedPhoto = z.strictObject({
  hash: PhotoHash,
  name: z.string(),
  byteCount: z.int().nonnegative(),
  /** Null when the bytes are no photo that Loupe reads; `refusal` then says why. */
  mediaType: MediaType.nullable(),
  refusal: PhotoRefusal.nullable(),
  /** From the file's name; null where it does not say. */
  guessedView: View.nullable(),
})
export type StagedPhoto = z.infer<typeof StagedPhoto>

export const StartImport = z.strictObject({
  sessionId: SessionId,
  patient: z.union([
    z.strictObject({ id: PatientId }),
    z.strictObject({ reference: z.string().trim().min(1).max(100) }),
  ]),
  capturedOn: CalendarDay,
  stage: z.int().min(0).max(200).nullable(),
  aligners: Aligners,
  images: z
    .array(z.strictObject({ view: View, hash: PhotoHash, mirrored: Mirrored }))
    .min(1)
    .max(5),
})
export type StartImport = z.infer<typeof StartImport>

export const ImportProgress = z.strictObject({
  sessionId: SessionId,
  patientLabel: z.string(),
  capturedOn: CalendarDay,
  state: z.enum(['waiting', 'uploading', 'processing', 'published', 'failed']),
  images: z.array(
    z.strictObject({
      view: View,
      hash: PhotoHash,
      state: z.enum(['local', 'uploading', 'uploaded', 'ready', 'refused']),
      refusal: PhotoRefusal.nullable(),
    }),
  ),
})
export type ImportProgress = z.infer<typeof ImportProgress>
