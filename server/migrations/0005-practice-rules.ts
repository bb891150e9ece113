import { type Kysely, sql } from 'kysely'

/**
 * What a practice decides for everybody, goals, questions between colleagues, cases drawn to be read once more, and
 * who has which case open. The latter is nobody's record: it is not in the log that backups and replicas are made of,
 * is empty after a crash, and goes within seconds of its time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  for (const table of PRACTICE_TABLES) {
    await sql.raw(`alter table ${table} enable row level security, force row level security`).execute(db)
    await sql
      .raw(`create policy own_practice on ${table} using (${OWN_PRACTICE}) with check (${OWN_PRACTICE})`)
      .execute(db)
  }
  for (const statement of PRESENCE_ACROSS_PRACTICES) await sql.raw(statement).execute(db)
}

const OWN_PRACTICE = `practice_id = (select nullif(current_setting('app.practice', true), '')::uuid)`
const PRACTICE_TABLES = ['practice_rules', 'goal', 'question', 'second_read', 'presence']

const STATEMENTS = [
  `create table practice_rules (
    practice_id   uuid    not null primary key references practice,
    body          jsonb   not null,
    revision      integer not null check (revision >= 0),
    changed_by    uuid    not null,
    changed_at_ms bigint  not null,
    foreign key (practice_id, changed_by) references person
  )`,
  `create table goal (
    practice_id   uuid   not null,
    goal_id       uuid   not null,
    patient_id    uuid   not null,
    body          text   not null,
    due_on        date,
    quiet_until   date,
    state         text   not null check (state in ('open', 'reached', 'dropped')),
    set_by        uuid   not null,
    changed_at_ms bigint not null,
    primary key (practice_id, goal_id),
    foreign key (practice_id, patient_id) references patient,
    foreign key (practice_id, set_by) references person
  )`,
  `create table question (
    practice_id    uuid   not null,
    question_id    uuid   not null,
    session_id     uuid   not null,
    patient_id     uuid   not null,
    asked_by       uuid   not null,
    asked_of       uuid,
    body           text   not null,
    look           jsonb  not null,
    asked_at_ms    bigint not null,
    answer         text,
    answered_by    uuid,
    answered_at_ms bigint,
    primary key (practice_id, question_id),
    foreign key (practice_id, session_id) references scan_session,
    foreign key (practice_id, patient_id) references patient,
    foreign key (practice_id, asked_by) references person,
    foreign key (practice_id, asked_of) references person,
    foreign key (practice_id, answered_by) references person,
    check ((answer is null) = (answered_by is null)),
    check ((answer is null) = (answered_at_ms is null))
  )`,
  // A withdrawn session takes them along.
  'create index question_by_session on question (practice_id, session_id)',
  // A session is drawn once at most: only its first read is looked at.
  `create table second_read (
    practice_id     uuid   not null,
    second_read_id  uuid   not null,
    session_id      uuid   not null,
    first_read_id   uuid   not null,
    first_reader_id uuid   not null,
    by              text   not null check (by in ('other', 'same', 'either')),
    not_before_ms   bigint not null,
    done_read_id    uuid,
    drawn_at_ms     bigint not null,
    primary key (practice_id, second_read_id),
    unique (practice_id, session_id),
    foreign key (practice_id, session_id) references scan_session,
    foreign key (practice_id, first_read_id) references read,
    foreign key (practice_id, first_reader_id) references person,
    foreign key (practice_id, done_read_id) references read
  )`,
  // One person has one case. No reference to the session: a beat each half minute would wait for whoever is deciding it.
  `create unlogged table presence (
    practice_id uuid   not null,
    person_id   uuid   not null,
    session_id  uuid   not null,
    since_ms    bigint not null,
    seen_at_ms  bigint not null,
    primary key (practice_id, person_id),
    foreign key (practice_id, person_id) references person
  )`,
]

/** As for feed positions (0003): with the owner's rights, over the practices that a server process has sockets of; ids only. */
const PRESENCE_ACROSS_PRACTICES = [
  'create policy owner_sees on presence for select to current_user using (true)',
  'create policy owner_forgets on presence for delete to current_user using (true)',
  `create function list_presence(practices uuid[], seen_from_ms bigint)
     returns table (practice_id uuid, person_id uuid, session_id uuid, since_ms bigint)
     language sql stable security definer set search_path = pg_catalog
     as 'select practice_id, person_id, session_id, since_ms from public.presence
          where practice_id = any (practices) and seen_at_ms >= seen_from_ms'`,
  `create function forget_presence(seen_before_ms bigint) returns void
     language sql volatile security definer set search_path = pg_catalog
     as 'delete from public.presence where seen_at_ms < seen_before_ms'`,
  'revoke execute on function list_presence(uuid[], bigint), forget_presence(bigint) from public',
]
