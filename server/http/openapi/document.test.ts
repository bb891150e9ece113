import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RAW_ROUTES, ROUTES } from '../../contract/api/routes.ts'
import { type StubHttp, startStubHttp } from '../testing/stub-http.ts'
import { openApiDocument } from './document.ts'

let stub: StubHttp
beforeAll(async () => {
  stub = await startStubHttp()
})
afterAll(() => stub.stop())

test('every route of the table is in the document, under its own method', () => {
  const paths = openApiDocument()['paths'] as Record<string, Record<string, { operationId: string }>>
  const documented = Object.values(paths).flatMap((path) =>
    Object.values(path).map((operation) => operation.operationId),
  )
  const raw = Object.keys(RAW_ROUTES).filter((name) => !name.startsWith('docs.'))
  expect(documented.toSorted()).toEqual([...Object.keys(ROUTES), ...raw].toSorted())
})

test('it is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const result = await validator.validate(JSON.parse(JSON.stringify(openApiDocument())))
  expect(result.errors ?? []).toEqual([])
  expect(validator.version).toBe('3.1')
})

test('it is served as it is, and the page that reads it holds no inline script', async () => {
  const served = await stub.http.app.inject({ url: '/api/v1/openapi.json' })
  expect(served.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument())))
  const page = await stub.http.app.inject({ url: '/api/v1/docs' })
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self'(?!.*unsafe)/)
  const scripts = page.body.match(/<script[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(0)
  for (const script of scripts) expect(script).toContain('src=')
})

test('everything the page names is there, and nothing else of the package', async () => {
  const page = await stub.http.app.inject({ url: '/api/v1/docs' })
  const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '')
  const found = await Promise.all(addresses.map(async (url) => (await stub.http.app.inject({ url })).statusCode))
  expect(found).toEqual(addresses.map(() => 200))
  expect((await stub.http.app.inject({ url: '/api/v1/docs/assets/package.json' })).statusCode).toBe(404)
})
