import { type Kysely, sql } from 'kysely'

/**
 * The first schema. Every primary key starts with practice_id and every reference carries it, so that a row can
 * only ever point inside its own practice, and so that sharding by practice is a move and not a rewrite.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of TABLES) await sql.raw(statement).execute(db)
  for (const table of PRACTICE_TABLES) {
    await sql.raw(`alter table ${table} enable row level security, force row level security`).execute(db)
    await sql
      .raw(`create policy own_practice on ${table} using (${OWN_PRACTICE}) with check (${OWN_PRACTICE})`)
      .execute(db)
  }
  for (const statement of CREDENTIAL_POLICIES) await sql.raw(statement).execute(db)
}

const OWN_PRACTICE = `practice_id = (select nullif(current_setting('app.practice', true), '')::uuid)`

const PRACTICE_TABLES = [
  'practice',
  'person',
  'patient',
  'photo',
  'scan_session',
  'scan_image',
  'read',
  'action',
  'audit_entry',
  'practice_clock',
  'feed',
  'sync_client',
  'mutation_result',
  'parked_mutation',
  'intake_key',
]

/** The one look-up that comes before a practice is known: whoever holds the credential sees its own row, read-only. */
const CREDENTIAL_POLICIES = [
  `create policy by_credential on person for select using (
     issuer = (select nullif(current_setting('app.issuer', true), ''))
     and subject = (select nullif(current_setting('app.subject', true), '')))`,
  `create policy by_credential on intake_key for select using (
     secret_hash = (select nullif(current_setting('app.intake_key_hash', true), '')))`,
]

const TABLES = [
  `create table practice (
    practice_id   uuid   not null primary key,
    name          text   not null check (length(name) between 1 and 200),
    created_at_ms bigint not null
  )`,
  `create table person (
    practice_id  uuid    not null references practice,
    person_id    uuid    not null,
    issuer       text    not null,
    subject      text    not null,
    display_name text    not null,
    roles        text[]  not null check (cardinality(roles) > 0),
    active       boolean not null,
    primary key (practice_id, person_id),
    unique (practice_id, issuer, subject)
  )`,
  `create index person_by_credential on person (issuer, subject)`,
  `create table patient (
    practice_id         uuid    not null references practice,
    patient_id          uuid    not null,
    reference           text    not null,
    given_name          text    not null,
    family_name         text    not null,
    birth_date          date,
    treatment_type      text,
    aligner_brand       text,
    current_stage       integer,
    total_stages        integer,
    scan_frequency_days integer,
    status              text    not null,
    doctor_id           uuid,
    revision            integer not null check (revision > 0),
    primary key (practice_id, patient_id),
    unique (practice_id, reference),
    foreign key (practice_id, doctor_id) references person
  )`,
  `create table photo (
    practice_id     uuid   not null references practice,
    sha256          text   not null check (sha256 ~ '^[0-9a-f]{64}$'),
    state           text   not null check (state in ('awaiting-upload', 'processing', 'ready', 'refused')),
    announced_bytes bigint,
    refusal         text,
    facts           jsonb,
    created_at_ms   bigint not null,
    decided_at_ms   bigint,
    primary key (practice_id, sha256),
    check ((state = 'ready') = (facts is not null)),
    check ((state = 'refused') = (refusal is not null))
  )`,
  `create table intake_key (
    practice_id     uuid   not null references practice,
    intake_key_id   uuid   not null,
    label           text   not null,
    secret_hash     text   not null check (secret_hash ~ '^[0-9a-f]{64}$'),
    created_at_ms   bigint not null,
    revoked_at_ms   bigint,
    last_used_at_ms bigint,
    primary key (practice_id, intake_key_id)
  )`,
  `create index intake_key_by_secret on intake_key (secret_hash)`,
  `create table scan_session (
    practice_id       uuid    not null references practice,
    session_id        uuid    not null,
    patient_id        uuid    not null,
    captured_on       date    not null,
    submitted_at_ms   bigint  not null,
    stage             integer,
    aligners          text    not null,
    version           integer not null check (version > 0),
    created_by_person uuid,
    created_by_key    uuid,
    published_at_ms   bigint,
    body              jsonb,
    review_state      text    not null default 'waiting',
    primary key (practice_id, session_id),
    foreign key (practice_id, patient_id) references patient,
    foreign key (practice_id, created_by_person) references person,
    foreign key (practice_id, created_by_key) references intake_key,
    check ((published_at_ms is null) = (body is null))
  )`,
  `create index scan_session_newest on scan_session (practice_id, submitted_at_ms desc, session_id desc)
    where published_at_ms is not null`,
  `create index scan_session_newest_by_state
    on scan_session (practice_id, review_state, submitted_at_ms desc, session_id desc) where published_at_ms is not null`,
  `create table scan_image (
    practice_id uuid not null,
    session_id  uuid not null,
    view        text not null,
    sha256      text not null,
    mirrored    text not null,
    primary key (practice_id, session_id, view),
    foreign key (practice_id, session_id) references scan_session,
    foreign key (practice_id, sha256) references photo
  )`,
  `create index scan_image_by_photo on scan_image (practice_id, sha256)`,
  `create table read (
    practice_id    uuid   not null,
    read_id        uuid   not null,
    session_id     uuid   not null,
    reader_id      uuid   not null,
    recorded_at_ms bigint not null,
    body           jsonb  not null,
    primary key (practice_id, read_id),
    foreign key (practice_id, session_id) references scan_session,
    foreign key (practice_id, reader_id) references person
  )`,
  `create index read_by_session on read (practice_id, session_id, recorded_at_ms)`,
  `create table action (
    practice_id    uuid   not null,
    action_id      uuid   not null,
    session_id     uuid   not null,
    patient_id     uuid   not null,
    read_id        uuid   not null,
    kind           text   not null,
    body           jsonb  not null,
    decided_by     uuid   not null,
    outcome        text   not null check (outcome in ('won', 'would_have_done')),
    recorded_at_ms bigint not null,
    primary key (practice_id, action_id),
    foreign key (practice_id, session_id) references scan_session,
    foreign key (practice_id, patient_id) references patient,
    foreign key (practice_id, read_id) references read,
    foreign key (practice_id, decided_by) references person
  )`,
  // The database itself holds the rule: one patient-facing action wins for a session.
  `create unique index action_one_winner on action (practice_id, session_id) where outcome = 'won' and kind <> 'none'`,
  `create table audit_entry (
    practice_id   uuid   not null references practice,
    seq           bigint not null check (seq > 0),
    at_ms         bigint not null,
    person_id     uuid,
    intake_key_id uuid,
    action        text   not null,
    outcome       text   not null check (outcome in ('done', 'denied')),
    subject       jsonb  not null,
    hash          text   not null check (hash ~ '^[0-9a-f]{64}$'),
    primary key (practice_id, seq)
  )`,
  `create table practice_clock (
    practice_id uuid    not null primary key references practice,
    seq         bigint  not null default 0,
    epoch       integer not null default 1,
    min_seq     bigint  not null default 0
  )`,
  `create table feed (
    practice_id uuid   not null references practice,
    seq         bigint not null check (seq > 0),
    entity      text   not null,
    entity_id   uuid   not null,
    op          text   not null check (op in ('put', 'del')),
    body        jsonb,
    mutation_id uuid,
    at_ms       bigint not null,
    primary key (practice_id, seq),
    check ((op = 'put') = (body is not null))
  )`,
  `create table sync_client (
    practice_id     uuid   not null,
    client_id       uuid   not null,
    person_id       uuid   not null,
    last_client_seq bigint not null default 0,
    created_at_ms   bigint not null,
    primary key (practice_id, client_id),
    foreign key (practice_id, person_id) references person
  )`,
  `create table mutation_result (
    practice_id uuid   not null,
    client_id   uuid   not null,
    client_seq  bigint not null,
    mutation_id uuid   not null,
    status      text   not null check (status in ('applied', 'rejected', 'parked')),
    code        text,
    feed_seq    bigint,
    primary key (practice_id, client_id, client_seq),
    unique (practice_id, mutation_id),
    foreign key (practice_id, client_id) references sync_client
  )`,
  // json, not jsonb: what is parked may be the very text that jsonb refuses (a NUL, half a surrogate pair).
  `create table parked_mutation (
    practice_id  uuid    not null,
    mutation_id  uuid    not null,
    client_id    uuid    not null,
    client_seq   bigint  not null,
    person_id    uuid    not null,
    name         text    not null,
    version      integer not null,
    args         json    not null,
    base         json    not null,
    code         text    not null,
    parked_at_ms bigint  not null,
    primary key (practice_id, mutation_id),
    foreign key (practice_id, client_id) references sync_client,
    foreign key (practice_id, person_id) references person
  )`,
]
