import { createHash, randomUUID } from 'node:crypto'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { PhotoHash, PracticeId } from '../../contract/domain/ids.ts'
import { createTestDatabase, type TestDatabase } from '../database/testing.ts'
import { silentLogger } from '../logger.ts'
import { QUEUE_SCHEMA } from './install.ts'
import { type Jobs, openJobs } from './jobs.ts'

let database: TestDatabase
let jobs: Jobs
const practiceId = PracticeId.parse(randomUUID())
const done: string[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  jobs = await openJobs({ url: database.url, log: silentLogger })
})
afterAll(async () => {
  await jobs.stop()
  await database.drop()
})

const hashOf = (n: number) => PhotoHash.parse(createHash('sha256').update(String(n)).digest('hex'))
const send = (n: number, singletonKey = String(n)) =>
  database.inPractice(practiceId, (tx) =>
    jobs.send(tx, 'photo.process', { practiceId, hash: hashOf(n) }, { singletonKey }),
  )

test('work queued in a transaction that rolls back does not exist', async () => {
  const failed = database.inPractice(practiceId, async (tx) => {
    await jobs.send(tx, 'photo.process', { practiceId, hash: hashOf(0) })
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  for (let n = 1; n <= 40; n += 1) await send(n)
  await send(40) // waits already
  await jobs.work(
    'photo.process',
    (data) => {
      done.push(data.hash)
      return Promise.resolve()
    },
    () => Promise.resolve(),
  )
  // The queue does not wait for its poll between two of them: that would be twenty seconds.
  await vi.waitFor(() => expect(done).toHaveLength(40), { timeout: 15_000 })
  expect(done.toSorted()).toEqual(Array.from({ length: 40 }, (_, i) => hashOf(i + 1)).toSorted())
})

test('a job whose server died is taken up within half a minute, not when its time is over', {
  timeout: 90_000, // its time is three minutes
}, async () => {
  await jobs.stop()
  await send(99)
  const dead = new PgBoss({ connectionString: database.url, schema: QUEUE_SCHEMA, migrate: false, supervise: false })
  await dead.start()
  expect(await dead.fetch('photo.process')).toHaveLength(1) // taken, and never heard of again
  await dead.stop({ graceful: false })

  jobs = await openJobs({ url: database.url, log: silentLogger })
  const taken = Promise.withResolvers<string>()
  await jobs.work(
    'photo.process',
    async (data) => taken.resolve(data.hash),
    () => Promise.resolve(),
  )
  expect(await taken.promise).toBe(hashOf(99))
})
