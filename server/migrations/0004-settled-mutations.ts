import { type Kysely, sql } from 'kysely'

/** What people did with changes of theirs that were not applied, and why: the reason is their own text and may name a patient. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const OWN_PRACTICE = `practice_id = (select nullif(current_setting('app.practice', true), '')::uuid)`

const STATEMENTS = [
  `create table settled_mutation (
    practice_id   uuid   not null,
    resolution_id uuid   not null,
    mutation_id   uuid   not null,
    person_id     uuid   not null,
    how           text   not null check (how in ('retried', 'edited', 'discarded')),
    reason        text   not null check (length(reason) <= 500),
    replaced_by   uuid,
    code          text,
    settled_at_ms bigint not null,
    primary key (practice_id, resolution_id),
    foreign key (practice_id, person_id) references person
  )`,
  'create index settled_mutation_oldest on settled_mutation (practice_id, settled_at_ms)',
  'alter table settled_mutation enable row level security, force row level security',
  `create policy own_practice on settled_mutation using (${OWN_PRACTICE}) with check (${OWN_PRACTICE})`,
]
