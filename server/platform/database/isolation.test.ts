import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PracticeId } from '../../contract/domain/ids.ts'
import { GRANTS } from './grants.ts'
import { asSuperuser, createTestDatabase, type TestDatabase } from './testing.ts'

const ours = PracticeId.parse('01900000-0000-7000-8000-00000000000a')
const theirs = PracticeId.parse('01900000-0000-7000-8000-00000000000b')
const id = '01900000-0000-7000-8000-000000000001'
const hash = 'a'.repeat(64)

/** One row of every table, in an order that its references allow. */
const ROWS: Readonly<Record<string, string>> = {
  practice: `'N', 1`,
  person: `'${id}', 'iss', 'sub-PRACTICE', 'P', '{clinician}', true`,
  patient: `'${id}', 'R1', 'G', 'F', null, null, null, null, null, null, 'active', null, 1`,
  photo: `'${hash}', 'processing', 1, null, null, 1, null`,
  intake_key: `'${id}', 'L', '${hash}', 1, null, null`,
  scan_session: `'${id}', '${id}', '2024-01-01', 1, null, 'in', 1, '${id}', null, null, null, 'waiting', null, null, null`,
  scan_image: `'${id}', 'frontal', '${hash}', 'none'`,
  read: `'${id}', '${id}', '${id}', 1, '{}'`,
  action: `'${id}', '${id}', '${id}', '${id}', 'none', '{}', '${id}', 'won', 1`,
  audit_entry: `1, 1, null, null, 'a', 'done', '{}', '${hash}'`,
  practice_clock: `1, 1, 0`,
  feed: `1, 'practice', '${id}', 'put', '{}', null, 1`,
  feed_head: `'practice', '${id}', 1, 'put', 1`,
  sync_client: `'${id}', '${id}', 0, 1, 1`,
  mutation_result: `'${id}', 1, '${id}', 'applied', null, null, 1`,
  parked_mutation: `'${id}', '${id}', 1, '${id}', 'n', 1, '{}', '{}', 'internal', 1`,
  settled_mutation: `'${id}', '${id}', '${id}', 'discarded', 'r', null, null, 1`,
  practice_rules: `'{}', 1, '${id}', 1`,
  goal: `'${id}', '${id}', 'T', null, null, 'open', '${id}', 1`,
  question: `'${id}', '${id}', '${id}', '${id}', null, 'Q', '{}', 1, null, null, null`,
  second_read: `'${id}', '${id}', '${id}', '${id}', 'other', 1, null, 1`,
  presence: `'${id}', '${id}', 1, 1`,
}
const TABLES = Object.keys(ROWS)

const insert = (table: string, practice: string) =>
  `insert into ${table} values ('${practice}', ${(ROWS[table] ?? '').replaceAll('PRACTICE', practice)})`

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  for (const practice of [ours, theirs]) {
    for (const table of TABLES) {
      await database.inPractice(practice, (tx) => sql.raw(insert(table, practice)).execute(tx))
    }
  }
})
afterAll(() => database.drop())

const query = async <T>(statement: string) => (await asSuperuser(database.superuserUrl, statement)).rows as T[]

describe('the catalogue', () => {
  test('every table with practice_id has row-level security, enabled and forced, and a key that starts with it', async () => {
    const tables = await query<{ name: string; rls: boolean; forced: boolean; first_key: string | null }>(`
      select c.relname as name, c.relrowsecurity as rls, c.relforcerowsecurity as forced,
             (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
               where i.indrelid = c.oid and i.indisprimary) as first_key
        from pg_class c
       where c.relkind in ('r', 'p') and exists (
         select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'practice_id' and not a.attisdropped)`)
    expect(tables.map((table) => table.name).toSorted()).toEqual(TABLES.toSorted())
    for (const table of tables) expect(table).toMatchObject({ rls: true, forced: true, first_key: 'practice_id' })
  })

  test('every table of the schema is one of a practice, or known to hold none of their data', async () => {
    const tables = await query<{ name: string }>(`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname = 'public'`)
    const others = tables.map((table) => table.name).filter((name) => !TABLES.includes(name))
    expect(others.toSorted()).toEqual(['kysely_migration', 'kysely_migration_lock'])
  })

  test('every reference between tables carries the practice', async () => {
    const references = await query<{ name: string; first: string }>(`
      select conname as name, (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) as first
        from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`)
    expect(references.length).toBeGreaterThan(15)
    expect(references.filter((reference) => reference.first !== 'practice_id')).toEqual([])
  })

  test('every policy compares the practice, but for the two look-ups of a credential, which only read', async () => {
    const policies = await query<{
      tablename: string
      policyname: string
      cmd: string
      roles: string
      check: string | null
    }>(`select tablename, policyname, cmd, roles::text, with_check as check from pg_policies`)
    const odd = policies.filter((policy) => policy.policyname !== 'own_practice')
    expect(odd.map((policy) => `${policy.tablename} ${policy.cmd} ${policy.roles}`).toSorted()).toEqual([
      'intake_key SELECT {public}',
      'person SELECT {public}',
      'practice_clock SELECT {loupe_owner}', // for the functions that give ids and positions
      'presence DELETE {loupe_owner}', // for the one that forgets what is over
      'presence SELECT {loupe_owner}', // for the one that tells server processes who is where
    ])
    const own = policies.filter((policy) => policy.policyname === 'own_practice')
    for (const policy of own) expect(policy.check).toContain('app.practice')
  })

  test('the serving role owns nothing, is no superuser and has exactly the rights that are listed', async () => {
    const [role] = await query<{ rolsuper: boolean; rolbypassrls: boolean; owned: string }>(`
      select rolsuper, rolbypassrls, (select count(*) from pg_class where relowner = r.oid) as owned
        from pg_roles r where rolname = 'loupe_app'`)
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, owned: '0' })
    const rights = await query<{ name: string; rights: string }>(`
      select table_name as name, string_agg(lower(privilege_type), ', ' order by privilege_type) as rights
        from information_schema.role_table_grants where grantee = 'loupe_app' and table_schema = 'public' group by 1`)
    const sorted = (list: string) => list.split(', ').toSorted().join(', ')
    const granted = TABLES.map((table) => [table, sorted(rights.find((row) => row.name === table)?.rights ?? '')])
    expect(granted).toEqual(TABLES.map((table) => [table, sorted(GRANTS[table as keyof typeof GRANTS])]))
    for (const table of ['read', 'action', 'audit_entry'] as const) expect(GRANTS[table]).toBe('select, insert')
    const columns = await query<{ at: string }>(`
      select table_name || ' ' || column_name as at from information_schema.column_privileges
       where grantee = 'loupe_app' and table_schema = 'public' and privilege_type = 'UPDATE'
         and table_name in ('read', 'action', 'audit_entry')`)
    expect(columns).toEqual([{ at: 'action outcome' }])
  })
})

describe.each(TABLES)('%s', (table) => {
  test('another practice’s row is not seen, changed, removed or written', async () => {
    const run = <T>(statement: string) => database.inPractice(ours, (tx) => sql.raw<T>(statement).execute(tx))
    const seen = await run<{ practice_id: string }>(`select practice_id from ${table}`)
    expect(seen.rows.map((row) => row.practice_id)).toEqual([ours])

    const outcomeOf = (statement: string) =>
      run(statement).then(
        (done) => Number(done.numAffectedRows),
        (cause: unknown) => (cause as { code?: string }).code,
      )
    const rights = GRANTS[table as keyof typeof GRANTS]
    const update = `update ${table} set practice_id = practice_id where practice_id = '${theirs}'`
    expect(await outcomeOf(update)).toBe(rights.includes('update') ? 0 : '42501')
    const remove = `delete from ${table} where practice_id = '${theirs}'`
    expect(await outcomeOf(remove)).toBe(rights.includes('delete') ? 0 : '42501')
    await expect(run(insert(table, theirs))).rejects.toMatchObject({ code: '42501' })
  })

  test('nothing is seen without a practice', async () => {
    expect((await sql.raw(`select 1 from ${table}`).execute(database.raw)).rows).toEqual([])
  })
})

test('a row cannot be moved to another practice', async () => {
  const move = database.inPractice(ours, (tx) => tx.updateTable('patient').set({ practice_id: theirs }).execute())
  await expect(move).rejects.toMatchObject({ code: '42501' })
})

test('a credential shows its own person in any practice, and nothing else', async () => {
  const credential = { kind: 'subject', issuer: 'iss', subject: `sub-${theirs}` } as const
  const people = await database.withCredential(credential, (tx) => tx.selectFrom('person').selectAll().execute())
  expect(people.map((person) => person.practice_id)).toEqual([theirs])
  expect(await database.withCredential(credential, (tx) => tx.selectFrom('patient').selectAll().execute())).toEqual([])
  const write = database.withCredential(credential, (tx) => tx.updateTable('person').set({ active: false }).execute())
  await expect(write).rejects.toMatchObject({ code: '25006' })
})

test('the practice of one transaction is gone in the next on the same connection', async () => {
  await database.inPractice(ours, (tx) => tx.selectFrom('patient').selectAll().execute())
  for (let i = 0; i < 20; i += 1) {
    expect((await sql`select 1 from patient`.execute(database.raw)).rows).toEqual([])
  }
})

test('a lock that is held too long is answered as busy, not as a fault', async () => {
  const held = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const holder = database.inPractice(ours, async (tx) => {
    await sql`select 1 from patient for update`.execute(tx)
    locked.resolve()
    await held.promise
  })
  await locked.promise
  const waiting = database.inPractice(ours, (tx) => sql`select 1 from patient for update`.execute(tx))
  await expect(waiting).rejects.toMatchObject({ code: 'server.busy' })
  held.resolve()
  await holder
})
