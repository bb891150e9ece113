import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

const READ_ONLY_AFTER_INSERT = 'select, insert'
const CHANGEABLE = 'select, insert, update'

/** What the serving role may do with each table: nothing is granted that no module needs. Reads and audit entries are append-only. */
export const GRANTS: Readonly<Record<keyof Tables, string>> = {
  practice: CHANGEABLE,
  person: CHANGEABLE,
  patient: CHANGEABLE,
  photo: CHANGEABLE,
  scan_session: CHANGEABLE,
  scan_image: READ_ONLY_AFTER_INSERT,
  read: READ_ONLY_AFTER_INSERT,
  action: READ_ONLY_AFTER_INSERT,
  audit_entry: READ_ONLY_AFTER_INSERT,
  practice_clock: CHANGEABLE,
  feed: `${READ_ONLY_AFTER_INSERT}, delete`,
  feed_head: `${CHANGEABLE}, delete`,
  sync_client: `${CHANGEABLE}, delete`,
  mutation_result: `${READ_ONLY_AFTER_INSERT}, delete`,
  parked_mutation: `${READ_ONLY_AFTER_INSERT}, delete`,
  settled_mutation: `${READ_ONLY_AFTER_INSERT}, delete`,
  intake_key: CHANGEABLE,
  practice_rules: CHANGEABLE,
  goal: CHANGEABLE,
  question: CHANGEABLE,
  second_read: CHANGEABLE,
  presence: `${CHANGEABLE}, delete`,
  'idp.payload': `${CHANGEABLE}, delete`,
  'idp.key_value': `${CHANGEABLE}, delete`,
}

/** Beside those, single columns. What was decided stays as it was; only that it no longer stands may be written to it. */
export const COLUMN_GRANTS: Readonly<Partial<Record<keyof Tables, string>>> = { action: 'update (outcome)' }

/**
 * The first four look across practices with the owner’s rights: they give ids, positions and times, nothing else. The others see
 * what their caller sees.
 */
export const FUNCTIONS = [
  'list_practice_ids()',
  'list_feed_positions(uuid[])',
  'list_presence(uuid[], bigint)',
  'forget_presence(bigint)',
  'lock_audit_end(uuid)', // called by servers of the release before alone
  'append_audit(uuid, bigint, uuid, uuid, text[], text[], jsonb[], text[], text[])', // by those alone, too
  'lock_standing(uuid, uuid, uuid)',
  'append_audit_entries(uuid, bigint, uuid[], uuid[], text[], text[], jsonb[], text[], text[])',
  'close_change(uuid, bigint, uuid, uuid, bigint, uuid, text[], uuid[], text[], json[], boolean[], uuid[], uuid[], text[], text[], jsonb[], text[], text[])',
]

/** Run by the owner after each migration; running it again changes nothing. */
export async function grantTo(db: Kysely<Tables>, appRole: string): Promise<void> {
  const role = sql.id(appRole)
  await sql`grant usage on schema public, idp to ${role}`.execute(db)
  for (const [table, rights] of Object.entries(GRANTS)) {
    await sql`revoke all on ${sql.table(table)} from ${role}, public`.execute(db)
    await sql`grant ${sql.raw(rights)} on ${sql.table(table)} to ${role}`.execute(db)
  }
  for (const [table, rights] of Object.entries(COLUMN_GRANTS)) {
    await sql`grant ${sql.raw(rights)} on ${sql.table(table)} to ${role}`.execute(db)
  }
  for (const signature of FUNCTIONS) await sql`grant execute on function ${sql.raw(signature)} to ${role}`.execute(db)
}

/** The queue's own schema: it holds ids only, and the serving role works it but does not own it. */
export async function grantQueueTo(db: Kysely<Tables>, appRole: string, schema: string): Promise<void> {
  const [role, at] = [sql.id(appRole), sql.id(schema)]
  await sql`grant usage on schema ${at} to ${role}`.execute(db)
  await sql`grant select, insert, update, delete on all tables in schema ${at} to ${role}`.execute(db)
  await sql`grant usage, select on all sequences in schema ${at} to ${role}`.execute(db)
  await sql`grant execute on all functions in schema ${at} to ${role}`.execute(db)
}
