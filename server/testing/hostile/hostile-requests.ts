import * as fc from 'fast-check'
import type { RouteSpec } from '../../contract/api/route.ts'
import { RAW_ROUTES, ROUTES, type RouteName } from '../../contract/api/routes.ts'
import { ImportOutboxRequest, PushRequest } from '../../contract/sync/wire.ts'
import { hasUnstorableText } from '../../platform/database/storable-text.ts'
import { brokenQuery, brokenWord } from './broken-query.ts'
import type { HostileRequest } from './hostile-request.ts'
import { anyJsonText, brokenText, type Json, spoilt } from './hostile-json.ts'
import type { HostileWorld } from './hostile-world.ts'
import { refusable } from './refusable-requests.ts'
import { validBody } from './valid-bodies.ts'

type Method = HostileRequest['method']

const JSON_TYPE = { 'content-type': 'application/json' }
const TOO_LARGE = `{"x":"${'x'.repeat(1024 * 1024)}"}`

/** Everything that nobody honest sends, for every row of the route table; the sync routes most of all. */
export function hostileRequests(world: HostileWorld): fc.Arbitrary<HostileRequest> {
  const routes = Object.entries<RouteSpec>(ROUTES).map(([name, spec]) => ({ name: name as RouteName, spec }))
  const ofRoutes = (names: (name: RouteName) => boolean, weight: number) =>
    routes
      .filter(({ name }) => names(name))
      .map(({ name, spec }) => ({ weight, arbitrary: ofRoute(world, name, spec) }))
  return fc.oneof(
    ...ofRoutes((name) => name.startsWith('sync.'), 12),
    ...ofRoutes((name) => !name.startsWith('sync.'), 2),
    { weight: 8, arbitrary: refusable(world) },
    { weight: 3, arbitrary: lost },
    { weight: 3, arbitrary: toRawRoute(world) },
  )
}

function ofRoute(world: HostileWorld, name: RouteName, spec: RouteSpec): fc.Arbitrary<HostileRequest> {
  const headers = authorization(world, spec)
  const base = { method: spec.method, url: urlOf(world, name, spec), headers: { ...JSON_TYPE, ...headers } }
  const kinds: fc.Arbitrary<HostileRequest>[] = []
  if (headers['authorization'] !== undefined) kinds.push(unknownCaller(world, base), wrongCaller(world, spec, base))
  if (spec.params !== undefined) kinds.push(brokenParameter(spec, base))
  if (spec.query !== undefined) {
    const query = brokenQuery(spec).map((broken) => refused(base, 'query', { url: `${spec.path}?${broken}` }))
    kinds.push(query, query, query, query)
  }
  if (spec.body !== undefined) kinds.push(...brokenBodies(spec.body, validBody(world, name), base))
  if (kinds.length === 0) kinds.push(otherMethods(base))
  return fc.oneof(...kinds)
}

type Base = { readonly method: Method; readonly url: string; readonly headers: Readonly<Record<string, string>> }

function refused(base: Base, why: string, change: Partial<HostileRequest> = {}): HostileRequest {
  return { ...base, payload: base.method === 'GET' ? undefined : '{}', expected: 'refused', why, ...change }
}

function brokenBodies(schema: NonNullable<RouteSpec['body']>, valid: fc.Arbitrary<Json>, base: Base) {
  const spoiltBody = spoilt(valid)
    .filter(({ text }) => isMalformed(schema, text))
    .map(({ why, text }) => refused(base, why, { payload: text }))
  const other = anyJsonText
    .filter((text) => isMalformed(schema, text))
    .map((payload) => refused(base, 'another value', { payload }))
  const broken = brokenText(valid).map((payload) => refused(base, 'no JSON', { payload }))
  const types = fc.constantFrom(
    'text/plain',
    'text/html',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/octet-stream',
    'application/json/x',
    'a'.repeat(5000),
    ';',
    '',
  )
  const typed = fc.tuple(valid, types).map(([value, type]) =>
    refused(base, 'content type', {
      payload: JSON.stringify(value),
      headers: { ...base.headers, 'content-type': type },
    }),
  )
  return [spoiltBody, spoiltBody, spoiltBody, spoiltBody, other, broken, typed, rarely(base)]
}

/** Large bodies are slow to make: one in many. */
function rarely(base: Base): fc.Arbitrary<HostileRequest> {
  return fc
    .integer({ min: 0, max: 9 })
    .map((n) =>
      n === 0 ? refused(base, 'too large', { payload: TOO_LARGE }) : refused(base, 'no body', { payload: '' }),
    )
}

/** The contract itself says what is malformed; text that PostgreSQL cannot hold is so everywhere. */
export function isMalformed(schema: NonNullable<RouteSpec['body']>, text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    if (text.includes('"__proto__"') || !schema.safeParse(value).success) return true
    // These two keep what they cannot apply, whatever the text.
    return schema !== PushRequest && schema !== ImportOutboxRequest && hasUnstorableText(value)
  } catch {
    return true
  }
}

function unknownCaller(world: HostileWorld, base: Base): fc.Arbitrary<HostileRequest> {
  const { authorization: _, ...without } = base.headers
  const said: fc.Arbitrary<string | string[]> = fc.oneof(
    fc.constantFrom('', ' ', 'Bearer', 'Bearer ', 'Bearer a.b.c', 'Intake x', 'Basic YTpi', 'Bearer x y', 'null'),
    fc.constantFrom(...world.badTokens).map((token) => `Bearer ${token}`),
    fc.string({ maxLength: 300 }).map((text) => `Bearer ${text}`),
    fc.string({ maxLength: 100, unit: 'binary' }).map((text) => `Intake ${text}`),
  )
  return fc.option(said, { nil: undefined }).map((value) =>
    refused(base, 'unknown caller', {
      headers: value === undefined ? without : { ...without, authorization: value },
    }),
  )
}

function wrongCaller(world: HostileWorld, spec: RouteSpec, base: Base): fc.Arbitrary<HostileRequest> {
  const who: readonly string[] = spec.who
  const others = [...world.tokens].filter(([role]) => !who.includes(role)).map(([, token]) => `Bearer ${token}`)
  if (!who.includes('intake')) others.push(`Intake ${world.intakeSecret}`)
  return fc
    .constantFrom(...others)
    .map((value) => refused(base, 'wrong role', { headers: { ...base.headers, authorization: value } }))
}

function brokenParameter(spec: RouteSpec, base: Base): fc.Arbitrary<HostileRequest> {
  return brokenWord.map((word) => refused(base, 'path parameter', { url: spec.path.replace(':id', word) }))
}

function otherMethods(base: Base): fc.Arbitrary<HostileRequest> {
  return fc
    .constantFrom<Method>('POST', 'PUT', 'PATCH', 'DELETE')
    .map((method) => refused({ ...base, method }, 'another method'))
}

const lost: fc.Arbitrary<HostileRequest> = fc
  .tuple(
    fc.constantFrom<Method>('GET', 'POST', 'PATCH', 'PUT', 'DELETE'),
    brokenWord,
    fc.constantFrom('/', '/api/v1/', '/api/v2/', '//', '/api/v1/sync/'),
  )
  .map(([method, word, at]) => refused({ method, url: `${at}${word}`, headers: JSON_TYPE }, 'no such address'))

function toRawRoute(world: HostileWorld): fc.Arbitrary<HostileRequest> {
  const signed = fc.constantFrom(
    '',
    '?expires=1&signature=x',
    '?expires=NaN&signature=',
    '?expires=1&expires=2',
    '?signature=%00',
  )
  const key = fc.oneof(
    brokenWord,
    fc.constantFrom('a', '../../etc/passwd', 'x/y/z'),
    fc.constant(world.session.sessionId),
  )
  const headers = fc.constantFrom<Record<string, string>>(
    {},
    { 'if-none-match': '*', 'x-loupe-sha256': 'a'.repeat(64) },
    { range: 'bytes=9-1' },
  )
  return fc
    .record({ method: fc.constantFrom<'GET' | 'PUT'>('GET', 'PUT'), key, signed, headers })
    .map(({ method, key: word, signed: query, headers: sent }) => {
      const url = `${RAW_ROUTES['objects.put'].path.replace('*', word)}${query}`
      return refused({ method, url, headers: { ...JSON_TYPE, ...sent } }, 'unsigned address', {
        payload: method === 'PUT' ? 'x' : undefined,
      })
    })
}

function authorization(world: HostileWorld, spec: RouteSpec): Record<string, string> {
  const who: readonly string[] = spec.who
  const [role] = [...world.tokens].filter(([name]) => who.includes(name))
  if (role !== undefined) return { authorization: `Bearer ${role[1]}` }
  return who.includes('intake') ? { authorization: `Intake ${world.intakeSecret}` } : {}
}

function urlOf(world: HostileWorld, name: RouteName, spec: RouteSpec): string {
  const id = name.startsWith('patients.') ? world.patient.id : world.session.sessionId
  return spec.path.replace(':id', id)
}
