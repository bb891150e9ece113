import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectPool, kyselyOn } from './connect.ts'
import type { RawDatabase } from './database.ts'
import { prepared } from './prepared.ts'
import { asSuperuser, createTestDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
let db: RawDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await asSuperuser(
    database.superuserUrl,
    'create table thing (id int primary key); grant select on thing to loupe_app; insert into thing values (1)',
  )
  db = kyselyOn(prepared(connectPool(database.url, { max: 1, statementTimeoutMs: 5000 })))
})
afterAll(async () => {
  await db?.destroy()
  await database?.drop()
})

const find = (id: number) => sql`select * from thing where id = ${id}`.execute(db)
const listPrepared = async () =>
  (await sql<{ text: string }>`select statement as text from pg_prepared_statements`.execute(db)).rows

test('a statement with parameters is prepared once for a connection; one without is not', async () => {
  for (let i = 0; i < 3; i += 1) await find(i)
  const made = await listPrepared()
  expect(made.map((statement) => statement.text)).toEqual(['select * from thing where id = $1'])
})

test('a table that another server’s migration has changed costs one statement, not the connection', async () => {
  expect((await find(1)).rows).toEqual([{ id: 1 }])
  await asSuperuser(database.superuserUrl, 'alter table thing add colour text')
  await expect(find(1)).rejects.toMatchObject({ code: '0A000' })
  expect((await find(1)).rows).toEqual([{ id: 1, colour: null }])
})

test('lists of every length do not fill a connection with statements', async () => {
  for (let i = 1; i < 320; i += 1) {
    const ids = Array.from({ length: i }, (_, n) => n)
    const { rows } = await sql`select id from thing where id in (${sql.join(ids)})`.execute(db)
    expect(rows.length).toBe(i > 1 ? 1 : 0)
  }
  expect((await listPrepared()).length).toBeLessThanOrEqual(310)
})

const failUnread = (on: RawDatabase) => sql`select set_config('lock_timeout', ${'soon'}, true)`.execute(on)
const INVALID_SETTING = { code: '22023' }

test('a statement that nobody waits for and that fails: the next one says why, and the connection lives', async () => {
  const work = db.transaction().execute(async (tx) => {
    await failUnread(tx)
    await sql`select * from thing`.execute(tx)
  })
  await expect(work).rejects.toMatchObject(INVALID_SETTING)
  expect((await find(1)).rows).toHaveLength(1)
})

test('with nothing after it the commit says why', async () => {
  await expect(db.transaction().execute(failUnread)).rejects.toMatchObject(INVALID_SETTING)
  expect((await find(1)).rows).toHaveLength(1)
})
