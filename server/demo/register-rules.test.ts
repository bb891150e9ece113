import { afterAll, beforeAll, expect, test } from 'vitest'
import { getRules } from '../modules/practice-rules/service.ts'
import { systemClock } from '../platform/clock.ts'
import { createTestDatabase, type TestDatabase } from '../platform/database/testing.ts'
import { DEMO_PRACTICES } from './people.ts'
import { registerDemoPeople } from './register-people.ts'
import { registerDemoRules } from './register-rules.ts'

let database: TestDatabase
const deps = () => ({ database, clock: systemClock, announce: () => {} })
beforeAll(async () => {
  database = await createTestDatabase()
  await registerDemoPeople(deps(), 'http://127.0.0.1:1')
})
afterAll(() => database.drop())

const listShares = () =>
  Promise.all(
    DEMO_PRACTICES.map(({ id }) =>
      database.inPractice(id, async (tx) => {
        const { secondReadPercent, revision } = await getRules(tx, id)
        return [secondReadPercent, revision]
      }),
    ),
  )

test('every practice begins with the share; a later start leaves alone what is there', async () => {
  await registerDemoRules(deps(), 0)
  expect(await listShares()).toEqual(DEMO_PRACTICES.map(() => [0, 1]))
  await registerDemoRules(deps(), 50)
  expect(await listShares()).toEqual(DEMO_PRACTICES.map(() => [0, 1]))
})
