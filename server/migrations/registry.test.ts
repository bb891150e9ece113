import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../platform/database/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../platform/database/testing.ts'
import { silentLogger } from '../platform/logger.ts'
import { MIGRATIONS } from './registry.ts'

/**
 * SHA-256 of each migration that databases out there have run, blanks aside. A changed one would leave them with another
 * schema than new ones: never edit it, add the next number. A new file gets its row here when it is released.
 */
const RELEASED: Readonly<Record<string, string>> = {
  '0001-foundation': '1d26038495cf4b8d9280c3dc759f15396f6834eb46d61073bcbb2e45e19c0ef2',
  '0002-demo-idp': 'a6566dfea4f5f1b543a89b0348811e526d37ab22f5a3e629cd06499422d5233a',
  '0003-feed-heads': '4744fcba8898e0d14ab1c8cca7d13ce92b18f01243f3fbacee9bc46c932c6b93',
  '0004-settled-mutations': 'd9774d4a08644fb5f06fba81acf26302806c538c15afa6ef3a43f51a22ef8a49',
  '0005-practice-rules': '0865301811f5a7ecb9ee55492e88183d8ef49983b1bd426e3c5091904416c5af',
  '0006-corrected-actions': 'ea1087b4380ba3019574c968b84a7cf362191c1b102093edce5d7295ae09d3a4',
  '0007-append-audit': '6153ec2affdab239983c4bcb46699c731fc6aff61a54f5430bce89d97659fe54',
}

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

test.each(Object.entries(RELEASED))('%s is what was released', async (name, released) => {
  const text = await readFile(path.join(import.meta.dirname, `${name}.ts`), 'utf8')
  expect(createHash('sha256').update(text.replaceAll(/\s+/g, '')).digest('hex')).toBe(released)
})

test('every migration but one that is just being written has been released', () => {
  const names = Object.keys(MIGRATIONS)
  expect(Object.keys(RELEASED)).toEqual(names.slice(0, Object.keys(RELEASED).length))
  expect(names.length - Object.keys(RELEASED).length).toBeLessThanOrEqual(1)
})
