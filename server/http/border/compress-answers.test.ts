import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type StubHttp, startStubHttp, stubHandlers } from '../testing/stub-http.ts'

const practice = { id: '0198b000-0000-7000-8000-0000000000f1', name: 'N'.repeat(200) }
const keys = Array.from({ length: 50 }, () => ({
  id: practice.id,
  label: 'Front door',
  createdAtMs: 1,
  revokedAtMs: null,
  lastUsedAtMs: null,
}))
let stub: StubHttp
beforeAll(async () => {
  const person = { kind: 'person', practiceId: practice.id, personId: practice.id, roles: ['practice_admin'] } as never
  const handlers = stubHandlers({ 'intakeKeys.list': async () => ({ keys }) } as never)
  stub = await startStubHttp({ handlers, identify: async () => person })
})
afterAll(() => stub.stop())

const ask = (url: string, encoding?: string) =>
  stub.http.app.inject({ url, headers: encoding === undefined ? {} : { 'accept-encoding': encoding } })

it.each([
  ['zstd, gzip', 'zstd', zstdDecompressSync],
  ['gzip', 'gzip', gunzipSync],
])('who takes %s gets long answers so', async (accepted, encoding, unpack) => {
  const answer = await ask('/api/v1/intake-keys', accepted)
  expect(answer.headers['content-encoding']).toBe(encoding)
  expect(JSON.parse(unpack(answer.rawPayload).toString('utf8'))).toEqual({ keys })
})

it('who takes neither, and a short answer, is sent as it is', async () => {
  expect((await ask('/api/v1/intake-keys')).json()).toEqual({ keys })
  const short = await ask('/healthz', 'zstd')
  expect(short.headers['content-encoding']).toBeUndefined()
})
