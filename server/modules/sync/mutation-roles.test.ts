import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PatientId, type SessionId } from '../../contract/domain/ids.ts'
import { Role } from '../../contract/domain/roles.ts'
import { MUTATION_NAMES, MUTATIONS, type MutationName } from '../../contract/sync/mutations.ts'
import { answerOf, askOf, changeRules, newGoal, newQuestion, saveGoal } from '../testing-review.ts'
import { envelope, importFor, listParked, pushAs } from '../testing-sync.ts'
import {
  newRead,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
} from '../testing.ts'

let server: TestServer
let ours: TestPractice
let theirs: TestPractice
let sessionId: SessionId
let patientId: PatientId
beforeAll(async () => {
  server = await startTestServer()
  ours = await openPractice(server)
  theirs = await openPractice(server)
  sessionId = (await publishSession(server, ours)).sessionId
  patientId = PatientId.parse((await listPatients())[0]?.patient_id) // the session's
})
afterAll(() => server?.close())

const listPatients = () =>
  server.database.inPractice(ours.id, (tx) => tx.selectFrom('patient').select(['patient_id', 'revision']).execute())
const listFeed = () =>
  server.database.inPractice(ours.id, (tx) => tx.selectFrom('feed_head').selectAll().orderBy('seq').execute())
const countReads = () =>
  server.database.inPractice(ours.id, async (tx) => (await tx.selectFrom('read').select('read_id').execute()).length)

/** One that is in order, for whoever may send it; on rows of our practice. */
type Made = ReturnType<typeof envelope>
const MADE: Readonly<Record<MutationName, () => Made | Promise<Made>>> = {
  'read.record': () => envelope('read.record', newRead(sessionId)),
  'access.record': () =>
    envelope('access.record', {
      displayed: [{ sessionId, view: 'frontal', photo: 'a'.repeat(64), shownMs: 1, atMs: 1 }],
    }),
  'patient.change': () =>
    envelope('patient.change', { patientId: patientId, set: { currentStage: 7 } }, { base: { currentStage: null } }),
  'parked.resolve': () =>
    envelope('parked.resolve', { mutationId: uuidV7(), how: 'discarded', reason: 'x', replacedBy: null }),
  'rules.change': () => changeRules({ graceSeconds: 12 }),
  'goal.save': () => saveGoal(newGoal(patientId)),
  'question.ask': () => askOf(sessionId, ours.clinician.personId),
  'question.answer': async () => {
    const question = newQuestion(sessionId)
    await pushAs(server, ours.clinician, envelope('question.ask', question))
    return answerOf(question.id)
  },
  'sync.difference': () => envelope('sync.difference', { entity: 'read', atSeq: 1, localCount: 1, serverCount: 2 }),
}
const CASES = MUTATION_NAMES.flatMap((name) =>
  Role.options.map((role) => ({ name, role, may: (MUTATIONS[name].who as readonly Role[]).includes(role) })),
)

describe.each(['a push', 'an import'])('%s', (way) => {
  const send = async (practice: TestPractice, role: Role, made: Made) => {
    const author = await practice.hire(role)
    if (way === 'a push') return pushAs(server, author, made)
    return importFor(server, await practice.hire('practice_admin'), author, made)
  }

  test.each(CASES)('$name of a $role: $may', async ({ name, role, may }) => {
    const [result] = await send(ours, role, await MADE[name]())
    expect(result).toMatchObject(may ? { status: 'applied' } : { status: 'rejected', code: 'auth.denied' })
  })

  test.each(CASES)('$name of a $role of another practice changes nothing of ours', async ({ name, role }) => {
    const look = async () => [
      await listPatients(),
      await countReads(),
      await listParked(server, ours),
      await listFeed(),
    ]
    const made = await MADE[name]()
    const before = await look()
    const [result] = await send(theirs, role, made)
    // An administrator's change of rules names nothing: it is of their own practice.
    const isOfTheirs = name === 'rules.change' && result?.status === 'applied'
    expect(isOfTheirs ? null : result?.feedSeq).toBeNull()
    expect(await look()).toEqual(before)
  })
})
