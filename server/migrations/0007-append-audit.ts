import { type Kysely, sql } from 'kysely'

/** Audit entries are numbered, chained and written by one call: their lock is held for one way to the database less. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/**
 * The lock is that of `lock_audit_end`, which a server of the release before still calls while this one runs beside it.
 * Each statement of such a function sees what was committed before it, so the look comes after the lock in every sense.
 * The hash is `hashEntry` of server/modules/audit/chain.ts, which verifies it; an entry's canonical text comes in two
 * parts, because its number stands in the middle.
 */
const STATEMENTS = [
  `create function append_audit(practice uuid, at bigint, person uuid, intake_key uuid, actions text[], outcomes text[],
                                subjects jsonb[], texts_before text[], texts_after text[])
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
       values (practice, number, at, person, intake_key, actions[i], outcomes[i], subjects[i], chained);
     end loop;
   end $$`,
  'revoke execute on function append_audit(uuid, bigint, uuid, uuid, text[], text[], jsonb[], text[], text[]) from public',
]
