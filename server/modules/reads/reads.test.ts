import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { RecordRead } from '../../contract/domain/reads.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import {
  newRead,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
} from '../testing.ts'

let server: TestServer
let practice: TestPractice
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
})

const tag = (caller: PersonPrincipal, body: RecordRead) =>
  server.handlers['scans.tag']({ params: { id: body.sessionId }, body, query: undefined }, caller)

const stateOf = async (sessionId: string) =>
  server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('scan_session').select('review_state').where('session_id', '=', sessionId).executeTakeFirst(),
  )

test('of actions decided at the same moment one wins and the others are kept as what would have been done', async () => {
  const session = await publishSession(server, practice)
  const clinicians = await Promise.all(Array.from({ length: 6 }, () => practice.hire('clinician')))
  const answers = await Promise.all(clinicians.map((clinician) => tag(clinician, newRead(session.sessionId))))
  const outcomes = answers.map((answer) => answer.action.outcome).toSorted()
  expect(outcomes).toEqual(['won', ...Array.from({ length: 5 }, () => 'would_have_done')])
  expect(await stateOf(session.sessionId)).toEqual({ review_state: 'concordant' })
})

test('the same read again gives the same answer; another under its id is a conflict', async () => {
  const session = await publishSession(server, practice)
  const read = newRead(session.sessionId)
  const first = await tag(practice.clinician, read)
  expect(await tag(practice.clinician, read)).toEqual(first)
  await expect(tag(practice.clinician, { ...read, notes: 'other' })).rejects.toMatchObject({ code: 'conflict.exists' })
  const colleague = await practice.hire('clinician')
  await expect(tag(colleague, read)).rejects.toMatchObject({ code: 'conflict.exists' })
})

test('the state of a session follows its reads, up to an adjudication', async () => {
  const session = await publishSession(server, practice)
  const [second, third] = [await practice.hire('clinician'), await practice.hire('clinician')]
  const one = await tag(practice.clinician, newRead(session.sessionId))
  expect(await stateOf(session.sessionId)).toEqual({ review_state: 'reviewed' })
  const two = await tag(second, newRead(session.sessionId, { overallTracking: 3 }))
  expect(await stateOf(session.sessionId)).toEqual({ review_state: 'discordant' })
  await tag(third, newRead(session.sessionId, { adjudicates: [one.read.readId, two.read.readId] }))
  expect(await stateOf(session.sessionId)).toEqual({ review_state: 'adjudicated' })
})

test('a read of a session that is not published, or of another practice, finds nothing', async () => {
  const session = await publishSession(server, practice)
  const other = await openPractice(server)
  await expect(tag(other.clinician, newRead(session.sessionId))).rejects.toMatchObject({ code: 'not-found' })
})

test('the session in the address and in the read must be the same', async () => {
  const [a, b] = [await publishSession(server, practice), await publishSession(server, practice)]
  const mixed = server.handlers['scans.tag'](
    { params: { id: a.sessionId }, body: newRead(b.sessionId), query: undefined },
    practice.clinician,
  )
  await expect(mixed).rejects.toMatchObject({ code: 'input.invalid' })
})
