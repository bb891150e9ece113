import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteSpec } from '../../contract/api/route.ts'
import { ROUTES } from '../../contract/api/routes.ts'
import { Role } from '../../contract/domain/roles.ts'
import { type StubHttp, startStubHttp } from '../testing/stub-http.ts'
import { assertPolicies } from './policy.ts'

const CALLERS = [
  { caller: 'nobody', authorization: undefined },
  { caller: 'somebody with a bad token', authorization: 'Bearer forged' },
  { caller: 'intake', authorization: 'Intake key' },
  ...Role.options.map((role) => ({ caller: role, authorization: `Bearer ${role}` })),
]

let stub: StubHttp
beforeAll(async () => {
  stub = await startStubHttp()
})
afterAll(() => stub.stop())

describe.each(Object.entries<RouteSpec>(ROUTES).map(([name, spec]) => ({ name, spec })))('$name', ({ spec }) => {
  test.each(CALLERS)('decides about $caller as the table says', async ({ caller, authorization }) => {
    stub.audited.length = 0
    const answer = await stub.http.app.inject({
      method: spec.method,
      url: spec.path.replace(':id', '0198b000-0000-7000-8000-00000000dead'),
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      payload: spec.method === 'GET' ? '' : '{}',
    })
    const isPublic = (spec.who as readonly string[]).includes('public')
    const isListed = (spec.who as readonly string[]).includes(caller)
    const isKnown = authorization !== undefined && authorization !== 'Bearer forged'
    const expected = isPublic || isListed ? 'allowed' : isKnown ? 'auth.denied' : 'auth.required'
    const refused = ['auth.denied', 'auth.required'].includes(answer.json().code) ? answer.json().code : 'allowed'
    expect(refused).toBe(expected)
    const audited = expected === 'auth.denied' ? [{ outcome: 'denied', action: spec.audit ?? 'route.call' }] : []
    expect(stub.audited.filter((event) => event.outcome === 'denied')).toMatchObject(audited)
    expect(stub.audited).toHaveLength(audited.length)
  })
})

test('a refusal does not depend on whether the record exists or the input is well formed', async () => {
  const ask = (id: string) =>
    stub.http.app.inject({ url: `/api/v1/patients/${id}`, headers: { authorization: 'Bearer it_admin' } })
  const [well, ill] = await Promise.all([ask('0198b000-0000-7000-8000-00000000dead'), ask('not-an-id')])
  expect([well.statusCode, ill.statusCode]).toEqual([403, 403])
})

test.each([
  { case: 'no policy', route: {} },
  { case: 'an empty policy', route: { who: [] } },
  { case: 'a misspelt role', route: { who: ['clinican'] } },
  { case: 'public and guarded at once', route: { who: ['public', 'clinician'] } },
])('a route with $case keeps the server from starting', ({ route }) => {
  expect(() => assertPolicies({ 'patients.secret': route })).toThrow(/patients\.secret/)
})
