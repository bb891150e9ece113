import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ErrorBody } from '../../contract/api/call.ts'
import { AppError } from '../../contract/errors.ts'
import { type StubHttp, startStubHttp, stubHandlers } from '../testing/stub-http.ts'
import { DEFAULT_RATES } from './request-limits.ts'

const clinician = { authorization: 'Bearer clinician', 'content-type': 'application/json' }
const id = '0198b000-0000-7000-8000-00000000dead'

let stub: StubHttp
beforeAll(async () => {
  stub = await startStubHttp({
    handlers: stubHandlers({
      'patients.get': async () => {
        throw new Error('row of Adaeze Okafor is broken')
      },
      'patients.list': async () => ({ patients: [{ wrong: true }] as never, next: null }),
      'dashboard.feed': async () => ({ sessions: [], next: null }),
      'scans.getSession': async () => {
        throw new AppError('not-found', { sessionId: id })
      },
      'health.ready': async () => ({ ok: false, database: false, objects: true }),
    }),
  })
})
afterAll(() => stub.stop())

describe('every failure has one shape', () => {
  test.each([
    { case: 'an unknown address', url: '/nothing', status: 404, code: 'not-found' },
    { case: 'a wrong method', url: '/api/v1/me', method: 'DELETE', status: 405, code: 'not-found' },
    {
      case: 'malformed JSON',
      url: '/api/v1/patients',
      method: 'POST',
      payload: '{"a":',
      status: 400,
      code: 'input.invalid',
    },
    {
      case: 'a poisoned prototype',
      url: '/api/v1/patients',
      method: 'POST',
      payload: '{"__proto__":{}}',
      status: 400,
      code: 'input.invalid',
    },
    {
      case: 'an oversized body',
      url: '/api/v1/patients',
      method: 'POST',
      payload: `"${'x'.repeat(1024 * 1024)}"`,
      status: 413,
      code: 'input.too-large',
    },
    {
      case: 'an unknown field',
      url: '/api/v1/intake-keys',
      method: 'POST',
      payload: '{"label":"a","extra":1}',
      headers: { authorization: 'Bearer practice_admin' },
      status: 400,
      code: 'input.invalid',
    },
    { case: 'a bad query', url: '/api/v1/dashboard/feed?limit=0', status: 400, code: 'input.invalid' },
    { case: 'a broken address', url: '/api/v1/%zz', status: 400, code: 'input.invalid' },
    { case: 'a failure of ours', url: `/api/v1/patients/${id}`, status: 500, code: 'internal' },
    { case: 'an answer that breaks its schema', url: '/api/v1/patients', status: 500, code: 'internal' },
    { case: 'a refusal of a handler', url: `/api/v1/scans/sessions/${id}`, status: 404, code: 'not-found' },
  ] as const)('$case', async (row) => {
    const answer = await stub.http.app.inject({
      method: 'method' in row ? row.method : 'GET',
      url: row.url,
      headers: { ...clinician, ...('headers' in row ? row.headers : {}) },
      ...('payload' in row ? { payload: row.payload } : {}),
    })
    expect(answer.statusCode).toBe(row.status)
    const body = ErrorBody.parse(answer.json())
    expect(body.code).toBe(row.code)
    expect(answer.body).not.toContain('Okafor')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  test('another content type is refused', async () => {
    const headers = { ...clinician, 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await stub.http.app.inject({ method: 'POST', url: '/api/v1/patients', headers, payload: 'a=1' })
    expect(answer.json()).toMatchObject({ code: 'input.invalid' })
  })
})

test('a wrong method is told which ones there are', async () => {
  const answer = await stub.http.app.inject({ method: 'PUT', url: '/api/v1/patients' })
  expect(answer.headers['allow']?.split(', ').toSorted()).toEqual(['GET', 'POST'])
})

test('a record out of reach is a refusal in the audit log, with ids only', async () => {
  stub.audited.length = 0
  await stub.http.app.inject({ url: `/api/v1/scans/sessions/${id}`, headers: clinician })
  expect(stub.audited).toMatchObject([
    { action: 'session.read', outcome: 'denied', subject: { id, code: 'not-found' } },
  ])
})

test('a refusal that cannot be written down is a failure, not a refusal', async () => {
  const unaudited = await startStubHttp({ audit: { record: () => Promise.reject(new Error('audit log is full')) } })
  const answer = await unaudited.http.app.inject({ url: '/api/v1/audit', headers: clinician })
  expect(answer.json()).toMatchObject({ code: 'internal' })
  await unaudited.stop()
})

test('a load balancer sees by the status that the server is not ready', async () => {
  expect((await stub.http.app.inject({ url: '/readyz' })).statusCode).toBe(503)
})

test('a person who calls too often is told when to come back, and others are not', async () => {
  const limited = await startStubHttp({ rates: { ...DEFAULT_RATES, perPrincipal: 2 } })
  const call = (authorization: string) => limited.http.app.inject({ url: '/api/v1/me', headers: { authorization } })
  await call('Bearer clinician')
  await call('Bearer clinician')
  const third = await call('Bearer clinician')
  expect(third.statusCode).toBe(429)
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(0)
  expect((await call('Intake key')).statusCode).toBe(403)
  await limited.stop()
})

test('an address that fails to sign in again and again is slowed down, without locking out a good sign-in', async () => {
  const limited = await startStubHttp({ rates: { ...DEFAULT_RATES, failedSignInsPerAddress: 2 } })
  const call = (authorization: string) => limited.http.app.inject({ url: '/api/v1/me', headers: { authorization } })
  expect((await call('Bearer forged')).statusCode).toBe(401)
  expect((await call('Bearer forged')).statusCode).toBe(401)
  expect((await call('Bearer forged')).statusCode).toBe(429)
  expect((await call('Bearer clinician')).statusCode).toBe(409)
  await limited.stop()
})

test('what its start took of the event loop is held against nobody', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0)
  const fresh = await startStubHttp({ maxLagMs: 0.001 })
  const { app } = fresh.http
  const ask = async () => (await app.inject({ url: '/api/v1/me', headers: clinician })).statusCode
  try {
    await app.listen({ port: 0, host: '127.0.0.1' })
    const sample = () => app.memoryUsage().eventLoopDelay
    await vi.waitFor(() => expect([sample() > 0.001, Number.isFinite(sample())]).toEqual([true, true]), {
      interval: 100,
    })
    expect(await ask()).not.toBe(503)
    now.mockReturnValue(2001)
    await vi.waitFor(async () => expect(await ask()).toBe(503), { interval: 100 })
  } finally {
    now.mockRestore()
    await fresh.stop()
  }
})

test('a server that cannot keep up turns requests away and says when to come back', async () => {
  const busy = await startStubHttp({ maxLagMs: 0.001 }) // less than any event loop ever lags
  await vi.waitFor(
    async () => {
      const answer = await busy.http.app.inject({ url: '/api/v1/me', headers: clinician })
      expect(answer.json()).toMatchObject({ code: 'server.busy' })
      expect(answer.statusCode).toBe(503)
      expect(answer.headers['retry-after']).toBe('5')
    },
    { interval: 100 },
  )
  await busy.stop()
})
