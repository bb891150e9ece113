import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SessionId } from '../../contract/domain/ids.ts'
import type { PracticeRules } from '../../contract/domain/practice-rules.ts'
import type { RecordRead } from '../../contract/domain/reads.ts'
import { OWN_CASE_AFTER_MS, SecondRead } from '../../contract/domain/second-reads.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { asSuperuser } from '../../platform/database/testing.ts'
import { changeRules } from '../testing-review.ts'
import { envelope, listAudit, listParked, pushAs } from '../testing-sync.ts'
import {
  newRead,
  openPractice,
  publishSession,
  startTestServer,
  type TestPractice,
  type TestServer,
} from '../testing.ts'
import { drawAtRandom } from './draw.ts'

/** The shares that were drawn with, and what chance says. */
const asked: number[] = []
let isDrawn = true

let server: TestServer
let practice: TestPractice
let [alma, jonas]: PersonPrincipal[] = []
beforeAll(async () => {
  server = await startTestServer({
    draw: (percent) => {
      asked.push(percent)
      return isDrawn
    },
  })
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
  alma = practice.clinician
  jonas = await practice.hire('clinician')
  isDrawn = true
  asked.length = 0
})

const read = (sessionId: SessionId, change: Partial<RecordRead> = {}) =>
  newRead(sessionId, { action: { kind: 'none' }, ...change })
const send = async (who: PersonPrincipal | undefined, args: RecordRead) => {
  if (who === undefined) throw new Error('Hired before each test')
  const [result] = await pushAs(server, who, envelope('read.record', args))
  return result
}
const listDraws = async () => {
  const rows = await server.database.inPractice(practice.id, (tx) =>
    tx
      .selectFrom('feed')
      .select(['op', 'body', 'mutation_id'])
      .where('entity', '=', 'second_read')
      .orderBy('seq')
      .execute(),
  )
  return rows.map((row) => (row.body === null ? null : SecondRead.parse(row.body)))
}
const setRules = async (set: Partial<PracticeRules>) =>
  pushAs(server, await practice.hire('practice_admin'), changeRules(set))
const REFUSED = { status: 'parked', code: 'read.second-read-invalid' }

async function drawFrom(by: PracticeRules['secondReadBy'] = 'other') {
  if (by !== 'other') await setRules({ secondReadBy: by })
  const { sessionId } = await publishSession(server, practice)
  const first = read(sessionId)
  await send(alma, first)
  const [drawn] = await listDraws()
  if (drawn === undefined || drawn === null) throw new Error('Nothing was drawn')
  return { sessionId, first, drawn }
}
/** As if the draw had been made so long ago. */
const age = (ms: number) =>
  asSuperuser(server.database.superuserUrl, `update second_read set not_before_ms = not_before_ms - ${ms}`)

test('a first read is drawn with the practice’s share, in the same transaction, by nobody', async () => {
  await setRules({ secondReadPercent: 12.5 })
  const { sessionId, first, drawn } = await drawFrom()
  expect(asked).toEqual([12.5])
  expect(drawn).toMatchObject({ sessionId, firstReadId: first.readId, firstReaderId: alma?.personId, by: 'other' })
  const rows = await server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('feed').select(['entity', 'mutation_id']).orderBy('seq', 'desc').limit(3).execute(),
  )
  expect(rows.map((row) => row.entity)).toEqual(['second_read', 'action', 'read'])
  expect(new Set(rows.map((row) => row.mutation_id)).size).toBe(1)
  expect(await listAudit(server, practice, 'second-read.draw')).toMatchObject([
    { person_id: null, subject: { secondReadId: drawn.id, sessionId, by: 'other' } },
  ])
})

test('a practice that changed nothing draws two in a hundred', async () => {
  isDrawn = false
  const { sessionId } = await publishSession(server, practice)
  await send(alma, read(sessionId))
  expect([asked, await listDraws()]).toEqual([[2], []])
})

test('neither a correction, nor a colleague’s read, nor a settlement, nor a second read is drawn', async () => {
  const { sessionId, first, drawn } = await drawFrom()
  const second = read(sessionId, { secondReadId: drawn.id, overallTracking: 3 })
  await send(jonas, second)
  await send(alma, read(sessionId, { supersedes: first.readId }))
  const third = await practice.hire('clinician')
  await send(third, read(sessionId, { adjudicates: [first.readId, second.readId] }))
  await send(third, read(sessionId))
  expect(asked).toEqual([2])
})

test('the same read again draws nothing anew', async () => {
  const { first } = await drawFrom()
  await send(alma, first)
  expect([asked, (await listDraws()).length]).toEqual([[2], 1])
})

test('a read that answers a draw is recorded with it, marks it done, and counts for the state of the session', async () => {
  const { sessionId, drawn } = await drawFrom()
  const second = read(sessionId, { secondReadId: drawn.id, overallTracking: 3 })
  expect(await send(jonas, second)).toMatchObject({ status: 'applied' })
  expect((await listDraws()).at(-1)).toEqual({ ...drawn, doneReadId: second.readId })
  expect((await listAudit(server, practice, 'read.record')).at(-1)?.subject).toMatchObject({ secondReadId: drawn.id })
  const session = await server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('scan_session').select('review_state').where('session_id', '=', sessionId).executeTakeFirst(),
  )
  expect(session).toEqual({ review_state: 'discordant' })
})

test('of two that answer one draw at once, one is recorded and the other parked whole', async () => {
  const { sessionId, drawn } = await drawFrom()
  const third = await practice.hire('clinician')
  const results = await Promise.all([jonas, third].map((who) => send(who, read(sessionId, { secondReadId: drawn.id }))))
  expect(new Set(results.map((result) => result?.status))).toEqual(new Set(['applied', 'parked']))
  expect(await listParked(server, practice)).toMatchObject([{ code: 'read.second-read-invalid' }])
})

describe('who may, and when', () => {
  test('of `same` the first reader alone, a day later', async () => {
    const { sessionId, drawn } = await drawFrom('same')
    const answer = () => read(sessionId, { secondReadId: drawn.id })
    expect(await send(jonas, answer())).toMatchObject(REFUSED)
    expect(await send(alma, answer())).toMatchObject(REFUSED)
    await age(OWN_CASE_AFTER_MS)
    expect(await send(jonas, answer())).toMatchObject(REFUSED)
    expect(await send(alma, answer())).toMatchObject({ status: 'applied' })
  })

  test('of `either` a colleague at once, the first reader a day later', async () => {
    const { sessionId, drawn } = await drawFrom('either')
    expect(await send(alma, read(sessionId, { secondReadId: drawn.id }))).toMatchObject(REFUSED)
    await age(OWN_CASE_AFTER_MS)
    expect(await send(alma, read(sessionId, { secondReadId: drawn.id }))).toMatchObject({ status: 'applied' })
  })

  test('of `other` not the first reader', async () => {
    const { sessionId, drawn } = await drawFrom()
    await age(OWN_CASE_AFTER_MS)
    expect(await send(alma, read(sessionId, { secondReadId: drawn.id }))).toMatchObject(REFUSED)
  })
})

test('a draw of another scan, of another practice, or of nobody is none', async () => {
  const { sessionId, drawn } = await drawFrom()
  const other = (await publishSession(server, practice)).sessionId
  const theirs = await openPractice(server)
  const foreign = (await publishSession(server, theirs)).sessionId
  const unknown = read(sessionId).readId as string as typeof drawn.id
  expect(await send(jonas, read(other, { secondReadId: drawn.id }))).toMatchObject(REFUSED)
  expect(await send(theirs.clinician, read(foreign, { secondReadId: drawn.id }))).toMatchObject(REFUSED)
  expect(await send(jonas, read(sessionId, { secondReadId: unknown }))).toMatchObject(REFUSED)
  const decides = { secondReadId: drawn.id, action: { kind: 'hold_aligner', days: 7 } } as const
  expect(await send(jonas, read(sessionId, decides))).toMatchObject(REFUSED)
  expect((await listDraws()).every((draw) => draw?.doneReadId === null)).toBe(true)
})

test('a read of the version before draws too, and views that were passed over are an event of their own', async () => {
  const [one, two] = [await publishSession(server, practice), await publishSession(server, practice)]
  const older = envelope('read.record', read(one.sessionId), { version: 1 })
  expect(await pushAs(server, practice.clinician, older)).toMatchObject([{ status: 'applied' }])
  expect(await listDraws()).toHaveLength(1)
  const unknown = envelope('read.record', read(two.sessionId, { unseen: ['frontal'] }), { version: 1 })
  expect(await pushAs(server, practice.clinician, unknown)).toMatchObject([{ status: 'parked', code: 'input.invalid' }])
  const passed = read(two.sessionId, { unseen: ['frontal', 'occlusal_lower'] })
  await send(alma, passed)
  expect(await listAudit(server, practice, 'read.unseen')).toMatchObject([
    { subject: { sessionId: two.sessionId, readId: passed.readId, views: 'frontal occlusal_lower' } },
  ])
})

test('a withdrawn scan takes its draw along', async () => {
  const { sessionId } = await drawFrom()
  const input = { params: { id: sessionId }, body: { reason: 'Another patient' }, query: undefined }
  await server.handlers['scans.withdraw'](input, practice.clinician)
  expect((await listDraws()).at(-1)).toBeNull()
})

test('chance: nothing of 0 %, everything of 100 %, and of a share about as many', () => {
  const share = (percent: number) => Array.from({ length: 20_000 }, () => drawAtRandom(percent)).filter(Boolean).length
  expect([share(0), share(100)]).toEqual([0, 20_000])
  // 400 are expected, 20 is one standard deviation: ten of them are never off.
  expect(Math.abs(share(2) - 400)).toBeLessThan(200)
})
