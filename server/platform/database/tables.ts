import type { ColumnType } from 'kysely'
import type { Goal } from '../../contract/domain/goals.ts'
import type { PatientStatus, TreatmentType } from '../../contract/domain/patients.ts'
import type { PhotoFacts, PhotoRefusal } from '../../contract/domain/photos.ts'
import type { PracticeRules } from '../../contract/domain/practice-rules.ts'
import type { SharedLook } from '../../contract/domain/questions.ts'
import type { Action, Read, ReviewState } from '../../contract/domain/reads.ts'
import type { Role } from '../../contract/domain/roles.ts'
import type { SecondRead } from '../../contract/domain/second-reads.ts'
import type { ScanSession } from '../../contract/domain/sessions.ts'
import type { ActionKind, ActionTaken } from '../../contract/domain/tags.ts'
import type { Aligners, Mirrored, View } from '../../contract/domain/views.ts'
import type { ErrorCode } from '../../contract/errors.ts'
import type { EntityName } from '../../contract/sync/entities.ts'
import type { ResolveParked } from '../../contract/sync/mutations.ts'

/** jsonb: read parsed, written as text (the driver would turn an array into a PostgreSQL array). */
type Json<T> = ColumnType<T, string, string>

/** Every table's primary key starts with it, and row-level security compares it with the transaction's practice. */
type OfPractice = { practice_id: string }

/** Milliseconds since the Unix epoch by the server's clock, unless the name says otherwise. */
type Ms = number

export type PhotoState = 'awaiting-upload' | 'processing' | 'ready' | 'refused'

export type Tables = {
  practice: OfPractice & { name: string; created_at_ms: Ms }
  person: OfPractice & {
    person_id: string
    issuer: string
    subject: string
    display_name: string
    roles: Role[]
    active: boolean
  }
  patient: OfPractice & {
    patient_id: string
    reference: string
    given_name: string
    family_name: string
    birth_date: string | null
    treatment_type: TreatmentType | null
    aligner_brand: string | null
    current_stage: number | null
    total_stages: number | null
    scan_frequency_days: number | null
    status: PatientStatus
    doctor_id: string | null
    revision: number
  }
  photo: OfPractice & {
    sha256: string
    state: PhotoState
    /** As announced when its upload address was asked for; null when it never was. */
    announced_bytes: number | null
    refusal: PhotoRefusal | null
    facts: Json<PhotoFacts> | null
    created_at_ms: Ms
    decided_at_ms: Ms | null
  }
  scan_session: OfPractice & {
    session_id: string
    patient_id: string
    captured_on: string
    submitted_at_ms: Ms
    stage: number | null
    aligners: Aligners
    version: number
    created_by_person: string | null
    created_by_key: string | null
    published_at_ms: Ms | null
    /** The session as the feed carries it; null until it is published. */
    body: Json<ScanSession> | null
    review_state: ReviewState
    /** Set when the session should not be there; it is kept, and shown nowhere. */
    withdrawn_at_ms: Ms | null
    withdrawn_by: string | null
    withdrawn_reason: string | null
  }
  scan_image: OfPractice & { session_id: string; view: View; sha256: string; mirrored: Mirrored }
  read: OfPractice & {
    read_id: string
    session_id: string
    reader_id: string
    recorded_at_ms: Ms
    body: Json<Read>
  }
  action: OfPractice & {
    action_id: string
    session_id: string
    patient_id: string
    read_id: string
    kind: ActionKind
    body: Json<ActionTaken>
    decided_by: string
    outcome: Action['outcome']
    recorded_at_ms: Ms
  }
  audit_entry: OfPractice & {
    seq: number
    at_ms: Ms
    person_id: string | null
    intake_key_id: string | null
    action: string
    outcome: 'done' | 'denied'
    subject: Json<Record<string, string | number | boolean>>
    hash: string
  }
  practice_clock: OfPractice & { seq: number; epoch: number; min_seq: number }
  feed: OfPractice & {
    seq: number
    entity: EntityName
    entity_id: string
    op: 'put' | 'del'
    body: Json<unknown> | null
    mutation_id: string | null
    at_ms: Ms
  }
  /** The feed row in which the newest state of each row stands, so that its body exists once. */
  feed_head: OfPractice & { entity: EntityName; entity_id: string; seq: number; op: 'put' | 'del'; at_ms: Ms }
  sync_client: OfPractice & {
    client_id: string
    person_id: string
    last_client_seq: number
    created_at_ms: Ms
    /** When it pushed last. */
    heard_at_ms: Ms
  }
  mutation_result: OfPractice & {
    client_id: string
    client_seq: number
    mutation_id: string
    status: 'applied' | 'rejected' | 'parked'
    code: ErrorCode | null
    feed_seq: number | null
    at_ms: Ms
  }
  parked_mutation: OfPractice & {
    mutation_id: string
    client_id: string
    client_seq: number
    person_id: string
    name: string
    version: number
    args: Json<unknown>
    base: Json<unknown>
    code: ErrorCode
    parked_at_ms: Ms
  }
  /** What a person did with a change that was not applied. `reason` is their own text: it may name a patient. */
  settled_mutation: OfPractice & {
    /** The `parked.resolve` that told it. */
    resolution_id: string
    mutation_id: string
    person_id: string
    how: ResolveParked['how']
    reason: string
    replaced_by: string | null
    /** Why it had not been applied; null when this server had not kept it. */
    code: ErrorCode | null
    settled_at_ms: Ms
  }
  intake_key: OfPractice & {
    intake_key_id: string
    label: string
    /** SHA-256 of the secret, hex: the secret itself is 256 random bits, so a slow hash would add nothing. */
    secret_hash: string
    created_at_ms: Ms
    revoked_at_ms: Ms | null
    last_used_at_ms: Ms | null
  }
  practice_rules: OfPractice & {
    body: Json<PracticeRules>
    revision: number
    changed_by: string
    changed_at_ms: Ms
  }
  goal: OfPractice & {
    goal_id: string
    patient_id: string
    body: string
    due_on: string | null
    quiet_until: string | null
    state: Goal['state']
    set_by: string
    changed_at_ms: Ms
  }
  question: OfPractice & {
    question_id: string
    session_id: string
    patient_id: string
    asked_by: string
    /** Null: any clinician. */
    asked_of: string | null
    body: string
    look: Json<SharedLook>
    asked_at_ms: Ms
    answer: string | null
    answered_by: string | null
    answered_at_ms: Ms | null
  }
  second_read: OfPractice & {
    second_read_id: string
    session_id: string
    first_read_id: string
    first_reader_id: string
    by: SecondRead['by']
    not_before_ms: Ms
    done_read_id: string | null
    drawn_at_ms: Ms
  }
  /** Who has which case open; good for PRESENCE_TTL_MS after `seen_at_ms`, and deleted then. */
  presence: OfPractice & { person_id: string; session_id: string; since_ms: Ms; seen_at_ms: Ms }
  'idp.payload': {
    kind: string
    id: string
    payload: Json<unknown>
    grant_id: string | null
    user_code: string | null
    uid: string | null
    expires_at: ColumnType<Date | null, Date | null, Date | null>
    consumed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  }
  'idp.key_value': { name: string; value: Json<unknown> }
}
