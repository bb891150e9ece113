import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { silentLogger } from '../logger.ts'
import { openDatabase } from './open.ts'
import { asSuperuser } from './testing.ts'

const { superuserUrl } = inject('postgres')
const owner = `owner_${randomBytes(6).toString('hex')}`
const serving = `serving_${randomBytes(6).toString('hex')}`
const name = `given_${randomBytes(6).toString('hex')}`
const password = randomBytes(12).toString('hex')
const at = (role: string) =>
  superuserUrl.replace(/\/\/[^@]*@/, `//${role}:${password}@`).replace(/\/postgres(?=\?|$)/, `/${name}`)
const command = (statement: string) => asSuperuser(superuserUrl, statement)

/** Roles are the cluster's and not the database's: each test has new ones. */
beforeAll(() => command(`create role ${owner} login password '${password}'`))
afterAll(() => command(`drop role ${owner}`))
beforeEach(async () => {
  await command(`create role ${serving} login password '${password}'`)
  await command(`create database ${name} owner ${owner}`)
})
afterEach(async () => {
  await command(`drop database ${name} with (force)`)
  await command(`drop role ${serving}`)
})

const open = (role: string) =>
  openDatabase({ dataDir: tmpdir(), url: at(role), ownerUrl: at(owner), log: silentLogger })
const countTables = async () => {
  const own = superuserUrl.replace(/\/postgres(?=\?|$)/, `/${name}`)
  const { rows } = await asSuperuser(own, "select count(*)::int as n from pg_tables where schemaname = 'public'")
  return rows[0].n
}

test('a role of its own serves a database that was given', async () => {
  const database = await open(serving)
  expect(await database.isReachable()).toBe(true)
  await database.close()
})

test.each([
  { case: 'the one that migrates', role: owner, give: () => '' },
  { case: 'a member of the one that migrates', role: serving, give: () => `grant ${owner} to ${serving}` },
  {
    case: 'one that may become it, and has nothing of it until then',
    role: serving,
    give: () => `alter role ${serving} noinherit; grant ${owner} to ${serving}`,
  },
  { case: 'one that may become a superuser', role: serving, give: () => `grant postgres to ${serving}` },
  { case: 'one that may bypass row-level security', role: serving, give: () => `alter role ${serving} bypassrls` },
  { case: 'one that may write to every table', role: serving, give: () => `grant pg_write_all_data to ${serving}` },
  { case: 'the owner of the database', role: serving, give: () => `alter database ${name} owner to ${serving}` },
])('$case does not serve, and has migrated nothing', async ({ role, give }) => {
  await command(give())
  // Closed again where it serves all the same, so that only the expectation fails.
  const outcome = await open(role).then(
    (database) => database.close().then(() => 'serves'),
    (cause: unknown) => String(cause),
  )
  expect(outcome).toMatch(/must own nothing/)
  expect(await countTables()).toBe(0)
})
