import { z } from 'zod'
import { IntakeKeyId, PatientId, PhotoHash, SessionId } from '../domain/ids.ts'
import { NewPatient, Patient, PatientChange } from '../domain/patients.ts'
import { Person, Practice } from '../domain/people.ts'
import { MAX_PHOTO_BYTES, PhotoSize } from '../domain/photos.ts'
import { Action, Read, RecordRead, ReviewState } from '../domain/reads.ts'
import { ScanSession } from '../domain/sessions.ts'
import { CalendarDay, EpochMs } from '../domain/time.ts'
import { EntityNameSchema } from '../sync/entities.ts'
import {
  BootstrapAnswer,
  Cursor,
  DigestAnswer,
  ImportOutboxRequest,
  MAX_BOOTSTRAP_ROWS,
  MAX_PULL_OPS,
  MAX_PUSH_BYTES,
  PullAnswer,
  PushAnswer,
  PushRequest,
} from '../sync/wire.ts'
import type { RouteSpec } from './route.ts'
import {
  AuditEntry,
  CompleteUpload,
  CreateSession,
  IntakeKey,
  PresignedPart,
  PresignedUpload,
  SessionProgress,
  StartedUpload,
  UploadInPartsRequest,
  UploadPartRequest,
  UploadRequest,
} from './shapes.ts'

const byId = <S extends z.ZodType>(id: S) => z.strictObject({ id })
const page = { limit: z.coerce.number().int().min(1).max(200).default(50) }

/** Every address of the server. Adding a row here is the only way to add one; OpenAPI, clients and the authorization matrix derive from it. */
export const ROUTES = {
  'health.live': {
    method: 'GET',
    path: '/healthz',
    who: ['public'],
    summary: 'The process runs',
    output: z.strictObject({ ok: z.literal(true) }),
    audit: null,
  },
  'health.ready': {
    method: 'GET',
    path: '/readyz',
    who: ['public'],
    summary: 'Database and object store answer',
    output: z.strictObject({ ok: z.boolean(), database: z.boolean(), objects: z.boolean() }),
    audit: null,
  },
  'session.signInInfo': {
    method: 'GET',
    path: '/api/v1/sign-in',
    who: ['public'],
    summary: 'Where a workstation signs its user in',
    output: z.strictObject({
      issuer: z.url(),
      clientId: z.string(),
      audience: z.string(),
      scope: z.string(),
      demo: z.boolean(),
    }),
    audit: null,
  },
  'session.me': {
    method: 'GET',
    path: '/api/v1/me',
    who: ['clinician', 'staff', 'practice_admin', 'it_admin', 'auditor'],
    summary: 'Who is signed in, and for which practice',
    output: z.strictObject({ person: Person, practice: Practice, serverTimeMs: EpochMs }),
    audit: null,
  },
  'session.practice': {
    method: 'GET',
    path: '/api/v1/practice',
    who: ['intake'],
    summary: 'The practice that an intake key belongs to: a device looks before it sends',
    output: Practice,
    audit: null,
  },
  'scans.uploadUrl': {
    method: 'POST',
    path: '/api/v1/scans/upload-url',
    who: ['intake', 'clinician', 'staff'],
    summary: 'A presigned address for one photo',
    body: UploadRequest,
    output: PresignedUpload,
    audit: 'photo.upload-url',
  },
  'scans.startUpload': {
    method: 'POST',
    path: '/api/v1/scans/uploads',
    who: ['intake', 'clinician', 'staff'],
    summary: 'Begin the upload of a photo of more than 8 MiB in parts',
    body: UploadInPartsRequest,
    output: StartedUpload,
    audit: 'photo.upload-start',
  },
  'scans.uploadPart': {
    method: 'POST',
    path: '/api/v1/scans/uploads/part',
    who: ['intake', 'clinician', 'staff'],
    summary: 'A presigned address for one part of such an upload',
    body: UploadPartRequest,
    output: PresignedPart,
    audit: 'photo.upload-part',
  },
  'scans.completeUpload': {
    method: 'POST',
    path: '/api/v1/scans/uploads/complete',
    who: ['intake', 'clinician', 'staff'],
    summary: 'Join the parts of such an upload; repeating it changes nothing',
    body: CompleteUpload,
    output: z.strictObject({ stored: z.literal(true) }),
    audit: 'photo.upload-complete',
  },
  'scans.createSession': {
    method: 'POST',
    path: '/api/v1/scans/sessions',
    who: ['intake', 'clinician', 'staff'],
    summary: 'Create a scan session from uploaded photos; repeating it with the same id and contents changes nothing',
    body: CreateSession,
    output: SessionProgress,
    audit: 'session.create',
  },
  'scans.getSession': {
    method: 'GET',
    path: '/api/v1/scans/sessions/:id',
    who: ['intake', 'clinician', 'staff', 'practice_admin'],
    summary: 'A session: its progress, and the published session once it is there',
    params: byId(SessionId),
    output: SessionProgress,
    audit: 'session.read',
  },
  'scans.withdraw': {
    method: 'POST',
    path: '/api/v1/scans/sessions/:id/withdraw',
    who: ['clinician', 'practice_admin'],
    summary: 'Withdraw a session that should not be there (another patient’s photos): it goes from every workstation',
    params: byId(SessionId),
    body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    output: z.strictObject({ withdrawnAtMs: EpochMs }),
    audit: 'session.withdraw',
  },
  'scans.tag': {
    method: 'POST',
    path: '/api/v1/scans/sessions/:id/tags',
    who: ['clinician'],
    summary: 'Record a read (tag set) and its action',
    params: byId(SessionId),
    body: RecordRead,
    output: z.strictObject({ read: Read, action: Action }),
    audit: 'read.record',
  },
  'patients.list': {
    method: 'GET',
    path: '/api/v1/patients',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'Patients of the practice by reference',
    query: z.strictObject({ ...page, after: z.string().max(100).optional() }),
    output: z.strictObject({ patients: z.array(Patient), next: z.string().nullable() }),
    audit: 'patient.list',
  },
  'patients.create': {
    method: 'POST',
    path: '/api/v1/patients',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'Register a patient',
    body: NewPatient,
    output: Patient,
    audit: 'patient.create',
  },
  'patients.get': {
    method: 'GET',
    path: '/api/v1/patients/:id',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'One patient',
    params: byId(PatientId),
    output: Patient,
    audit: 'patient.read',
  },
  'patients.change': {
    method: 'PATCH',
    path: '/api/v1/patients/:id',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'Change fields of a patient; names the revision it was made on',
    params: byId(PatientId),
    body: PatientChange,
    output: Patient,
    audit: 'patient.change',
  },
  'dashboard.feed': {
    method: 'GET',
    path: '/api/v1/dashboard/feed',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'Sessions of the practice, newest first, with patient and state',
    query: z.strictObject({ ...page, state: ReviewState.optional(), before: z.string().max(100).optional() }),
    output: z.strictObject({
      sessions: z.array(z.strictObject({ session: ScanSession, patient: Patient, state: ReviewState })),
      next: z.string().nullable(),
    }),
    audit: 'session.list',
  },
  'photos.downloadUrls': {
    method: 'POST',
    path: '/api/v1/photos/download-urls',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'Presigned addresses to read photos of published sessions',
    body: z.strictObject({
      photos: z
        .array(z.strictObject({ hash: PhotoHash, size: PhotoSize }))
        .min(1)
        .max(100),
    }),
    output: z.strictObject({
      /** In the order asked for; null where the practice has no such published photo. */
      urls: z.array(z.strictObject({ url: z.string(), sha256: z.string(), bytes: z.int().positive() }).nullable()),
    }),
    audit: 'photo.cached',
  },
  'presence.set': {
    method: 'PUT',
    path: '/api/v1/presence',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'Which case this person has open; said again every half minute, null when it is closed',
    body: z.strictObject({ sessionId: SessionId.nullable() }),
    /** Until when it counts, by the server's clock; null for none. */
    output: z.strictObject({ untilMs: EpochMs.nullable() }),
    audit: 'presence.set',
  },
  'sync.push': {
    method: 'POST',
    path: '/api/v1/sync/push',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'Send queued changes of one workstation',
    body: PushRequest,
    output: PushAnswer,
    audit: 'sync.push',
    bodyLimitBytes: MAX_PUSH_BYTES,
    protocolIn: 'body',
    anyText: true, // such a change is parked alone, so that the queue goes on
  },
  'sync.pull': {
    method: 'GET',
    path: '/api/v1/sync/pull',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'The practice feed after a cursor',
    query: z.strictObject({
      cursor: Cursor,
      limit: z.coerce.number().int().min(1).max(MAX_PULL_OPS).default(MAX_PULL_OPS),
      /** The workstation's PROTOCOL_VERSION; the first ones did not say it and speak 1. */
      protocol: z.coerce.number().int().positive().optional(),
    }),
    output: PullAnswer,
    protocolIn: 'query',
    audit: 'sync.pull',
  },
  'sync.bootstrap': {
    method: 'GET',
    path: '/api/v1/sync/bootstrap',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'A fresh copy of one entity, page by page',
    query: z.strictObject({
      entity: EntityNameSchema,
      after: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(MAX_BOOTSTRAP_ROWS).default(MAX_BOOTSTRAP_ROWS),
      protocol: z.coerce.number().int().positive(),
    }),
    output: BootstrapAnswer,
    protocolIn: 'query',
    audit: 'sync.bootstrap',
  },
  'sync.digest': {
    method: 'GET',
    path: '/api/v1/sync/digest',
    who: ['clinician', 'staff', 'practice_admin'],
    summary: 'The server’s own digest of the rows at a cursor',
    query: z.strictObject({ cursor: Cursor, protocol: z.coerce.number().int().positive() }),
    output: DigestAnswer,
    protocolIn: 'query',
    audit: null,
  },
  'sync.importOutbox': {
    method: 'POST',
    path: '/api/v1/sync/import',
    who: ['practice_admin'],
    summary: 'Unsent work of a colleague, exported by a workstation that could no longer send it',
    body: ImportOutboxRequest,
    output: PushAnswer,
    audit: 'sync.import',
    bodyLimitBytes: MAX_PUSH_BYTES,
    protocolIn: 'body',
    anyText: true, // as in a push
  },
  'intakeKeys.list': {
    method: 'GET',
    path: '/api/v1/intake-keys',
    who: ['practice_admin'],
    summary: 'Intake keys of the practice, without their secrets',
    output: z.strictObject({ keys: z.array(IntakeKey) }),
    audit: 'intake-key.list',
  },
  'intakeKeys.create': {
    method: 'POST',
    path: '/api/v1/intake-keys',
    who: ['practice_admin'],
    summary: 'Make an intake key; its secret is shown this once',
    body: z.strictObject({ label: z.string().trim().min(1).max(100) }),
    output: z.strictObject({ key: IntakeKey, secret: z.string() }),
    audit: 'intake-key.create',
  },
  'intakeKeys.revoke': {
    method: 'DELETE',
    path: '/api/v1/intake-keys/:id',
    who: ['practice_admin'],
    summary: 'Revoke an intake key at once',
    params: byId(IntakeKeyId),
    output: IntakeKey,
    audit: 'intake-key.revoke',
  },
  'audit.list': {
    method: 'GET',
    path: '/api/v1/audit',
    who: ['auditor', 'practice_admin'],
    summary: 'The audit log, newest first',
    query: z.strictObject({
      ...page,
      before: z.coerce.number().int().positive().optional(),
      day: CalendarDay.optional(),
    }),
    output: z.strictObject({ entries: z.array(AuditEntry), next: z.int().nullable() }),
    audit: 'audit.read',
  },
} as const satisfies Record<string, RouteSpec>

export type RouteName = keyof typeof ROUTES

/** Raw addresses that carry bytes or a socket, not JSON; listed here so that the policy test walks them too. */
export const RAW_ROUTES = {
  'objects.put': { method: 'PUT', path: '/api/v1/objects/*', who: ['presigned'], bodyLimitBytes: MAX_PHOTO_BYTES },
  'objects.get': { method: 'GET', path: '/api/v1/objects/*', who: ['presigned'] },
  'live.socket': { method: 'GET', path: '/api/v1/live', who: ['clinician', 'staff', 'practice_admin'] },
  'docs.openapi': { method: 'GET', path: '/api/v1/openapi.json', who: ['public'] },
  'docs.page': { method: 'GET', path: '/api/v1/docs', who: ['public'] },
} as const
