import { type Kysely, sql } from 'kysely'

/**
 * Where each row's newest state stands in the feed (first copies, digests, pruning), scans that were withdrawn, and
 * when a workstation was last heard. Two functions look across practices: they give ids and positions, nothing else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const OWN_PRACTICE = `practice_id = (select nullif(current_setting('app.practice', true), '')::uuid)`

const HEADS = [
  // These bodies are written once, never searched by their contents and read whole, many times: json gives its text back as
  // it is, jsonb writes it anew each time. Measured: 5,000 sessions 22 ms against 76 ms.
  'alter table feed alter body type json using body::text::json',
  'alter table scan_session alter body type json using body::text::json',
  // Looked up for each row written, for nothing: a writer updates the clock first, and the clock refers to its practice.
  'alter table feed drop constraint feed_practice_id_fkey',
  // For the same reason no references here; a test holds that each head names the newest feed row of its entity.
  // Nothing but the key is indexed, so that moving a head to a new position touches no index.
  `create table feed_head (
    practice_id uuid   not null,
    entity      text   not null,
    entity_id   uuid   not null,
    seq         bigint not null check (seq > 0),
    op          text   not null check (op in ('put', 'del')),
    at_ms       bigint not null,
    primary key (practice_id, entity, entity_id)
  ) with (fillfactor = 80)`,
  // Row-level security holds for the owner too; without it, inside this transaction, the rows of all practices are seen.
  'alter table feed no force row level security',
  `insert into feed_head (practice_id, entity, entity_id, seq, op, at_ms)
     select distinct on (practice_id, entity, entity_id) practice_id, entity, entity_id, seq, op, at_ms
       from feed order by practice_id, entity, entity_id, seq desc`,
  'alter table feed force row level security',
  'alter table feed_head enable row level security, force row level security',
  `create policy own_practice on feed_head using (${OWN_PRACTICE}) with check (${OWN_PRACTICE})`,
]

const WITHDRAWN = [
  `alter table scan_session
     add withdrawn_at_ms  bigint,
     add withdrawn_by     uuid,
     add withdrawn_reason text,
     add foreign key (practice_id, withdrawn_by) references person,
     add check ((withdrawn_at_ms is null) = (withdrawn_by is null)),
     add check ((withdrawn_at_ms is null) = (withdrawn_reason is null))`,
  'drop index scan_session_newest',
  'drop index scan_session_newest_by_state',
  `create index scan_session_newest on scan_session (practice_id, submitted_at_ms desc, session_id desc)
    where published_at_ms is not null and withdrawn_at_ms is null`,
  `create index scan_session_newest_by_state
    on scan_session (practice_id, review_state, submitted_at_ms desc, session_id desc)
    where published_at_ms is not null and withdrawn_at_ms is null`,
  // A withdrawal takes the actions along, and a read that comes again looks for its own.
  'create index action_by_session on action (practice_id, session_id)',
]

/** What is there counts as heard now: it is kept for another 180 days. */
const LAST_HEARD = [
  'alter table sync_client no force row level security',
  'alter table mutation_result no force row level security',
  'alter table sync_client add heard_at_ms bigint',
  'alter table mutation_result add at_ms bigint',
  'update sync_client set heard_at_ms = (extract(epoch from now()) * 1000)::bigint',
  'update mutation_result set at_ms = (extract(epoch from now()) * 1000)::bigint',
  'alter table sync_client alter heard_at_ms set not null',
  'alter table mutation_result alter at_ms set not null',
  'alter table sync_client force row level security',
  'alter table mutation_result force row level security',
]

/** Run with the owner's rights; the owner sees the clocks of all practices and no other table's rows. */
const ACROSS_PRACTICES = [
  'create policy owner_reads on practice_clock for select to current_user using (true)',
  `create function list_practice_ids() returns setof uuid
     language sql stable security definer set search_path = pg_catalog
     as 'select practice_id from public.practice_clock order by practice_id'`,
  `create function list_feed_positions(practices uuid[]) returns table (practice_id uuid, seq bigint)
     language sql stable security definer set search_path = pg_catalog
     as 'select practice_id, seq from public.practice_clock where practice_id = any (practices)'`,
  'revoke execute on function list_practice_ids(), list_feed_positions(uuid[]) from public',
]

/**
 * The end of a practice's audit log, its appender's until the commit: lock and look in one round trip. Each statement of
 * such a function sees what was committed before it, so the look comes after the lock in every sense.
 */
const AUDIT = [
  `create function lock_audit_end(practice uuid) returns table (seq bigint, hash text) language plpgsql volatile as $$
   begin
     perform pg_advisory_xact_lock(1, hashtext(practice::text)); -- 1: the kind of lock, 'audit'
     return query select e.seq, e.hash from audit_entry e where e.practice_id = practice order by e.seq desc limit 1;
   end $$`,
  'revoke execute on function lock_audit_end(uuid) from public',
]

const STATEMENTS = [...HEADS, ...WITHDRAWN, ...LAST_HEARD, ...ACROSS_PRACTICES, ...AUDIT]
