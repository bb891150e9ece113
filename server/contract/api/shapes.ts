import { z } from 'zod'
import { IntakeKeyId, PatientId, PersonId, PhotoHash, SessionId } from '../domain/ids.ts'
import { MAX_PHOTO_BYTES, MAX_UPLOAD_PARTS, MediaType, PhotoRefusal, UPLOAD_PART_BYTES } from '../domain/photos.ts'
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

/** A photo that is sent in parts. */
export const UploadInPartsRequest = UploadRequest.extend({
  bytes: z
    .int()
    .min(UPLOAD_PART_BYTES + 1)
    .max(MAX_PHOTO_BYTES),
})
export type UploadInPartsRequest = z.infer<typeof UploadInPartsRequest>

/** The object store's name for an upload; good for this photo of this practice alone. */
const UploadId = z.string().regex(/^[A-Za-z0-9._~+=-]{1,500}$/)
const PartNumber = z.int().min(1).max(MAX_UPLOAD_PARTS)
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const StartedUpload = z.discriminatedUnion('already', [
  z.strictObject({ already: z.literal(true) }),
  z.strictObject({ already: z.literal(false), uploadId: UploadId, partBytes: z.int().positive() }),
])
export type StartedUpload = z.infer<typeof StartedUpload>

export const UploadPartRequest = z.strictObject({
  hash: PhotoHash,
  uploadId: UploadId,
  part: PartNumber,
  /** Of this part's bytes. */
  sha256: Sha256,
})
export type UploadPartRequest = z.infer<typeof UploadPartRequest>

/** As `PresignedUpload`. The answer to the PUT carries the part's `etag`, which its completion names. */
export const PresignedPart = z.discriminatedUnion('already', [
  z.strictObject({ already: z.literal(true), etag: z.string() }),
  z.strictObject({
    already: z.literal(false),
    url: z.string(),
    method: z.literal('PUT'),
    headers: z.record(z.string(), z.string()),
    expiresAtMs: EpochMs,
  }),
])
export type PresignedPart = z.infer<typeof PresignedPart>

export const CompleteUpload = z.strictObject({
  hash: PhotoHash,
  uploadId: UploadId,
  /** All of them, in order. */
  parts: z
    .array(
      z.strictObject({ part: PartNumber, etag: z.string().regex(/^"?[A-Za-z0-9+/=_-]{1,200}"?$/), sha256: Sha256 }),
    )
    .min(2)
    .max(MAX_UPLOAD_PARTS),
})
export type CompleteUpload = z.infer<typeof CompleteUpload>

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
