import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * Row-level security, and a log that nobody changes, hold only for a role that is no superuser, may not bypass it and
 * owns nothing, nor can become one that does. Asked as the owner, before anything is migrated: on an empty database
 * nobody owns a table, and `grantTo` takes rights away.
 */
export async function assertServingRole(db: Kysely<Tables>, appRole: string): Promise<void> {
  const { rows } = await sql<{ strong: boolean }>`
    select exists (
      select from pg_roles r
       where pg_has_role(${appRole}, r.oid, 'member') -- itself, too
         and (r.rolname = current_user or r.rolsuper or r.rolbypassrls or r.rolname = 'pg_write_all_data'
              or exists (select from pg_class where relowner = r.oid)
              or exists (select from pg_database where datdba = r.oid and datname = current_database()))) as strong`.execute(
    db,
  )
  if (rows[0]?.strong !== false) {
    throw new Error(
      'The serving database role must own nothing, be no superuser, not bypass row-level security, and be no member of a role that does',
    )
  }
}
