import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectPool, kyselyOn } from './connect.ts'
import type { RawDatabase } from './database.ts'
import { LAST_MARK, prepared, UNREAD_MARK } from './prepared.ts'
import { asSuperuser, createTestDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
let db: RawDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await asSuperuser(
    database.superuserUrl,
    'create table thing (id int primary key); grant select, insert on thing to loupe_app; insert into thing values (1)',
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

const add = (on: RawDatabase, id: number, mark = '') =>
  sql`${sql.raw(mark)} insert into thing values (${id})`.execute(on)
const TAKEN = { code: '23505' }

test('what is said of a transaction at its beginning holds in it, and not after it', async () => {
  const name = async (on: RawDatabase) => {
    const { rows } = await sql<{ name: string }>`select current_setting('app.practice', true) as name`.execute(on)
    return rows[0]?.name
  }
  const inside = await db.transaction().execute(async (tx) => {
    await sql`set local app.practice = ${sql.lit("it's")}`.execute(tx)
    return name(tx)
  })
  expect([inside, await name(db)]).toEqual(["it's", ''])
})

test('a marked statement is not waited for: what it breaks the next one says, and nothing is kept', async () => {
  const work = db.transaction().execute(async (tx) => {
    await add(tx, 2)
    await add(tx, 1, UNREAD_MARK)
    await sql`select * from thing`.execute(tx)
  })
  await expect(work).rejects.toMatchObject(TAKEN)
  expect((await find(2)).rows).toHaveLength(0)
  await db.transaction().execute((tx) => add(tx, 2, UNREAD_MARK))
  expect((await find(2)).rows).toHaveLength(1)
})

test('the commit goes with the statement that is marked as the last: nothing can follow it', async () => {
  await db.transaction().execute((tx) => add(tx, 3, LAST_MARK))
  expect((await find(3)).rows).toHaveLength(1)
  const work = db.transaction().execute(async (tx) => {
    await add(tx, 4, LAST_MARK)
    await add(tx, 5)
  })
  await expect(work).rejects.toThrow('has ended')
  expect((await find(5)).rows).toHaveLength(0)
})

test('a last statement that fails says why, or what was broken before it, and nothing is kept', async () => {
  const last = db.transaction().execute(async (tx) => {
    await add(tx, 6)
    await add(tx, 1, LAST_MARK)
  })
  await expect(last).rejects.toMatchObject(TAKEN)
  const before = db.transaction().execute(async (tx) => {
    await add(tx, 1, UNREAD_MARK)
    await add(tx, 6, LAST_MARK)
  })
  await expect(before).rejects.toMatchObject(TAKEN)
  expect((await find(6)).rows).toHaveLength(0)
})
