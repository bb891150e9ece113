import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SaveGoal } from '../../contract/domain/goals.ts'
import { PatientId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import { newGoal, saveGoal } from '../testing-review.ts'
import { listAudit, listParked, pushAs } from '../testing-sync.ts'
import { openPractice, publishSession, startTestServer, type TestPractice, type TestServer } from '../testing.ts'

let server: TestServer
let practice: TestPractice
let patientId: PatientId
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
  await publishSession(server, practice)
  const row = await server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('patient').select('patient_id').executeTakeFirstOrThrow(),
  )
  patientId = PatientId.parse(row.patient_id)
})

const baseOf = ({ text, dueOn, quietUntil, state }: SaveGoal) => ({ text, dueOn, quietUntil, state })
const newest = () =>
  server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('feed').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst(),
  )

test('a new goal is carried by the feed and audited without its words', async () => {
  const goal = newGoal(patientId)
  const sent = saveGoal(goal)
  await pushAs(server, practice.clinician, sent)
  const body = { ...goal, setBy: practice.clinician.personId, changedAtMs: expect.any(Number) }
  expect(await newest()).toMatchObject({ entity: 'goal', entity_id: goal.id, mutation_id: sent.id, body })
  const [entry] = await listAudit(server, practice, 'goal.save')
  expect(entry?.subject).toEqual({ goalId: goal.id, patientId, state: 'open', isNew: true })
})

test('two people who changed different fields offline both succeed', async () => {
  const goal = newGoal(patientId)
  await pushAs(server, practice.clinician, saveGoal(goal))
  const admin = await practice.hire('practice_admin')
  await pushAs(server, admin, saveGoal({ ...goal, dueOn: '2031-01-01' }, baseOf(goal)))
  const [result] = await pushAs(server, practice.clinician, saveGoal({ ...goal, state: 'reached' }, baseOf(goal)))
  expect(result).toMatchObject({ status: 'applied' })
  expect((await newest())?.body).toMatchObject({ dueOn: '2031-01-01', state: 'reached' })
})

test('a field that a colleague changed first parks the change', async () => {
  const goal = newGoal(patientId)
  await pushAs(server, practice.clinician, saveGoal(goal))
  await pushAs(server, practice.clinician, saveGoal({ ...goal, dueOn: '2031-01-01' }, baseOf(goal)))
  const late = saveGoal({ ...goal, dueOn: '2032-01-01' }, baseOf(goal))
  expect(await pushAs(server, practice.clinician, late)).toMatchObject([{ status: 'parked', code: 'goal.stale' }])
  expect(await listParked(server, practice)).toMatchObject([{ mutation_id: late.id, base: late.base }])
})

test('two workstations that make the same goal at once leave one', async () => {
  const goal = newGoal(patientId)
  const sent = [saveGoal(goal), saveGoal(goal)]
  const both = () => sent.map((one) => pushAs(server, practice.clinician, one))
  const answers = await Promise.allSettled(both())
  // One may be told that the server is busy: a workstation then sends it again.
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [AppError.from(answer.reason).code] : []))
  expect(refused.filter((code) => code !== 'server.busy')).toEqual([])
  for (const [verdict] of await Promise.all(both())) expect(verdict).toMatchObject({ status: 'applied' })
})

test('a goal for somebody who is no patient here is refused', async () => {
  const other = await openPractice(server)
  const results = [
    ...(await pushAs(server, practice.clinician, saveGoal(newGoal(PatientId.parse(uuidV7()))))),
    ...(await pushAs(server, other.clinician, saveGoal(newGoal(patientId)))),
  ]
  expect(results.map(({ status, code }) => [status, code])).toEqual([
    ['rejected', 'not-found'],
    ['rejected', 'not-found'],
  ])
})
