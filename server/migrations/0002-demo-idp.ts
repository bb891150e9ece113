import { type Kysely, sql } from 'kysely'

/** What the demo's identity provider remembers (sessions, grants, tokens, its signing keys). Holds no patient data. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  'create schema idp',
  `create table idp.payload (
    kind        text  not null,
    id          text  not null,
    payload     jsonb not null,
    grant_id    text,
    user_code   text,
    uid         text,
    expires_at  timestamptz,
    consumed_at timestamptz,
    primary key (kind, id)
  )`,
  'create index payload_by_grant on idp.payload (grant_id) where grant_id is not null',
  'create index payload_by_uid on idp.payload (kind, uid) where uid is not null',
  'create index payload_by_user_code on idp.payload (kind, user_code) where user_code is not null',
  'create index payload_by_expiry on idp.payload (expires_at) where expires_at is not null',
  'create table idp.key_value (name text not null primary key, value jsonb not null)',
]
