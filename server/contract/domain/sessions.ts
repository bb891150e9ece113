import { z } from 'zod'
import { PatientId, SessionId } from './ids.ts'
import { PhotoFacts, PhotoRefusal } from './photos.ts'
import { CalendarDay, EpochMs } from './time.ts'
import { Aligners, Mirrored, View, VIEWS } from './views.ts'

/** One photo in its slot: usable, or refused with the reason. A refused one never blocks the others. */
export const SessionImage = z.strictObject({
  view: View,
  mirrored: Mirrored,
  photo: PhotoFacts.nullable(),
  /** Set exactly when `photo` is null. */
  refusal: PhotoRefusal.nullable(),
})
export type SessionImage = z.infer<typeof SessionImage>

/** A published scan session, as the feed carries it. */
export const ScanSession = z.strictObject({
  id: SessionId,
  patientId: PatientId,
  /** The day the photos were taken, as the device or the manifest said. */
  capturedOn: CalendarDay,
  /** The server's clock when the session was created. */
  submittedAtMs: EpochMs,
  /** Aligner stage worn at the time; null when unknown or not in aligners. */
  stage: z.int().min(0).max(200).nullable(),
  aligners: Aligners,
  images: z.array(SessionImage).max(5),
  /** Grows when a photo is added or replaced. A read says which version it looked at. */
  version: z.int().positive(),
})
export type ScanSession = z.infer<typeof ScanSession>

/** Views that have no usable photo. */
export function missingViews(session: Pick<ScanSession, 'images'>): View[] {
  const usable = new Set(session.images.filter((image) => image.photo !== null).map((image) => image.view))
  return VIEWS.filter((view) => !usable.has(view))
}
