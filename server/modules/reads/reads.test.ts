import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ENTITIES } from '../../contract/sync/entities.ts'
import type { Action, RecordRead } from '../../contract/domain/reads.ts'
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

const HOLD = { kind: 'hold_aligner', days: 7 } as const
const correcting = (former: { read: { readId: RecordRead['readId'] }; action: Pick<Action, 'id'> }) => ({
  supersedes: former.read.readId,
  action: HOLD,
  corrects: { actionId: former.action.id, reason: 'Looked at 22 again' },
})
const outcomesOf = (sessionId: string) =>
  server.database.inPractice(practice.id, async (tx) => {
    const rows = await tx
      .selectFrom('action')
      .select(['action_id', 'outcome'])
      .where('session_id', '=', sessionId as RecordRead['sessionId'])
      .execute()
    return new Map(rows.map((row) => [row.action_id, row.outcome]))
  })
/** What every workstation is told last of each action of the session. */
const toldOf = (sessionId: string) =>
  server.database.inPractice(practice.id, async (tx) => {
    const rows = await tx.selectFrom('feed').select('body').where('entity', '=', 'action').orderBy('seq').execute()
    const all = rows.map(({ body }) => ENTITIES.action.parse(body)).filter((action) => action.sessionId === sessionId)
    return [...new Map(all.map((action) => [action.id, action])).values()]
  })

describe('a correction of what has left', () => {
  test('takes the winner’s place; the former one is told to everybody as corrected, before the new one', async () => {
    const { sessionId } = await publishSession(server, practice)
    const first = await tag(practice.clinician, newRead(sessionId))
    const second = await tag(practice.clinician, newRead(sessionId, correcting(first)))
    expect(second.action).toMatchObject({ outcome: 'won', corrects: { reason: 'Looked at 22 again' } })
    expect(await toldOf(sessionId)).toEqual([{ ...first.action, outcome: 'corrected' }, second.action])
    const told = await server.database.inPractice(practice.id, (tx) =>
      tx.selectFrom('feed').select(['entity', 'entity_id']).orderBy('seq', 'desc').limit(3).execute(),
    )
    expect(told.map((row) => row.entity_id)).toEqual([second.action.id, first.action.id, second.read.readId])
    // And a correction of the correction.
    const third = await tag(practice.clinician, newRead(sessionId, correcting(second)))
    expect(await toldOf(sessionId)).toMatchObject([
      { id: first.action.id, outcome: 'corrected' },
      { id: second.action.id, outcome: 'corrected', corrects: { actionId: first.action.id } },
      { id: third.action.id, outcome: 'won' },
    ])
  })

  test('is in the audit log with both ids and without its reason', async () => {
    const { sessionId } = await publishSession(server, practice)
    const first = await tag(practice.clinician, newRead(sessionId))
    const second = await tag(practice.clinician, newRead(sessionId, correcting(first)))
    const entries = await server.database.inPractice(practice.id, (tx) =>
      tx.selectFrom('audit_entry').select('subject').where('action', '=', 'action.correct').execute(),
    )
    expect(entries).toEqual([{ subject: { sessionId, actionId: first.action.id, correctedBy: second.action.id } }])
  })

  test('sent at the same moment with another one: the first commit takes the place, the other came second', async () => {
    const { sessionId } = await publishSession(server, practice)
    const first = await tag(practice.clinician, newRead(sessionId))
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => tag(practice.clinician, newRead(sessionId, correcting(first)))),
    )
    const lost = Array.from({ length: 4 }, () => 'would_have_done')
    expect(answers.map(({ action }) => action.outcome).toSorted()).toEqual(['won', ...lost])
    expect([...(await outcomesOf(sessionId)).values()].toSorted()).toEqual(['corrected', 'won', ...lost])
    // The one that came second names what stands now, and is taken.
    const winner = answers.find(({ action }) => action.outcome === 'won')!
    expect((await tag(practice.clinician, newRead(sessionId, correcting(winner)))).action.outcome).toBe('won')
  })

  test('and a colleague’s first action at the same moment: what has left is corrected, the colleague’s came second', async () => {
    const { sessionId } = await publishSession(server, practice)
    const colleague = await practice.hire('clinician')
    const first = await tag(practice.clinician, newRead(sessionId))
    const [correction, theirs] = await Promise.all([
      tag(practice.clinician, newRead(sessionId, correcting(first))),
      tag(colleague, newRead(sessionId)),
    ])
    expect([correction.action.outcome, theirs.action.outcome]).toEqual(['won', 'would_have_done'])
  })

  test('of an action that itself came second comes second too', async () => {
    const { sessionId } = await publishSession(server, practice)
    const colleague = await practice.hire('clinician')
    await tag(colleague, newRead(sessionId))
    const lost = await tag(practice.clinician, newRead(sessionId))
    expect((await tag(practice.clinician, newRead(sessionId, correcting(lost)))).action.outcome).toBe('would_have_done')
  })

  test('by a colleague is refused and leaves nothing, unless they settle two reads with it', async () => {
    const { sessionId } = await publishSession(server, practice)
    const [second, third] = [await practice.hire('clinician'), await practice.hire('clinician')]
    const one = await tag(practice.clinician, newRead(sessionId))
    const two = await tag(second, newRead(sessionId, { overallTracking: 3 }))
    const corrects = { actionId: one.action.id, reason: 'Unseated at 22' }
    const alone = tag(second, newRead(sessionId, { supersedes: two.read.readId, action: HOLD, corrects }))
    await expect(alone).rejects.toMatchObject({ code: 'read.correction-invalid' })
    expect([...(await outcomesOf(sessionId)).values()].toSorted()).toEqual(['won', 'would_have_done'])
    const adjudicates = [one.read.readId, two.read.readId]
    const settled = await tag(third, newRead(sessionId, { adjudicates, action: HOLD, corrects }))
    expect(settled.action.outcome).toBe('won')
    expect((await outcomesOf(sessionId)).get(one.action.id)).toBe('corrected')
    expect(await stateOf(sessionId)).toEqual({ review_state: 'adjudicated' })
  })

  test('delivered again gives the stored answer, also once it has been corrected itself, and writes nothing', async () => {
    const { sessionId } = await publishSession(server, practice)
    const first = newRead(sessionId)
    const made = await tag(practice.clinician, first)
    const correction = newRead(sessionId, correcting(made))
    const answer = await tag(practice.clinician, correction)
    expect(await tag(practice.clinician, correction)).toEqual(answer)
    expect(await tag(practice.clinician, first)).toEqual({ ...made, action: { ...made.action, outcome: 'corrected' } })
    expect(await toldOf(sessionId)).toHaveLength(2)
    const other = { ...correction, corrects: { actionId: made.action.id, reason: 'Another reason' } }
    await expect(tag(practice.clinician, other)).rejects.toMatchObject({ code: 'conflict.exists' })
  })

  test('the database itself lets no two win, and the serving role change nothing of an action but that it stands', async () => {
    const { sessionId } = await publishSession(server, practice)
    const first = await tag(practice.clinician, newRead(sessionId))
    await tag(practice.clinician, newRead(sessionId, correcting(first)))
    const change = (set: object) =>
      server.database.inPractice(practice.id, (tx) =>
        tx.updateTable('action').set(set).where('action_id', '=', first.action.id).execute(),
      )
    await expect(change({ outcome: 'won' })).rejects.toMatchObject({ cause: { constraint: 'action_one_winner' } })
    await expect(change({ kind: 'none' })).rejects.toMatchObject({ code: '42501' })
  })
})
