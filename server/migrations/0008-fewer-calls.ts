import { type Kysely, sql } from 'kysely'

/**
 * What a transaction writes last, and what a read looks at first, each in one call: every statement of its own costs a way
 * to the database, and from the audit log on the other writers of the practice wait. No rule is in here: it looks and it
 * writes, with the rights and the policies of whoever calls it. And an index that was missing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/** As `append_audit` of 0007, which a server of the release before calls beside it, with an author for each entry. */
const ENTRIES = `create function append_audit_entries(practice uuid, at bigint, people uuid[], intake_keys uuid[], actions text[],
                                                       outcomes text[], subjects jsonb[], texts_before text[],
                                                       texts_after text[])
   returns void language plpgsql volatile as $$
   declare
     number bigint;
     chained text;
   begin
     perform pg_advisory_xact_lock(1, hashtext(practice::text)); -- 1: the kind of lock, 'audit'
     select e.seq, e.hash into number, chained from audit_entry e
      where e.practice_id = practice order by e.seq desc limit 1;
     number := coalesce(number, 0);
     chained := coalesce(chained, repeat('0', 64));
     for i in 1 .. cardinality(actions) loop
       number := number + 1;
       chained := encode(sha256(convert_to(chained || texts_before[i] || number || texts_after[i], 'UTF8')), 'hex');
       insert into audit_entry (practice_id, seq, at_ms, person_id, intake_key_id, action, outcome, subject, hash)
       values (practice, number, at, people[i], intake_keys[i], actions[i], outcomes[i], subjects[i], chained);
     end loop;
   end $$`

/**
 * In this order, which is the order of locks everywhere: the workstation's number, the audit log, the practice's clock, the
 * feed with its heads, the verdict. Nothing is decided here but whether it is this workstation's turn and whether the
 * mutation was decided before; 'LP001' says that it is not so, and undoes what the transaction wrote.
 * Without a client no verdict is kept (a change over HTTP); without entities the clock stands still.
 * @returns the clock after the feed rows; null without any
 */
const CLOSE = `create function close_change(practice uuid, at bigint,
     client uuid, person uuid, number bigint, mutation uuid,
     entities text[], ids uuid[], ops text[], bodies json[], are_heads boolean[],
     authors uuid[], intake_keys uuid[], actions text[], outcomes text[], subjects jsonb[],
     texts_before text[], texts_after text[])
   returns bigint language plpgsql volatile as $$
   declare
     row_count integer := cardinality(entities);
     clock bigint;
   begin
     if client is not null then
       update sync_client c set last_client_seq = number, heard_at_ms = at
        where c.practice_id = practice and c.client_id = client and c.person_id = person
          and c.last_client_seq = number - 1;
       if not found and number = 1 then -- its first push
         insert into sync_client (practice_id, client_id, person_id, last_client_seq, created_at_ms, heard_at_ms)
         values (practice, client, person, number, at, at) on conflict do nothing;
       end if;
       if not found then
         raise exception 'not in turn' using errcode = 'LP001';
       end if;
     end if;
     if cardinality(actions) > 0 then
       perform append_audit_entries(practice, at, authors, intake_keys, actions, outcomes, subjects, texts_before, texts_after);
     end if;
     if row_count > 0 then
       update practice_clock c set seq = c.seq + row_count where c.practice_id = practice returning c.seq into strict clock;
       insert into feed (practice_id, seq, entity, entity_id, op, body, mutation_id, at_ms)
         select practice, clock - row_count + u.n, u.entity, u.id, u.op, u.body, mutation, at
           from unnest(entities, ids, ops, bodies) with ordinality u (entity, id, op, body, n);
       insert into feed_head (practice_id, entity, entity_id, seq, op, at_ms)
         select practice, u.entity, u.id, clock - row_count + u.n, u.op, at
           from unnest(entities, ids, ops, are_heads) with ordinality u (entity, id, op, is_head, n) where u.is_head
           on conflict (practice_id, entity, entity_id)
           do update set seq = excluded.seq, op = excluded.op, at_ms = excluded.at_ms;
     end if;
     if client is not null then
       insert into mutation_result (practice_id, client_id, client_seq, mutation_id, status, code, feed_seq, at_ms)
       values (practice, client, number, mutation, 'applied', null, clock, at) on conflict do nothing;
       if not found then
         raise exception 'decided before' using errcode = 'LP001';
       end if;
     end if;
     return clock;
   end $$`

/**
 * Locks a session and says what stands on it. Each statement of such a function sees what was committed before it, so what
 * is looked up second is seen with the lock.
 */
const LOOK = `create function lock_standing(practice uuid, session uuid, given_read uuid)
   returns json language plpgsql volatile as $$
   declare
     locked record;
   begin
     select s.patient_id, s.version, s.published_at_ms, s.withdrawn_at_ms into locked
       from scan_session s where s.practice_id = practice and s.session_id = session for update;
     if not found then
       return null;
     end if;
     return (select json_build_object(
       'session', json_build_object('patient_id', locked.patient_id, 'version', locked.version,
                                    'published_at_ms', locked.published_at_ms, 'withdrawn_at_ms', locked.withdrawn_at_ms),
       'same', (select r.body from read r where r.practice_id = practice and r.read_id = given_read),
       'reads', (select json_agg(r.body order by r.recorded_at_ms, r.read_id) from read r
                  where r.practice_id = practice and r.session_id = session),
       'winner', (select json_build_object('id', a.action_id, 'readId', a.read_id, 'patientId', a.patient_id,
                                           'decidedBy', a.decided_by)
                    from action a where a.practice_id = practice and a.session_id = session
                     and a.outcome = 'won' and a.kind <> 'none'),
       'rules', (select p.body from practice_rules p where p.practice_id = practice)));
   end $$`

/** How many photos a practice has in the queue is asked for each scan that comes in. */
const QUEUED = "create index photo_processing on photo (practice_id) where state = 'processing'"

const TYPES = {
  lock_standing: 'uuid, uuid, uuid',
  append_audit_entries: 'uuid, bigint, uuid[], uuid[], text[], text[], jsonb[], text[], text[]',
  close_change:
    'uuid, bigint, uuid, uuid, bigint, uuid, text[], uuid[], text[], json[], boolean[], uuid[], uuid[], text[], text[], jsonb[], text[], text[]',
}

const STATEMENTS = [
  QUEUED,
  LOOK,
  ENTRIES,
  CLOSE,
  ...Object.entries(TYPES).map(([name, types]) => `revoke execute on function ${name}(${types}) from public`),
]
