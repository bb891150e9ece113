import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../platform/database/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../platform/database/testing.ts'
import { silentLogger } from '../platform/logger.ts'
import { MIGRATIONS } from './registry.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('every numbered file is registered, in order, without a gap', async () => {
  const files = (await readdir(import.meta.dirname)).filter((name) => /^\d{4}-.*\.ts$/.test(name)).toSorted()
  expect(Object.keys(MIGRATIONS)).toEqual(files.map((name) => name.replace(/\.ts$/, '')))
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, i) => i + 1))
})

test('a second run changes nothing', async () => {
  expect(await migrate(database.ownerUrl, 'loupe_app', silentLogger)).toEqual([])
})
