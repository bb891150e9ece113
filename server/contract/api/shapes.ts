import { z } from 'zod'
import { IntakeKeyId, PatientId, PersonId, PhotoHash, SessionId } from '../domain/ids.ts'
import { MAX_PHOTO_BYTES, MediaType, PhotoRefusal } from '../domain/photos.ts'
import { ScanSession } from '../domain/sessions.ts'
import { CalendarDay, EpochMs } from '../domain/time.ts'
import { Aligners, Mirrored, View } from '../domain/views.ts'

export const UploadRequest = z.strictObject({
  hash: PhotoHash,
  bytes: z.int().positive().max(MAX_PHOTO_BYTES),
  mediaType: MediaType,
})
export type UploadRequest = z.infer<typeof UploadRequest>

/** A bearer address: never logged. `already` means the practice holds these bytes and nothing need be sent. */
export const PresignedUpload = z.discriminatedUnion('already', [
  z.strictObject({ already: z.literal(true) }),
  z.strictObject({
    already: z.literal(false),
    url: z.string(),
    method: z.literal('PUT'),
    /** Sent exactly as given: they are part of the signature. */
    headers: z.record(z.string(), z.string()),
    expiresAtMs: EpochMs,
  }),
])
export type PresignedUpload = z.infer<typeof PresignedUpload>

/** The patient by the practice's own reference (a device knows no other), or by id (the workstation). */
export const PatientTarget = z.union([
  z.strictObject({ reference: z.string().trim().min(1).max(100) }),
  z.strictObject({ id: PatientId }),
])

export const CreateSession = z.strictObject({
  /** Chosen by the device; repeating the call with it is safe. */
  sessionId: SessionId,
  patient: PatientTarget,
  capturedOn: CalendarDay,
  stage: z.int().min(0).max(200).nullable(),
  aligners: Aligners,
  images: z
    .array(z.strictObject({ view: View, hash: PhotoHash, mirrored: Mirrored }))
    .min(1)
    .max(5)
    .refine(
      (images) => new Set(images.map((image) => image.view)).size === images.length,
      'Each view may be given once',
    ),
})
export type CreateSession = z.infer<typeof CreateSession>

export const SessionProgress = z.strictObject({
  sessionId: SessionId,
  patientId: PatientId,
  state: z.enum(['processing', 'published']),
  images: z.array(
    z.strictObject({
      view: View,
      hash: PhotoHash,
      state: z.enum(['awaiting-upload', 'processing', 'ready', 'refused']),
      refusal: PhotoRefusal.nullable(),
    }),
  ),
  /** The session as published; null while it is processed, and for an intake key, which may create but not look. */
  session: ScanSession.nullable(),
})
export type SessionProgress = z.infer<typeof SessionProgress>

export const IntakeKey = z.strictObject({
  id: IntakeKeyId,
  label: z.string(),
  createdAtMs: EpochMs,
  revokedAtMs: EpochMs.nullable(),
  lastUsedAtMs: EpochMs.nullable(),
})
export type IntakeKey = z.infer<typeof IntakeKey>

/** Ids only, no names. `hash` chains each entry to the one before (security.md, Audit). */
export const AuditEntry = z.strictObject({
  seq: z.int().positive(),
  atMs: EpochMs,
  /** The person, or null for an intake key or the server itself. */
  personId: PersonId.nullable(),
  intakeKeyId: IntakeKeyId.nullable(),
  action: z.string(),
  outcome: z.enum(['done', 'denied']),
  /** Ids and counts of what was touched. */
  subject: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type AuditEntry = z.infer<typeof AuditEntry>
