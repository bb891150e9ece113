import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReviewState } from '../../contract/domain/reads.ts'
import { asSuperuser } from '../../platform/database/testing.ts'
import { openPractice, publishSession, startTestServer, type TestPractice, type TestServer } from '../testing.ts'
import { queryDashboard } from './repository.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
  practice = await openPractice(server)
})
afterAll(() => server.close())

const list = (query: { limit: number; before?: string; state?: ReviewState }) =>
  server.handlers['dashboard.feed']({ query, params: undefined, body: undefined }, practice.clinician)

test('pages follow each other newest first, without doubling or leaving out any', async () => {
  const made: string[] = []
  for (let i = 0; i < 5; i += 1) made.push((await publishSession(server, practice)).sessionId)
  // Three of them in the same millisecond: the id decides, and no page may lose one.
  await server.database.inPractice(practice.id, (tx) =>
    tx.updateTable('scan_session').set({ submitted_at_ms: 5 }).where('session_id', 'in', made.slice(1, 4)).execute(),
  )
  const seen: string[] = []
  let before: string | undefined
  do {
    const page = await list({ limit: 2, ...(before === undefined ? {} : { before }) })
    seen.push(...page.sessions.map(({ session }) => session.id))
    before = page.next ?? undefined
  } while (before !== undefined)
  expect(seen.toSorted()).toEqual(made.toSorted())
  expect(seen.slice(2)).toEqual(made.slice(1, 4).toSorted().toReversed())
  expect((await list({ limit: 9, state: 'reviewed' })).sessions).toEqual([])
  expect((await list({ limit: 9, state: 'waiting' })).sessions).toHaveLength(5)
})

test('a page mark that nobody gave is refused', async () => {
  await expect(list({ limit: 2, before: "1_' or true" })).rejects.toMatchObject({ code: 'input.invalid' })
})

test.each([
  ['all', undefined, 'scan_session_newest'],
  ['one state', 'waiting', 'scan_session_newest_by_state'],
] as const)('the query for %s reads its order from an index and sorts nothing', async (_, state, index) => {
  await server.database.inPractice(practice.id, async (tx) => {
    await sql`insert into scan_session (practice_id, session_id, patient_id, captured_on, submitted_at_ms, aligners,
                version, published_at_ms, body, review_state)
              select practice_id, gen_random_uuid(), patient_id, '2024-01-01', n, 'in', 1, 1, '{}',
                     case when n % 2 = 0 then 'waiting' else 'reviewed' end
                from patient, generate_series(1, 2000) n where practice_id = ${practice.id}`.execute(tx)
  })
  await asSuperuser(server.database.superuserUrl, 'analyze')
  const before = { submittedAtMs: 1500, sessionId: practice.id }
  const plan = await server.database.inPractice(practice.id, async (tx) => {
    const query = queryDashboard(tx, practice.id, { limit: 50, state, before })
    return JSON.stringify(await query.explain('json'))
  })
  expect(plan).toContain(`"Index Name":"${index}"`)
  expect(plan).not.toContain('"Node Type":"Sort"')
})
