import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PersonId, type SessionId } from '../../contract/domain/ids.ts'
import type { AskQuestion } from '../../contract/domain/questions.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { registerPerson } from '../people/service.ts'
import { answerOf, newQuestion } from '../testing-review.ts'
import { envelope, listAudit, listParked, pushAs } from '../testing-sync.ts'
import { openPractice, publishSession, startTestServer, type TestPractice, type TestServer } from '../testing.ts'

let server: TestServer
let practice: TestPractice
let asker: PersonPrincipal
let colleague: PersonPrincipal
let sessionId: SessionId
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
  asker = practice.clinician
  colleague = await practice.hire('clinician')
  ;({ sessionId } = await publishSession(server, practice))
})

const ask = (question: AskQuestion, by = asker) => pushAs(server, by, envelope('question.ask', question))
const listFeed = () =>
  server.database.inPractice(practice.id, (tx) =>
    tx.selectFrom('feed').selectAll().where('entity', '=', 'question').orderBy('seq').execute(),
  )

test('a question and its answer are carried by the feed, the log names neither', async () => {
  const question = newQuestion(sessionId, { askedOf: colleague.personId })
  await ask(question)
  await pushAs(server, colleague, answerOf(question.id, 'I would.'))
  const asked = { ...question, askedBy: asker.personId, askedAtMs: expect.any(Number), answer: null }
  const answer = { by: colleague.personId, text: 'I would.', answeredAtMs: expect.any(Number) }
  expect((await listFeed()).map((row) => row.body)).toMatchObject([asked, { ...asked, answer }])
  const { id: questionId, askedOf } = question
  expect((await listAudit(server, practice, 'question.ask'))[0]?.subject).toEqual({ questionId, sessionId, askedOf })
  expect((await listAudit(server, practice, 'question.answer'))[0]?.subject).toEqual({ questionId, sessionId })
})

test('of two answers at once the first stands and the other is parked whole', async () => {
  const question = newQuestion(sessionId)
  await ask(question)
  const third = await practice.hire('clinician')
  const results = await Promise.all([
    pushAs(server, colleague, answerOf(question.id, 'Yes.')),
    pushAs(server, third, answerOf(question.id, 'No.')),
  ])
  expect(new Set(results.flat().map(({ status, code }) => `${status} ${code}`))).toEqual(
    new Set(['applied null', 'parked question.answered']),
  )
  expect(await listParked(server, practice)).toMatchObject([{ name: 'question.answer', code: 'question.answered' }])
})

test('one that names a colleague is not answered by a third', async () => {
  const question = newQuestion(sessionId, { askedOf: colleague.personId })
  await ask(question)
  const denied = await pushAs(server, await practice.hire('clinician'), answerOf(question.id))
  expect(denied).toMatchObject([{ status: 'rejected', code: 'auth.denied' }])
  expect(await pushAs(server, asker, answerOf(question.id, 'Found it.'))).toMatchObject([{ status: 'applied' }])
})

test('the same question again is one question; another under its id is a conflict', async () => {
  const question = newQuestion(sessionId)
  await ask(question)
  expect(await ask(question)).toMatchObject([{ status: 'applied', feedSeq: null }])
  expect(await ask({ ...question, text: 'Other' })).toMatchObject([{ status: 'rejected', code: 'conflict.exists' }])
  expect(await listFeed()).toHaveLength(1)
})

describe('is refused', () => {
  const colleagueWho = async (change: { roles?: ['staff']; active?: boolean }) => {
    const person = { id: colleague.personId, displayName: 'A Person', roles: ['clinician' as const], active: true }
    const account = { issuer: 'https://issuer', subject: person.id }
    await registerPerson(server.deps, practice.id, { ...person, ...change }, account)
    return newQuestion(sessionId, { askedOf: person.id })
  }
  const withPrior = async (made: Promise<{ sessionId: SessionId }>) => {
    const { look, ...rest } = newQuestion(sessionId)
    return { ...rest, look: { ...look, priorSessionId: (await made).sessionId } }
  }
  test.each<[string, () => AskQuestion | Promise<AskQuestion>]>([
    ['of nobody', () => newQuestion(sessionId, { askedOf: PersonId.parse(uuidV7()) })],
    ['of somebody who left', () => colleagueWho({ active: false })],
    ['of somebody who cannot decide', () => colleagueWho({ roles: ['staff'] })],
    ['about another practice’s scan', async () => newQuestion((await foreign()).sessionId)],
    ['beside another practice’s scan', () => withPrior(foreign())],
    ['beside another patient’s scan', () => withPrior(publishSession(server, practice))],
  ])('a question %s', async (_, make) => {
    expect(await ask(await make())).toMatchObject([{ status: 'rejected', code: 'not-found' }])
    expect(await listFeed()).toEqual([])
  })
  const foreign = async () => publishSession(server, await openPractice(server))
})

test('a withdrawn scan takes its questions along, and no more are taken', async () => {
  const question = newQuestion(sessionId)
  await ask(question)
  const input = { params: { id: sessionId }, body: { reason: 'Another patient' }, query: undefined }
  await server.handlers['scans.withdraw'](input, asker)
  expect((await listFeed()).at(-1)).toMatchObject({ op: 'del', entity_id: question.id })
  const late = [...(await pushAs(server, colleague, answerOf(question.id))), ...(await ask(newQuestion(sessionId)))]
  expect(late.map((result) => result.code)).toEqual(['session.withdrawn', 'session.withdrawn'])
})
