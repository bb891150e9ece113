import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { STANDARD_RULES } from '../../contract/domain/practice-rules.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { listAudit, listParked, pushAs } from '../testing-sync.ts'
import { changeRules } from '../testing-review.ts'
import { openPractice, startTestServer, type TestPractice, type TestServer } from '../testing.ts'
import { getRules } from './service.ts'

let server: TestServer
let practice: TestPractice
let admin: PersonPrincipal
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  practice = await openPractice(server)
  admin = await practice.hire('practice_admin')
})

const find = () => server.database.inPractice(practice.id, (tx) => getRules(tx, practice.id))
const push = (...mutations: Parameters<typeof pushAs>[2][]) => pushAs(server, admin, ...mutations)
const word = { code: 'x_bite', label: 'Open bite', teeth: false, mm: true, retired: false }

test('a practice that changed nothing has the standard and no row in the feed', async () => {
  expect(await find()).toEqual({ ...STANDARD_RULES, id: practice.id })
})

test('the feed carries the rules as they stand, the audit log the names of the fields', async () => {
  const sent = changeRules({ graceSeconds: 25, details: [word] })
  const [result] = await push(sent)
  const row = await server.database.inPractice(practice.id, (tx) =>
    tx
      .selectFrom('feed')
      .selectAll()
      .where('seq', '=', result?.feedSeq ?? 0)
      .executeTakeFirst(),
  )
  const body = { ...STANDARD_RULES, id: practice.id, graceSeconds: 25, details: [word], revision: 1 }
  expect(row).toMatchObject({ entity: 'practice_rules', entity_id: practice.id, mutation_id: sent.id, body })
  expect(await find()).toEqual(body)
  const [entry] = await listAudit(server, practice, 'rules.change')
  expect(entry?.subject).toEqual({ revision: 1, fields: 'details graceSeconds' })
})

test('of two administrators at once on one field, one is applied and the other parked with what it was made on', async () => {
  const sent = [changeRules({ seenMs: 500 }), changeRules({ seenMs: 600 })]
  const results = (await Promise.all(sent.map((one) => push(one)))).flat()
  expect(new Set(results.map(({ status, code }) => `${status} ${code}`))).toEqual(
    new Set(['applied null', 'parked rules.stale']),
  )
  expect(await listParked(server, practice)).toMatchObject([
    { name: 'rules.change', code: 'rules.stale', base: { seenMs: STANDARD_RULES.seenMs } },
  ])
})

test('on different fields both are applied', async () => {
  const results = await push(changeRules({ seenMs: 500 }), changeRules({ budgetSeconds: 45 }))
  expect(results.map((result) => result.status)).toEqual(['applied', 'applied'])
  expect(await find()).toMatchObject({ seenMs: 500, budgetSeconds: 45, revision: 2 })
})

test('a word is retired, never removed', async () => {
  await push(changeRules({ details: [word] }))
  const results = await push(
    changeRules({ details: [] }, { details: [word] }),
    changeRules({ details: [{ ...word, retired: true }] }, { details: [word] }),
  )
  expect(results.map(({ status, code }) => [status, code])).toEqual([
    ['rejected', 'input.invalid'],
    ['applied', null],
  ])
  expect((await find()).details).toEqual([{ ...word, retired: true }])
})
