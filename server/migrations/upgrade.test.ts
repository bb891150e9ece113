import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { Migrator } from 'kysely/migration'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { connectPool, kyselyOn } from '../platform/database/connect.ts'
import { migrate } from '../platform/database/migrate.ts'
import { asSuperuser } from '../platform/database/testing.ts'
import { silentLogger } from '../platform/logger.ts'
import { MIGRATIONS } from './registry.ts'

/** A database of the first release, with rows in it, brought up to date by its owner. */
const given = inject('postgres')
const name = `upgrade_${randomBytes(6).toString('hex')}`
const at = (url: string) => url.replace(/\/(?:loupe|postgres)(?=\?|$)/, `/${name}`)
const [ownerUrl, superuserUrl] = [at(given.ownerUrl), at(given.superuserUrl)]

const ids = ['a', 'b'].map((letter) => `01900000-0000-7000-8000-00000000000${letter}`)
const [first, second] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002']

beforeAll(async () => {
  await asSuperuser(given.superuserUrl, `create database ${name} owner loupe_owner`)
  const owner = kyselyOn(connectPool(ownerUrl, { max: 1, statementTimeoutMs: 60_000 }))
  const released = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, 2))
  const { error } = await new Migrator({
    db: owner,
    provider: { getMigrations: () => Promise.resolve(released) },
  }).migrateToLatest()
  await owner.destroy()
  if (error !== undefined) throw new Error('The first release does not migrate', { cause: error })
  for (const practice of ids) await asSuperuser(superuserUrl, rowsOf(practice))
  await migrate(ownerUrl, 'loupe_app', silentLogger)
})
afterAll(() => asSuperuser(given.superuserUrl, `drop database ${name} with (force)`))

/** Of the row `first` three states, of the row `second` one that was deleted. */
function rowsOf(practice: string): string {
  const feed = (seq: number, id: string | undefined, op: string) =>
    `insert into feed values ('${practice}', ${seq}, 'practice', '${id}', '${op}', ${op === 'put' ? "'{}'" : 'null'}, null, ${seq});`
  return `insert into practice values ('${practice}', 'N', 1);
    insert into practice_clock values ('${practice}', 5, 1, 0);
    insert into person values ('${practice}', '${first}', 'iss', '${practice}', 'P', '{clinician}', true);
    ${feed(1, first, 'put')} ${feed(2, second, 'put')} ${feed(3, first, 'put')} ${feed(4, second, 'del')} ${feed(5, first, 'put')}
    insert into sync_client values ('${practice}', '${first}', '${first}', 1, 1);
    insert into mutation_result values ('${practice}', '${first}', 1, '${second}', 'applied', null, 5);`
}

async function query<T>(url: string, statement: string): Promise<T[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(statement)
  await client.end()
  return rows as T[]
}

test('every row has its head: the newest feed row, of deleted rows too, in every practice', async () => {
  const heads = await query(superuserUrl, 'select practice_id, entity_id, seq, op from feed_head order by 1, 2')
  expect(heads).toEqual(
    ids.flatMap((practice) => [
      { practice_id: practice, entity_id: first, seq: '5', op: 'put' },
      { practice_id: practice, entity_id: second, seq: '4', op: 'del' },
    ]),
  )
})

test('what was remembered before is kept for another 180 days from now', async () => {
  const [oldest] = await query<{ ageMs: number }>(
    superuserUrl,
    `select (extract(epoch from now()) * 1000 - least(min(c.heard_at_ms), min(r.at_ms)))::float as "ageMs"
       from sync_client c join mutation_result r using (practice_id, client_id)`,
  )
  expect(oldest?.ageMs).toBeLessThan(10 * 60_000)
})

test('row-level security is forced again wherever the upgrade looked past it', async () => {
  const open = await query(
    superuserUrl,
    `select relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'practice_id'
      where c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)`,
  )
  expect(open).toEqual([])
})

test('the owner sees no feed and no head; of clocks it sees what its functions give', async () => {
  expect(await query(ownerUrl, 'select 1 from feed union all select 1 from feed_head')).toEqual([])
  expect(await query(at(given.url), 'select 1 from practice_clock')).toEqual([])
  expect(await query(at(given.url), 'select list_practice_ids() as id')).toEqual(ids.map((id) => ({ id })))
  expect(await query(at(given.url), `select * from list_feed_positions(array['${ids[1]}']::uuid[])`)).toEqual([
    { practice_id: ids[1], seq: '5' },
  ])
})
