import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RouteName } from '../../contract/api/routes.ts'
import { ROUTES } from '../../contract/api/routes.ts'
import { type StubHttp, startStubHttp, stubHandlers } from '../testing/stub-http.ts'
import { MAX_BODY_DEPTH, refuseBody } from './refuse-body.ts'

let stub: StubHttp
beforeAll(async () => {
  stub = await startStubHttp({ handlers: stubHandlers({ 'sync.push': async () => ({ results: [] }) }) })
})
afterAll(() => stub.stop())

function send(route: RouteName, payload: string) {
  const headers = { authorization: 'Bearer practice_admin', 'content-type': 'application/json' }
  return stub.http.app.inject({ method: 'POST', url: ROUTES[route].path, headers, payload })
}

const id = '0198b000-0000-7000-8000-00000000dead'
const pushOf = (args: string) =>
  `{"protocol":1,"clientId":"${id}","mutations":[{"id":"${id}","clientSeq":1,"name":"read.record","version":1,"args":${args},"base":{}}]}`

test('arguments that nest for ever are refused: as a fault of ours they would be sent again for ever', async () => {
  const deep = await send('sync.push', pushOf(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))
  expect([deep.statusCode, deep.json()]).toMatchObject([400, { code: 'input.invalid' }])
})

test('a body may nest as deep as the limit and no deeper', () => {
  const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1)
  expect(() => refuseBody(nested(MAX_BODY_DEPTH), { anyText: false })).not.toThrow()
  expect(() => refuseBody(nested(MAX_BODY_DEPTH + 1), { anyText: false })).toThrow('input.invalid')
})

test.each([
  ['half a surrogate pair', '"\\ud800"'],
  ['a NUL', '"a\\u0000b"'],
])('text with %s is refused, not kept as something else', async (_, label) => {
  const answer = await send('intakeKeys.create', `{"label":${label}}`)
  expect([answer.statusCode, answer.json()]).toMatchObject([400, { code: 'input.invalid' }])
})

test('a whole surrogate pair is text like any other', async () => {
  const answer = await send('intakeKeys.create', '{"label":"\\ud83e\\uddb7"}')
  expect(answer.json()).toMatchObject({ code: 'conflict.exists' }) // the stub's own answer: it was let in
})

test('a push is let in with such text, for the one change to be parked', async () => {
  expect((await send('sync.push', pushOf('"\\ud800"'))).statusCode).toBe(200)
})
