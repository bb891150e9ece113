import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PracticeId } from '../../contract/domain/ids.ts'
import { connectPool, kyselyOn } from './connect.ts'
import type { Database } from './database.ts'
import { serveOn } from './open.ts'
import { prepared } from './prepared.ts'
import { createTestDatabase, type TestDatabase } from './testing.ts'

const ours = PracticeId.parse(randomUUID())
const theirs = PracticeId.parse(randomUUID())
/** More than the pool of a server has connections. */
const MANY = 40

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Transactions that have begun and end when they are told to. */
function hold(on: Database, practiceId: PracticeId, count: number) {
  const told = Promise.withResolvers<void>()
  const first = Promise.withResolvers<void>()
  const ends = Array.from({ length: count }, () =>
    on.inPractice(practiceId, async () => {
      first.resolve()
      await told.promise
    }),
  )
  return {
    begun: Promise.race([first.promise, Promise.all(ends)]),
    end: async () => {
      told.resolve()
      await Promise.all(ends)
    },
  }
}

test('who waited in vain while all connections were lent out is told that the server is busy', async () => {
  // As long as a busy machine takes to make the one connection: that is waited for no longer either.
  const pool = connectPool(database.url, { max: 1, statementTimeoutMs: 5_000, waitMs: 5_000 })
  const narrow = serveOn(kyselyOn(prepared(pool)), database.url)
  const held = hold(narrow, ours, 1)
  await held.begun
  await expect(narrow.inPractice(theirs, async () => {})).rejects.toMatchObject({ code: 'server.busy' })
  await held.end()
  await narrow.close()
})

test('a practice that keeps as many transactions open as it can leaves connections to the others', async () => {
  const held = hold(database, ours, MANY)
  await held.begun
  const others = await Promise.race([
    database.inPractice(theirs, async () => 'served'),
    new Promise((resolve) => setTimeout(resolve, 8000, 'waited')),
  ])
  await held.end() // and each of its own has its turn
  expect(others).toBe('served')
})
